//! What holds of all rules, formats, layouts and reports together.

#![allow(clippy::unwrap_used)]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use hallpass::formats::{FORMATS, Format, Import, find, rules};
use hallpass::layout::{Condition, Field, FileSpec, Layout, Required};
use hallpass::report::{Report, json};
use hallpass::rules::SHARED;
use serde_json::Value;
use support::page::page;
use support::{at_root, files_below};

/// Ids that commands and reports may use; scripts rely on them.
const FORMAT_IDS: &[&str] = &[
    "oneroster-1.1",
    "oneroster-1.2",
    "managebac-1.2",
    "datashop",
    "datashop-student-step",
    "datashop-student-problem",
    "datashop-kc-model",
    "test-central",
    "pearson-students",
    "pearson-student-registrations",
    "pearson-personal-needs-profile",
    "pearson-users",
    "pearson-organizations",
    "pearson-organization-participation",
    "pearson-organization-participation-preloads",
    "pearson-preid",
    "pearson-test-attempts",
    "pearson-online-test-attempts",
    "clever",
    "sds-2.1",
    "canvas-sis",
    "moodle-users",
    "google-admin-users",
];

/// Every member that a report can have. A new word is a promise: say it as `docs/report.schema.json`
/// does, in the words of the design, and add it there and here.
const REPORT_KEYS: &[&str] = &[
    "asOf",
    "authority",
    "bytes",
    "cannotCheck",
    "causes",
    "column",
    "consequence",
    "delimiter",
    "detected",
    "encoding",
    "error",
    "explains",
    "field",
    "file",
    "files",
    "fix",
    "format",
    "groups",
    "id",
    "info",
    "key",
    "line",
    "message",
    "name",
    "notChecked",
    "outcome",
    "profile",
    "reason",
    "record",
    "records",
    "replacement",
    "rule",
    "safety",
    "samples",
    "schema",
    "severity",
    "title",
    "tool",
    "total",
    "totals",
    "value",
    "verdict",
    "version",
    "warning",
    "where",
    "why",
];

/// Messages about what has no text to show begin so; all others begin with their evidence.
const WITHOUT_EVIDENCE: &[&str] = &[
    "column ",
    "the record is blank",
    "the record has more than ",
    "the cell holds blanks alone",
    "the labels belong to no known format",
];

#[test]
fn rules_have_one_name_each() {
    let mut seen: BTreeMap<&str, *const hallpass::rules::Rule> = BTreeMap::new();
    let own = FORMATS.iter().flat_map(|format| format.rules);
    for rule in SHARED.iter().chain(own) {
        let name = rule.name;
        let same = *seen.entry(name).or_insert(std::ptr::from_ref(*rule));
        assert!(std::ptr::eq(same, *rule), "two rules are called {name}");
        let words: Vec<&str> = name.split('-').collect();
        let plain = |word: &&str| {
            !word.is_empty()
                && word
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        };
        assert!(
            words.len() > 1 && words.iter().all(plain),
            "{name} is not in kebab-case"
        );
        assert!(
            !["no", "disallow", "must", "valid"].contains(&words[0]),
            "{name} names the remedy, not the fault"
        );
    }
}

#[test]
fn pages_have_one_form() {
    for rule in rules() {
        let name = rule.name;
        let page = page(rule);
        assert_eq!(
            rule.page,
            page.lines.join("\n") + "\n",
            "{name}: the page is not that of the rule"
        );
        assert_eq!(page.lines[0], format!("# {name}"));
        assert_eq!(
            page.lines[1], "",
            "{name}: a blank line stands under the name"
        );
        let summary = rule.summary();
        assert_eq!(
            summary, page.lines[2],
            "{name}: the summary is the third line"
        );
        let sentences = summary.matches(". ").count() + 1;
        assert!(
            summary.ends_with('.') && sentences == 1,
            "{name}: `{summary}` is not one sentence"
        );
        for word in ["should", "please", "must"] {
            assert!(
                !summary.to_lowercase().contains(word),
                "{name}: the summary states the fault, not the remedy"
            );
        }
        let mut fenced = false;
        let headings = page.lines.iter().filter(|line| {
            fenced ^= line.starts_with("```");
            !fenced && line.starts_with("## ")
        });
        let headings: Vec<&String> = headings.collect();
        assert_eq!(
            headings,
            [
                "## Why it matters",
                "## How to fix",
                "## Examples",
                "## Source"
            ],
            "{name}"
        );
    }
}

