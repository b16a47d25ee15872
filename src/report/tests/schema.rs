//! The JSON against `docs/report.schema.json`. Only the keywords it uses are understood here;
//! another one is a fault of the test.

use super::sample::{bare, full, with};
use crate::finding::{Authority, Consequence, Safety, Severity};
use crate::report::*;
use serde_json::Value;
use std::collections::BTreeSet;

fn schema() -> Value {
    serde_json::from_str(include_str!("../../../docs/report.schema.json")).unwrap()
}

/// What is wrong with `value`, and into `seen` the path of every member that it has.
fn faults(
    root: &Value,
    schema: &Value,
    value: &Value,
    at: &str,
    seen: &mut BTreeSet<String>,
) -> Vec<String> {
    let mut out = Vec::new();
    for (keyword, rule) in schema.as_object().unwrap() {
        let fine = match keyword.as_str() {
            "$schema" | "$id" | "$defs" | "title" | "description" | "format" => true,
            "additionalProperties" => rule == false, // members are looked up under "properties"
            "minimum" => value.as_u64() >= rule.as_u64(),
            "$ref" => {
                let name = rule.as_str().unwrap().strip_prefix("#/$defs/").unwrap();
                out.extend(faults(root, &root["$defs"][name], value, name, seen));
                true
            }
            "const" => rule == value,
            "enum" => rule.as_array().unwrap().contains(value),
            "type" => match rule {
                Value::Array(any) => any.iter().any(|one| is(one, value)),
                one => is(one, value),
            },
            "items" => {
                for item in value.as_array().into_iter().flatten() {
                    out.extend(faults(root, rule, item, at, seen));
                }
                true
            }
            "required" => rule
                .as_array()
                .unwrap()
                .iter()
                .all(|name| value.get(name.as_str().unwrap()).is_some()),
            "properties" => {
                for (name, member) in value.as_object().into_iter().flatten() {
                    let path = format!("{at}/{name}");
                    match rule.get(name) {
                        Some(rule) => out.extend(faults(root, rule, member, &path, seen)),
                        None => out.push(format!("{path}: not in the schema")),
                    }
                    seen.insert(path);
                }
                true
            }
            _ => panic!("{at}: keyword {keyword} is not understood"),
        };
        if !fine {
            out.push(format!("{at}: {keyword} {rule}, found {value}"));
        }
    }
    out
}

fn is(name: &Value, value: &Value) -> bool {
    match name.as_str().unwrap() {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_u64(),
        "null" => value.is_null(),
        other => panic!("type {other} is not understood"),
    }
}

/// The path of every member that the schema describes; each is strict and says what it is.
fn described(schema: &Value, at: &str, out: &mut BTreeSet<String>) {
    let Some(members) = schema.get("properties").and_then(Value::as_object) else {
        return;
    };
    assert_eq!(schema["additionalProperties"], false, "{at}");
    for (name, member) in members {
        let path = format!("{at}/{name}");
        assert!(
            member["description"].is_string(),
            "{path} has no description"
        );
        described(member, &path, out);
        described(&member["items"], &path, out);
        out.insert(path);
    }
}

#[test]
fn json_has_exactly_the_schemas_members() {
    let root = schema();
    let mut expected = BTreeSet::new();
    described(&root, "", &mut expected);
    for (name, definition) in root["$defs"].as_object().unwrap() {
        described(definition, name, &mut expected);
    }
    let mut seen = BTreeSet::new();
    for report in [full(), bare(), with("x")] {
        let value = serde_json::to_value(&report).unwrap();
        assert_eq!(
            faults(&root, &root, &value, "", &mut seen),
            Vec::<String>::new()
        );
    }
    assert_eq!(seen, expected);

    let mut wrong = serde_json::to_value(full()).unwrap();
    wrong["groups"][0]["severity"] = "fatal".into();
    wrong["groups"][0]["samples"][0]["line"] = 0.into();
    wrong["extra"] = 1.into();
    let found = faults(&root, &root, &wrong, "", &mut seen);
    let mut places: Vec<_> = found
        .iter()
        .filter_map(|fault| fault.split(':').next())
        .collect();
    places.sort_unstable();
    assert_eq!(places, ["/extra", "group/severity", "sample/line"]);
}

#[test]
fn schema_lists_every_spelling() {
    use words::Word;
    fn check<W: Word>(listed: &Value, all: &[W]) {
        let spelled: Vec<_> = all.iter().map(|one| one.word()).collect();
        assert_eq!(listed["enum"], serde_json::json!(spelled));
    }
    let root = schema();
    let group = &root["$defs"]["group"]["properties"];
    check(
        &group["severity"],
        &[Severity::Error, Severity::Warning, Severity::Info],
    );
    check(
        &group["authority"],
        &[Authority::Spec, Authority::Vendor, Authority::Practice],
    );
    check(
        &group["consequence"],
        &[
            Consequence::FileRefused,
            Consequence::RecordDropped,
            Consequence::ValueDropped,
            Consequence::AcceptedButWrong,
            Consequence::Note,
        ],
    );
    check(
        &root["$defs"]["fix"]["properties"]["safety"],
        &[Safety::Safe, Safety::Review, Safety::Shown],
    );
    let spelled = |value: Value| value.as_str().unwrap().to_owned();
    let outcomes = [Outcome::Complete, Outcome::Partial, Outcome::Failed]
        .map(|one| spelled(serde_json::to_value(one).unwrap()));
    assert_eq!(
        root["properties"]["outcome"]["enum"],
        serde_json::json!(outcomes)
    );
    let verdicts = [
        Verdict::NotReady,
        Verdict::ReadyWithWarnings,
        Verdict::Ready,
    ]
    .map(|one| spelled(serde_json::to_value(one).unwrap()));
    assert_eq!(
        root["properties"]["verdict"]["enum"],
        serde_json::json!(verdicts)
    );
}
