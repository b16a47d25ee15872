//! Layouts of one's own, and those that ship, as the command line reads and prints them.

use std::fs;

use hallpass::source::zip::Pack;
use tempfile::tempdir;

use super::{own, read, run, students, write};

/// The findings of a check against a descriptor, and what it could not check.
fn described(schema: &str, records: &str) -> String {
    let dir = tempdir().unwrap();
    write(&dir, "schema.json", schema);
    write(&dir, "marks.csv", records);
    let command = ["check", "marks.csv", "--layout", "schema.json"];
    let (_, text) = run(
        dir.path(),
        &[&command[..], &["--report", "json"]].concat(),
        b"",
    );
    let report: serde_json::Value = serde_json::from_str(&text).unwrap();
    let groups = report["groups"].as_array().unwrap().iter();
    let found = groups.map(|group| {
        let sample = &group["samples"][0];
        format!(
            "{} {}: {}\n",
            group["rule"], sample["line"], sample["message"]
        )
    });
    let beyond = report["cannotCheck"].as_array().unwrap().iter();
    found
        .chain(beyond.map(|what| format!("{what}\n")))
        .collect()
}

#[test]
fn a_table_schema_is_a_layout() {
    let schema = r#"{
        "primaryKey": ["student", "course"],
        "missingValues": ["", "NA"],
        "fields": [
            {"name": "student"},
            {"name": "course", "constraints": {"enum": ["art", "latin"]}},
            {"name": "mark", "type": "integer", "constraints": {"maximum": 100}},
            {"name": "room", "type": "geojson"}
        ]
    }"#;
    let beyond = "\"whether `room` is a geojson (as schema.json asks)\"\n";
    let header = "student,course,mark,room\n";
    let fine = "a,art,90,\na,latin,NA,\nb,art,,\n";
    assert_eq!(described(schema, &format!("{header}{fine}")), beyond);
    let faulty = format!("{header}{fine}b,art,101,\nNA,greek,x,\n");
    let said = described(schema, &faulty);
    for part in [
        "\"duplicate-key\" 5: \"`b`, `art` is already the student, course of record 3",
        "\"value-out-of-range\" 5",
        "\"required-value\" 6",
        "\"unknown-code\" 6",
        "\"invalid-integer\" 6",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
}

/// The fields of a format name lists of codes; what may stand there is told, too, once for each list.
#[test]
fn the_codes_of_a_format_are_printed() {
    let dir = tempdir().unwrap();
    let (status, fields) = run(dir.path(), &["layout", "managebac-1.2"], b"");
    assert_eq!(status, Some(0));
    let (status, codes) = run(
        dir.path(),
        &["layout", "managebac-1.2", "--as", "codes"],
        b"",
    );
    assert_eq!(status, Some(0));
    assert!(
        codes.starts_with("codes,code,meaning,synonyms\n"),
        "{codes}"
    );
    assert_eq!(codes.matches("\norg-type,school,").count(), 1, "{codes}");
    let mut fields = csv::Reader::from_reader(fields.as_bytes());
    let at = fields
        .headers()
        .unwrap()
        .iter()
        .position(|label| label == "codes");
    for row in fields.records() {
        let list = row.unwrap()[at.unwrap()].to_owned();
        assert!(
            list.is_empty() || codes.contains(&format!("\n{list},")),
            "{list}"
        );
    }
}

#[test]
fn a_layout_of_ones_own_takes_the_place_of_a_format() {
    let dir = students("s1,2014-12-25,here\ns2,,gone\n");
    let (status, text) = run(dir.path(), &own(&["check", "students.csv"]), b"");
    assert_eq!(status, Some(1), "{text}");
    assert!(
        text.contains("`gone` is not one of the codes of status"),
        "{text}"
    );
    assert!(text.contains("Checked as your own layout"), "{text}");
    // The table of fields stands for its folder.
    let table = ["check", "students.csv", "--layout", "own/layout.csv"];
    assert_eq!(run(dir.path(), &table, b""), (status, text));
    let twice = own(&["check", "students.csv", "--layout", "own"]);
    let (status, text) = run(dir.path(), &twice, b"");
    assert_eq!(status, Some(2));
    assert!(
        text.contains("`students.csv` is described by two layouts"),
        "{text}"
    );
    let none = ["check", "students.csv", "--layout", "none.csv"];
    let (status, text) = run(dir.path(), &none, b"");
    assert_eq!(status, Some(2));
    assert!(text.contains("`none.csv` could not be read"), "{text}");
}

