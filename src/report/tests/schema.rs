//! The JSON against `docs/report.schema.json`: neither has a member that the other lacks.

use super::sample::{bare, full, with};
use super::validator::{faults, schema};
use crate::finding::{Authority, Consequence, Safety, Severity};
use crate::report::*;
use serde_json::Value;
use std::collections::BTreeSet;

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
        assert_eq!(faults(&value, &mut seen), Vec::<String>::new());
    }
    assert_eq!(seen, expected);

    let mut wrong = serde_json::to_value(full()).unwrap();
    wrong["groups"][0]["severity"] = "fatal".into();
    wrong["groups"][0]["samples"][0]["line"] = 0.into();
    wrong["extra"] = 1.into();
    let found = faults(&wrong, &mut seen);
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
