//! ManageBac's own list of messages: each has a row in the format's README, each rule of such a row
//! says so on its page, and a case shows it.

#![allow(clippy::unwrap_used)]

mod support;

use std::fs;

use hallpass::formats;
use support::at_root;

const FOLDER: &str = "src/formats/managebac";

/// A row of the README's table.
struct Row {
    kind: String,
    title: String,
    message: String,
    rules: Vec<String>,
    /// What stands in place of rules.
    words: String,
    case: Option<String>,
}

/// What stands in backticks.
fn ticked(text: &str) -> Vec<String> {
    text.split('`')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

fn rows() -> Vec<Row> {
    let readme = fs::read_to_string(at_root(FOLDER).join("README.md")).unwrap();
    let lines = readme.lines().filter_map(|line| line.strip_prefix("| "));
    let rows = lines.map(|line| line.trim_end_matches('|').split(" | ").collect::<Vec<_>>());
    let messages = rows.filter(|row| ["error", "warning"].contains(&row[0]) && row.len() == 5);
    let row = |row: Vec<&str>| Row {
        kind: row[0].to_owned(),
        title: ticked(row[1]).remove(0),
        message: row[2].to_owned(),
        rules: ticked(row[3])
            .into_iter()
            .filter(|name| !name.contains(' '))
            .collect(),
        words: row[3].to_owned(),
        case: ticked(row[4]).pop(),
    };
    messages.map(row).collect()
}

#[test]
fn every_message_has_its_row() {
    let table = fs::read(at_root(FOLDER).join("catalogue.csv")).unwrap();
    let mut table = csv::Reader::from_reader(table.as_slice());
    let messages = table.records().map(|record| {
        let record = record.unwrap();
        [0, 1, 2].map(|at| record[at].to_owned())
    });
    let messages: Vec<[String; 3]> = messages.collect();
    let of = |kind: &str| messages.iter().filter(|m| m[0] == kind).count();
    assert_eq!((of("error"), of("warning")), (23, 8));
    let rows = rows()
        .into_iter()
        .map(|row| [row.kind, row.title, row.message]);
    assert_eq!(rows.collect::<Vec<_>>(), messages);
}

/// How the words of a row begin whose message shows when the export is compared.
const COMPARED: &str = "with the current export";

impl Row {
    fn is_compared(&self) -> bool {
        self.words.starts_with(COMPARED)
    }
}

#[test]
fn a_comparison_shows_each_message_that_takes_the_export() {
    let compared: Vec<Row> = rows().into_iter().filter(Row::is_compared).collect();
    assert_eq!(compared.len(), 4);
    for row in compared {
        let case = row.case.as_deref().unwrap_or_default();
        let path = at_root("tests/compare").join(case).join("expected.json");
        let report = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{case}: {error}"));
        let report: serde_json::Value = serde_json::from_str(&report).unwrap();
        let title = format!("`{}`", row.title);
        let shown = report["findings"].as_array().unwrap().iter().any(|found| {
            let named = found["message"].as_str().unwrap().contains(&title);
            named && row.rules.iter().any(|rule| found["rule"] == **rule)
        });
        assert!(shown, "{case} does not show {title} as {:?}", row.rules);
    }
}

#[test]
fn every_rule_of_a_row_is_one_of_the_format_and_names_the_message() {
    let format = formats::find("managebac-1.2").unwrap();
    let rules = format.all_rules();
    for row in rows().into_iter().filter(|row| !row.is_compared()) {
        for name in &row.rules {
            let rule = rules.iter().find(|rule| rule.name == name);
            let rule = rule.unwrap_or_else(|| panic!("{}: `{name}` is no rule", row.title));
            let title = format!("`{}`", row.title);
            assert!(rule.page.contains(&title), "{name} does not name {title}");
        }
        let told = row.words == "cannot be checked from the files alone";
        assert_eq!(row.rules.is_empty(), told, "{}: {}", row.title, row.words);
    }
}

#[test]
fn a_case_shows_each_message_that_files_can_tell() {
    for row in rows().into_iter().filter(|row| !row.is_compared()) {
        let Some(case) = row.case else {
            assert!(row.rules.is_empty(), "{} has no case", row.title);
            continue;
        };
        let path = at_root(FOLDER).join(format!("cases/{case}/expected.json"));
        let report = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{case}: {error}"));
        let report: serde_json::Value = serde_json::from_str(&report).unwrap();
        let mut groups = report["groups"].as_array().unwrap().iter();
        let shown = groups.any(|group| row.rules.iter().any(|rule| group["rule"] == **rule));
        assert!(shown, "{case} shows none of {:?}", row.rules);
    }
}