/// From a sample to a layout, from other labels to a map, and with both to a repaired copy.
#[test]
fn a_layout_and_a_map_are_proposed_and_used() {
    let dir = tempfile::tempdir().unwrap();
    let records = |labels: &str| {
        let records = (0..30).map(|at| format!("{at:08},Ana Lee,2014-01-{:02}\n", at % 28 + 1));
        format!("{labels}\n{}", records.collect::<String>())
    };
    write(&dir, "students.csv", &records("studentId,name,born"));
    let propose = ["layout", "--from", "students.csv", "--out", "mine"];
    let (status, text) = run(dir.path(), &propose, b"");
    assert_eq!(status, Some(0), "{text}");
    assert!(text.contains("2 tables written to mine"), "{text}");
    assert_eq!(
        run(dir.path(), &propose, b"").0,
        Some(2),
        "it is there already"
    );
    let check = ["check", "students.csv", "--layout", "mine"];
    assert_eq!(run(dir.path(), &check, b"").0, Some(0));
    let form = ["layout", "--from", "students.csv", "--as", "datapackage"];
    let (_, text) = run(dir.path(), &form, b"");
    assert!(text.contains("\"primaryKey\""), "{text}");

    write(&dir, "others.csv", &records("Pupil Nr,name,Birthday"));
    let columns = [
        "columns",
        "others.csv",
        "--layout",
        "mine",
        "--out",
        "map.csv",
    ];
    let (status, text) = run(dir.path(), &columns, b"");
    assert_eq!(status, Some(0), "{text}");
    assert!(read(&dir, "map.csv").contains("students.csv,Birthday,born,"));
    let mapped = ["--layout", "mine", "--columns", "map.csv"];
    let check = [
        &["check", "others.csv", "--fail-on", "warning"],
        mapped.as_slice(),
    ]
    .concat();
    let (status, text) = run(dir.path(), &check, b"");
    assert_eq!(status, Some(0), "{text}");
    let over = [
        &["fix", "others.csv", "--force", "--out", "map.csv"],
        mapped.as_slice(),
    ]
    .concat();
    assert_eq!(run(dir.path(), &over, b"").0, Some(2), "the map is read");
    let fix = [
        &["fix", "others.csv", "--out", "fixed.csv"],
        mapped.as_slice(),
    ]
    .concat();
    assert_eq!(run(dir.path(), &fix, b"").0, Some(0));
    assert_eq!(read(&dir, "fixed.csv"), read(&dir, "students.csv"));
    let (status, text) = run(
        dir.path(),
        &["check", "others.csv", "--columns", "map.csv"],
        b"",
    );
    assert_eq!(status, Some(2), "{text}");
    assert!(text.contains("give --layout or --format"), "{text}");
}

#[test]
fn a_layout_may_be_in_a_zip_or_in_utf_16() {
    let dir = students("s1,12/25/2014,here\n");
    let (_, plain) = run(dir.path(), &own(&["check", "students.csv"]), b"");
    let mut pack = Pack::new();
    for name in ["layout.csv", "codes/status.csv"] {
        pack.start(name).unwrap();
        pack.write(&fs::read(dir.path().join("own").join(name)).unwrap())
            .unwrap();
        pack.finish_member().unwrap();
    }
    pack.finish().unwrap();
    fs::write(dir.path().join("own.zip"), pack.take()).unwrap();
    let check = ["check", "students.csv", "--layout", "own.zip"];
    assert_eq!(run(dir.path(), &check, b"").1, plain);
    let wide = |name: &str| {
        let path = dir.path().join("own").join(name);
        let text = format!("\u{feff}{}", fs::read_to_string(&path).unwrap());
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        fs::write(path, bytes).unwrap();
    };
    wide("layout.csv");
    wide("codes/status.csv");
    assert_eq!(
        run(dir.path(), &own(&["check", "students.csv"]), b"").1,
        plain
    );
    fs::write(dir.path().join("own.zip"), zip_of_nothing()).unwrap();
    let (status, text) = run(dir.path(), &check, b"");
    assert_eq!(status, Some(2), "{text}");
    assert!(
        text.contains("there is no layout.csv and no descriptor"),
        "{text}"
    );
}

fn zip_of_nothing() -> Vec<u8> {
    let mut pack = Pack::new();
    pack.start("students.csv").unwrap();
    pack.finish_member().unwrap();
    pack.finish().unwrap();
    pack.take()
}

#[test]
fn under_a_layout_of_ones_own_no_published_document_speaks() {
    let dir = students("s1,2014-12-25,gone\n");
    for report in ["text", "html"] {
        let (_, text) = run(
            dir.path(),
            &own(&["check", "students.csv", "--report", report]),
            b"",
        );
        assert!(text.contains("Your own layout says so."), "{text}");
        assert!(!text.contains("published document"), "{text}");
    }
    write(&dir, "other.csv", "a,b,c\n1,2,3\n");
    let (status, text) = run(dir.path(), &own(&["check", "other.csv"]), b"");
    assert_eq!(status, Some(1), "{text}");
    assert!(text.contains("Error: unknown-file"), "{text}");
    assert!(
        !text.contains("takes it as it is"),
        "an error is not taken: {text}"
    );
}
