#![allow(clippy::unwrap_used)]
use super::from_descriptor;
use crate::layout::{Extra, Key, Order, Required};
use crate::types::Type;

const PACKAGE: &str = r#"{
  "name": "school",
  "resources": [
    {
      "name": "students",
      "path": "data/students.csv",
      "dialect": {"delimiter": ";"},
      "schema": {
        "fieldsMatch": ["subset"],
        "missingValues": ["", "NA"],
        "primaryKey": "id",
        "fields": [
          {"name": "id", "type": "string", "constraints": {"maxLength": 8}},
          {"name": "sex", "type": "string", "constraints": {"enum": ["f", "m"], "required": true}},
          {"name": "age", "type": "integer", "constraints": {"minimum": 4, "maximum": 21}},
          {"name": "born", "type": "date", "format": "%d/%m/%Y"},
          {"name": "page", "type": "string", "format": "uri"},
          {"name": "mail", "type": "string", "format": "email", "constraints": {"unique": true}}
        ]
      }
    },
    {
      "name": "marks",
      "path": "marks.csv",
      "schema": {
        "primaryKey": ["student", "course"],
        "fields": [
          {"name": "student", "type": "string"},
          {"name": "course", "type": "string"},
          {"name": "mark", "type": "number", "constraints": {"exclusiveMinimum": 0}}
        ],
        "foreignKeys": [
          {"fields": "student", "reference": {"resource": "students", "fields": "id"}}
        ]
      }
    }
  ]
}"#;

#[test]
fn a_package_is_a_layout() {
    let layout = from_descriptor(PACKAGE, "p.json").unwrap();
    let [students, marks] = layout.files.as_slice() else {
        panic!("two files");
    };
    assert_eq!(
        (students.name.as_str(), students.delimiter),
        ("students.csv", b';')
    );
    assert_eq!((students.order, &students.extra), (Order::Any, &Extra::Any));
    assert_eq!(students.missing, ["NA"]);
    assert_eq!(students.keys, [["mail"]]);
    let [id, sex, age, born, page, mail] = students.fields.as_slice() else {
        panic!("six fields");
    };
    assert_eq!((id.key, &id.required), (Key::Key, &Required::Yes));
    assert_eq!(id.length, Some((0, 8)));
    assert_eq!(sex.kind.codes().unwrap().codes().len(), 2);
    assert_eq!(age.range.as_ref().unwrap().text, "4..21");
    assert!(born.pattern.as_ref().unwrap().matches(b"31/12/2014"));
    assert!(!born.pattern.as_ref().unwrap().matches(b"12/31/2014"));
    assert_eq!((&page.kind, &mail.kind), (&Type::String, &Type::Email));
    assert_eq!(marks.keys, [["student", "course"]]);
    assert_eq!(
        marks.fields[0].reference.as_ref().unwrap().file,
        "students.csv"
    );
    assert_eq!(
        layout.unread,
        [
            "whether `page` is a string in the form `uri` (students.csv, as p.json asks)",
            "`exclusiveMinimum` of `mark` (marks.csv, as p.json asks)",
        ]
    );
}

#[test]
fn a_schema_alone_is_a_file_of_any_name() {
    let layout = from_descriptor(
        r#"{"fields": [{"name": "id"}], "primaryKey": ["id"]}"#,
        "s.json",
    );
    let file = &layout.unwrap().files[0];
    assert!(file.any_name && file.is_called("whatever.csv"));
    assert_eq!(file.fields[0].key, Key::Key);
}

/// What ships can be read again.
#[test]
fn what_is_written_reads_back() {
    let package =
        crate::layout::to_data_package(&from_descriptor(PACKAGE, "p.json").unwrap(), "school");
    let again = from_descriptor(&package, "p.json").unwrap();
    let names = |file: usize| -> Vec<_> {
        again.files[file]
            .fields
            .iter()
            .map(|field| field.name.as_str())
            .collect()
    };
    assert_eq!(names(0), ["id", "sex", "age", "born", "page", "mail"]);
    assert_eq!(again.files[0].keys, [["mail"]]);
    assert_eq!(again.files[0].missing, ["NA"]);
    assert_eq!(again.files[1].keys, [["student", "course"]]);
}

#[test]
fn what_is_no_descriptor_is_refused() {
    let schema = |rest: &str| format!(r#"{{"fields": [{{"name": "a"}}, {{"name": "b"}}]{rest}}}"#);
    for (text, told) in [
        ("{", "p.json is not JSON"),
        (
            "{\"fields\": [{\"name\": \"a\",\n\"name\": \"b\"}]}",
            "p.json: `name` stands twice in one object, the second time at line 2 column 6",
        ),
        (
            &schema(&format!(
                ", \"uniqueKeys\": [{}[\"a\"]]",
                "[\"a\"],".repeat(100)
            )),
            "there are too many `uniqueKeys`; expected at most 100",
        ),
        (
            &format!("{{\"fields\": [{}{{}}]}}", "{},".repeat(10_000)),
            "at most 500 files and 10000 fields",
        ),
        ("[]", "there are no `fields`"),
        (r#"{"resources": []}"#, "at least one resource"),
        (r#"{"path": "https://example.org/a.csv"}"#, "is an address"),
        (
            r#"{"path": "a.csv", "schema": "a.json"}"#,
            "a.csv: `schema` is a path",
        ),
        (
            r#"{"fields": [{"type": "string"}]}"#,
            "a field has no `name`",
        ),
        (
            r#"{"fields": [{"name": "a", "type": "strng"}]}"#,
            "`strng` is the type of `a`",
        ),
        (
            r#"{"fields": [{"name": "a"}, {"name": "a"}]}"#,
            "two fields are called `a`",
        ),
        (
            &schema(r#", "primaryKey": "c""#),
            "`primaryKey` names no fields",
        ),
        (
            &schema(r#", "uniqueKeys": [["a", "c"]]"#),
            "`uniqueKeys` names no fields",
        ),
        (
            &schema(r#", "fieldsMatch": "some""#),
            "`some` in `fieldsMatch`",
        ),
        (
            &schema(r#", "missingValues": 1"#),
            "`missingValues` is no list",
        ),
        (
            &schema(
                r#", "foreignKeys": [{"fields": "a", "reference": {"resource": "x", "fields": "a"}}]"#,
            ),
            "names the resource `x`",
        ),
        (
            &schema(
                r#", "foreignKeys": [{"fields": "a", "reference": {"resource": "", "fields": "z"}}]"#,
            ),
            "`data.csv/z` is no field",
        ),
    ] {
        let error = from_descriptor(text, "p.json")
            .map(|_| ())
            .unwrap_err()
            .to_string();
        assert!(error.contains(told), "{text}: {error}");
    }
}