#[test]
fn every_page_is_that_of_a_rule() {
    let known: BTreeSet<String> = rules()
        .iter()
        .map(|rule| rule.name.replace('-', "_"))
        .collect();
    for path in files_below(&at_root("src"), ".md") {
        let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
        let folder = path.parent().unwrap().file_name().unwrap();
        assert!(
            folder != "rules" || known.contains(&stem),
            "no rule is called {stem}"
        );
    }
}

#[test]
fn links_between_pages_lead_somewhere() {
    for rule in rules() {
        let page = page(rule);
        let folder = page.path.parent().unwrap();
        for target in page.lines.iter().flat_map(|line| line.split("](").skip(1)) {
            let target = target.split(')').next().unwrap();
            let known = target.starts_with("https://") || folder.join(target).is_file();
            assert!(known, "{}: {target} is not there", rule.name);
        }
    }
}

#[test]
fn messages_show_evidence_first() {
    for (rule, report) in reports() {
        for sample in report.groups.iter().flat_map(|group| &group.samples) {
            let message = &sample.message;
            let begins = message.starts_with('`')
                || WITHOUT_EVIDENCE
                    .iter()
                    .any(|start| message.starts_with(start));
            assert!(
                begins,
                "{rule}: `{message}` does not begin with what was seen"
            );
            let asks = message.contains("; expected ") || message.contains("; did you mean ");
            assert!(asks, "{rule}: `{message}` does not say what was expected");
            assert!(
                !message.to_lowercase().contains("please"),
                "{rule}: {message}"
            );
        }
    }
}

#[test]
fn the_vocabulary_of_reports_is_known() {
    let mut seen = BTreeSet::new();
    for (_, report) in reports() {
        collect(
            &serde_json::from_str(&json::print(&report)).unwrap(),
            &mut seen,
        );
    }
    let seen: Vec<&str> = seen.iter().map(String::as_str).collect();
    assert_eq!(seen, REPORT_KEYS);
    let schema = std::fs::read_to_string(at_root("docs/report.schema.json")).unwrap();
    for key in REPORT_KEYS {
        assert!(
            schema.contains(&format!("\"{key}\"")),
            "{key} is not in docs/report.schema.json"
        );
    }
}

fn collect(value: &Value, seen: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                seen.insert(key.clone());
                collect(value, seen);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, seen)),
        _ => {}
    }
}

/// The reports on all examples of all pages.
fn reports() -> Vec<(&'static str, Report)> {
    let examples = rules().into_iter().flat_map(|rule| {
        let examples = page(rule).examples.into_iter();
        examples.map(|example| (rule.name, support::bundle::check(&example.bundle)))
    });
    examples.collect()
}

#[test]
fn formats_are_those_of_the_contract() {
    let ids: Vec<&str> = FORMATS.iter().map(|format| format.id).collect();
    for id in &ids {
        assert!(FORMAT_IDS.contains(id), "{id} is no id of the contract");
    }
    let distinct: BTreeSet<&&str> = ids.iter().collect();
    assert_eq!(distinct.len(), ids.len(), "two formats have one id");
}

#[test]
fn what_cannot_be_checked_is_said_in_one_way() {
    for format in FORMATS {
        for text in format.cannot_check {
            assert!(
                text.starts_with("whether ") && !text.ends_with('.'),
                "{}: {text}",
                format.id
            );
        }
    }
}

#[test]
fn layouts_hold_together() {
    for format in FORMATS {
        let layout = (format.layout)().unwrap();
        assert!(!layout.files.is_empty(), "{}", format.id);
        for file in &layout.files {
            assert!(
                !file.fields.is_empty(),
                "{}: {} has no fields",
                format.id,
                file.name
            );
            for field in &file.fields {
                let wrong = fault(&layout, file, field);
                assert_eq!(wrong, None, "{}: {}/{}", format.id, file.name, field.name);
            }
        }
    }
}

