//! Pairs of small bundles, and what comparing them tells.
//!
//! `tests/compare/base/` is a small district. Each other folder is a case: `note.md` says in a line
//! why it is there; `old/` and `new/` hold the files that are not those of the base, an empty one
//! standing for a file that is left out; those in `alone/` have nothing of the base; `profile.txt` has the id of who receives NEW, if that is
//! said; `expected.json` is the comparison.
//! `UPDATE=1 cargo test --test comparisons` rewrites what is expected; look at what changes.

#![allow(clippy::unwrap_used)]

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use hallpass::report::compare::json;
use serde_json::Value;
use support::compare::{Files, compare_for};
use support::{assert_current, at_root, files_below, schema};

#[test]
fn cases_give_the_expected_comparisons() {
    let root = at_root("tests/compare");
    let notes = files_below(&root, "note.md");
    assert!(notes.len() >= 13, "there are {} cases", notes.len());
    let mut seen = BTreeSet::new();
    for note in notes {
        let folder = note.parent().unwrap();
        let why = fs::read_to_string(&note).unwrap();
        assert_eq!(why.lines().count(), 1, "{}: one line", note.display());
        let (old, new) = (side(&root, folder, "old"), side(&root, folder, "new"));
        let profile = fs::read_to_string(folder.join("profile.txt")).ok();
        let profile = profile.as_deref().map(str::trim);
        let compared = compare_for(profile, &old, &new, usize::MAX);
        let report = compared.comparison.report().unwrap();
        let mut value: Value = serde_json::from_str(&json(&report)).unwrap();
        let faults = faults(&value, &mut seen);
        assert!(faults.is_empty(), "{}: {faults:#?}", folder.display());
        for found in &report.findings {
            let (rule, message) = (found.rule, &found.message);
            assert!(message.contains("; expected "), "{rule}: {message}");
            let page = fs::read_to_string(at_root("docs/compare.md")).unwrap();
            assert!(
                page.contains(&format!("| `{rule}` |")),
                "{rule} is not in docs/compare.md"
            );
        }
        // A release is no reason to touch every case.
        value["tool"]["version"] = "0.0.0".into();
        let expected = folder.join("expected.json");
        let expected = expected.strip_prefix(at_root("")).unwrap();
        assert_current(
            expected.to_str().unwrap(),
            &(serde_json::to_string_pretty(&value).unwrap() + "\n"),
        );
    }
    let unseen: Vec<String> = members().difference(&seen).cloned().collect();
    assert!(unseen.is_empty(), "no case shows {unseen:?}");
}

/// The files of the base and, in their place, those of the case.
fn side(root: &Path, folder: &Path, side: &str) -> Files {
    let is_alone = folder.starts_with(root.join("alone"));
    let mut files = match is_alone {
        true => Files::new(),
        false => below(&root.join("base")),
    };
    let own = folder.join(side);
    for (name, bytes) in own.is_dir().then(|| below(&own)).into_iter().flatten() {
        files.retain(|file| file.0 != name);
        if !bytes.is_empty() {
            files.push((name, bytes));
        }
    }
    files
}

fn below(folder: &Path) -> Files {
    let paths = files_below(folder, ".csv").into_iter();
    let named = paths.map(|path| {
        let name = path.strip_prefix(folder).unwrap().to_str().unwrap();
        (name.replace('\\', "/"), fs::read(&path).unwrap())
    });
    named.collect()
}

/// What is wrong with a comparison, and into `seen` the path of every member that it has.
fn faults(comparison: &Value, seen: &mut BTreeSet<String>) -> Vec<String> {
    let root = described();
    schema::walk(&root, &root, comparison, "", seen)
}

/// The path of every member that a comparison may have.
fn members() -> BTreeSet<String> {
    let root = described();
    let definitions = root["$defs"].as_object().unwrap().iter();
    let all = definitions.map(|(name, schema)| (name.as_str(), schema));
    let members = all.chain([("", &root)]).flat_map(|(name, schema)| {
        let members = schema["properties"].as_object().unwrap().iter();
        members.map(move |(member, schema)| {
            let path = format!("{name}/{member}");
            assert!(schema["description"].is_string(), "{path} is not described");
            path
        })
    });
    members.collect()
}

fn described() -> Value {
    serde_json::from_str(include_str!("../docs/compare.schema.json")).unwrap()
}
