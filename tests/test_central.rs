//! What was read in Test-Central's document: each rule of the catalogue has a row in the format's
//! README, each rule of ours in such a row says so on its page, and a case shows it. Its passwords are
//! nowhere but in the files themselves.

#![allow(clippy::unwrap_used)]

mod support;

use std::fs;

use hallpass::formats;
use support::{at_root, files_below};

const FOLDER: &str = "src/formats/test_central";

/// A row of the README's table.
struct Row {
    id: String,
    severity: String,
    text: String,
    rules: Vec<String>,
    case: String,
}

/// What stands in backticks.
fn ticked(text: &str) -> Vec<String> {
    let ticked = text.split('`').skip(1).step_by(2);
    ticked.map(str::to_owned).collect()
}

fn rows() -> Vec<Row> {
    let readme = fs::read_to_string(at_root(FOLDER).join("README.md")).unwrap();
    let lines = readme
        .lines()
        .filter(|line| line.starts_with("| TC-F") || line.starts_with("| TC-V"));
    let row = |line: &str| {
        let cells: Vec<&str> = line.trim_matches(['|', ' ']).split(" | ").collect();
        let [id, severity, text, rules, case] = cells[..] else {
            panic!("{line}");
        };
        Row {
            id: id.to_owned(),
            severity: severity.to_owned(),
            text: text.to_owned(),
            rules: ticked(rules),
            case: ticked(case).remove(0),
        }
    };
    lines.map(row).collect()
}

#[test]
fn every_rule_of_the_document_has_its_row() {
    let table = fs::read(at_root(FOLDER).join("catalogue.csv")).unwrap();
    let mut table = csv::Reader::from_reader(table.as_slice());
    let known = table.records().map(|record| {
        let record = record.unwrap();
        [0, 1, 4].map(|at| record[at].to_owned())
    });
    let known: Vec<[String; 3]> = known.collect();
    assert_eq!(known.len(), 35);
    let rows = rows()
        .into_iter()
        .map(|row| [row.id, row.severity, row.text]);
    assert_eq!(rows.collect::<Vec<_>>(), known);
}

#[test]
fn every_rule_of_a_row_is_one_of_the_format_and_names_it() {
    let rules = formats::find("test-central").unwrap().all_rules();
    for row in rows() {
        assert!(!row.rules.is_empty(), "{} has no rule", row.id);
        for name in &row.rules {
            let rule = rules.iter().find(|rule| rule.name == name);
            let rule = rule.unwrap_or_else(|| panic!("{}: `{name}` is no rule", row.id));
            assert!(
                rule.page.contains(&row.id),
                "{name} does not name {}",
                row.id
            );
        }
    }
}

#[test]
fn a_case_shows_each_rule() {
    for row in rows() {
        let path = at_root(FOLDER).join(format!("cases/{}/expected.json", row.case));
        let report =
            fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", row.case));
        let report: serde_json::Value = serde_json::from_str(&report).unwrap();
        let groups = report["groups"].as_array().unwrap();
        let shown = groups
            .iter()
            .any(|group| row.rules.iter().any(|rule| group["rule"] == **rule));
        assert!(
            shown,
            "{}: {} shows none of {:?}",
            row.id, row.case, row.rules
        );
    }
}

/// All passwords of the cases hold a word for the weather, and nothing else does.
#[test]
fn no_report_shows_a_password() {
    let words = [
        "Spring2", "Rain", "Wind", "Snow", "Hail", "Gale", "Mist", "Fog", "Dew", "Ice", "Hot9",
        "Cold", "Warm", "Sun,",
    ];
    let reports = files_below(&at_root(FOLDER).join("cases"), "expected.json");
    assert!(reports.len() > 10);
    for path in reports {
        let report = fs::read_to_string(&path).unwrap();
        let shown = words.iter().find(|word| report.contains(*word));
        assert_eq!(shown, None, "{}", path.display());
    }
}