/// What in a row leads nowhere.
fn fault(layout: &Layout, file: &FileSpec, field: &Field) -> Option<String> {
    if file
        .fields
        .iter()
        .filter(|other| other.name == field.name)
        .count()
        > 1
    {
        return Some("the field is there twice".to_owned());
    }
    for required in [&field.required, &field.prohibited] {
        if let Required::When(condition) = required
            && condition.field != "mode"
            && let Some(wrong) = lost(file, condition)
        {
            return Some(wrong);
        }
    }
    let to = field.reference.as_ref()?;
    let Some(target) = layout.file(&to.file).map(|at| &layout.files[at]) else {
        return Some(format!("{} is no file", to.file));
    };
    if target.field(&to.field).is_none() {
        return Some(format!("{} has no field {}", to.file, to.field));
    }
    to.condition
        .as_ref()
        .and_then(|condition| lost(target, condition))
}

/// What a condition of a row names and the file does not have.
fn lost(file: &FileSpec, condition: &Condition) -> Option<String> {
    let Some(field) = file.field(&condition.field) else {
        return Some(format!("{} has no field {}", file.name, condition.field));
    };
    let codes = file.fields[field].kind.codes()?;
    let unknown = condition
        .values
        .iter()
        .find(|value| !codes.contains(value.as_bytes()))?;
    Some(format!("{unknown} is no code of {}", condition.field))
}

/// Formats that share a table have what it names between them.
#[test]
fn tables_of_imports_name_what_there_is() {
    let knows = |import: &Import, file: &str, field: &str| {
        let sharing = FORMATS
            .iter()
            .filter(|format| format.import.schools == import.schools);
        sharing.into_iter().any(|format| {
            let layout = (format.layout)().unwrap();
            let file = layout.file(file).map(|at| &layout.files[at]);
            file.is_some_and(|file| file.field(field).is_some())
        })
    };
    for Format { id, import, .. } in FORMATS {
        let matching = import.matching().unwrap();
        let fields = matching.iter().flat_map(|row| {
            let when = row
                .when
                .iter()
                .map(|when| (row.file.as_str(), when.field.as_str()));
            let fields = row.fields.iter().map(|field| match field.split_once('/') {
                Some(other) => other,
                None => (row.file.as_str(), field.as_str()),
            });
            when.chain(fields).collect::<Vec<_>>()
        });
        let schools = import.schools().unwrap();
        let lends = schools
            .iter()
            .filter_map(|row| Some((row.file.as_str(), row.lends.as_deref()?)));
        let belongs = schools
            .iter()
            .map(|row| (row.file.as_str(), row.field.as_str()));
        for (file, field) in fields.chain(lends).chain(belongs) {
            assert!(
                knows(import, file, field),
                "{id}: {file}/{field} is not there"
            );
        }
        let layout = (find(id).unwrap().layout)().unwrap();
        let manifest = import.manifest.as_ref().map(|manifest| manifest.file);
        assert!(
            manifest.is_none_or(|file| layout.file(file).is_some()),
            "{id}"
        );
    }
}

/// A code list stands for a field, or the format's page says what it is for.
#[test]
fn code_lists_are_used() {
    for path in files_below(&at_root("src/formats"), ".csv") {
        let folder = path.parent().unwrap();
        if folder.file_name().unwrap() != "codes" {
            continue;
        }
        let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
        let layouts = FORMATS.iter().map(|format| (format.layout)().unwrap());
        let used = layouts.into_iter().any(|layout| {
            let fields = layout.files.iter().flat_map(|file| &file.fields);
            fields
                .into_iter()
                .any(|field| field.codes.as_ref() == Some(&stem))
        });
        let page = std::fs::read_to_string(folder.parent().unwrap().join("README.md")).unwrap();
        let explained = page.contains(&format!("`codes/{stem}.csv`"));
        assert!(used || explained, "{} is of no use", path.display());
    }
}
