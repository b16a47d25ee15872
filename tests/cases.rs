//! Small bundles and the reports that they give.
//!
//! `src/formats/<format>/cases/<name>/` holds the files of a bundle, `note.md` with a line that
//! says why it is there, and `expected.json`, its report with a few samples of each group. The
//! samples that the page offers stand in `tests/samples/`. `UPDATE=1 cargo test --test cases`
//! rewrites the reports; look at what changes.

#![allow(clippy::unwrap_used)]

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use hallpass::report::{Report, json};
use serde_json::Value;
use support::bundle::{Bundle, check};
use support::{assert_current, at_root, files_below, schema};

/// Samples of each group that are expected; the totals tell the rest.
const SAMPLES: usize = 3;

#[test]
fn cases_give_the_expected_reports() {
    let root = at_root("src/formats");
    let notes = files_below(&root, "note.md");
    assert!(notes.len() >= 15, "there are {} cases", notes.len());
    for note in notes {
        let folder = note.parent().unwrap();
        let why = fs::read_to_string(&note).unwrap();
        assert_eq!(why.lines().count(), 1, "{}: one line", note.display());
        let bundle = Bundle {
            files: files(folder),
            ..Bundle::default()
        };
        let expected = folder.join("expected.json");
        let expected = expected.strip_prefix(at_root("")).unwrap();
        compare(expected.to_str().unwrap(), check(&bundle));
    }
}

#[test]
fn samples_give_the_expected_reports() {
    for name in ["clean", "faulty"] {
        let zip = fs::read(at_root(&format!("www/samples/{name}.zip"))).unwrap();
        let bundle = Bundle {
            files: vec![(format!("{name}.zip"), zip)],
            ..Bundle::default()
        };
        compare(&format!("tests/samples/{name}.json"), check(&bundle));
    }
}

/// The files of a case, named as in a dropped folder.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let ours = ["note.md", "expected.json"];
    let named = files_below(folder, "").into_iter().map(|path| {
        let name = path.strip_prefix(folder).unwrap().to_str().unwrap();
        (name.replace('\\', "/"), fs::read(&path).unwrap())
    });
    named
        .filter(|(name, _)| !ours.contains(&name.as_str()))
        .collect()
}

fn compare(path: &str, mut report: Report) {
    for group in &mut report.groups {
        group.samples.truncate(SAMPLES);
    }
    let mut value: Value = serde_json::from_str(&json::print(&report)).unwrap();
    let faults = schema::faults(&value, &mut BTreeSet::new());
    assert!(faults.is_empty(), "{path}: {faults:#?}");
    // A release is no reason to touch every case.
    value["tool"]["version"] = "0.0.0".into();
    assert_current(
        path,
        &(serde_json::to_string_pretty(&value).unwrap() + "\n"),
    );
}
