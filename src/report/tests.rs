//! The printers against texts in `testdata/` (rewritten with `UPDATE=1`) and against hostile values.
#![allow(clippy::unwrap_used)]

mod sample;
mod schema;
#[path = "../../tests/support/schema.rs"]
mod validator;

use super::*;
use sample::{bare, full, with};
use serde_json::Value;

fn same_as_file(name: &str, text: &str) {
    let path = format!("{}/src/report/testdata/{name}", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, text).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == text,
        "{name} differs; look at it after UPDATE=1 cargo test report::\n{text}"
    );
}

#[test]
fn printed_as_kept() {
    let report = full();
    same_as_file("full.json", &json::print(&report));
    same_as_file("full.txt", &text::print(&report));
    same_as_file("full.html", &html::print(&report));
    same_as_file("full.sarif", &sarif::print(&report));
}

#[test]
fn json_in_pieces_is_json_as_a_whole() {
    let mut without = full();
    without.groups[0].samples.clear();
    let trap = "\"groups\": [], \"samples\": []";
    for report in [bare(), full(), without, with(trap)] {
        let whole = serde_json::to_string_pretty(&report).unwrap() + "\n";
        assert_eq!(json::print(&report), whole);
    }
}

#[test]
fn verdict_is_never_better_than_what_was_checked() {
    use Outcome::{Complete, Failed, Partial};
    use Verdict::{NotReady, Ready, ReadyWithWarnings};
    let cases = [
        (
            Complete,
            [0, 0, 0],
            Ready,
            "Ready: nothing to mend was found",
        ),
        (Complete, [0, 0, 1], Ready, "Ready: 1 note"),
        (
            Complete,
            [0, 2, 1],
            ReadyWithWarnings,
            "Ready, with warnings: 2 warnings, 1 note",
        ),
        (
            Complete,
            [1, 2, 0],
            NotReady,
            "Not ready: 1 error, 2 warnings",
        ),
        (
            Partial,
            [0, 0, 0],
            NotReady,
            "Not ready: some of it could not be checked",
        ),
        (
            Partial,
            [0, 1, 0],
            NotReady,
            "Not ready: 1 warning; some of it could not be checked",
        ),
        (
            Failed,
            [0, 0, 0],
            NotReady,
            "Not ready: the check could not be done",
        ),
    ];
    for (outcome, [error, warning, info], expected, headline) in cases {
        let totals = Totals {
            error,
            warning,
            info,
        };
        let found = verdict(outcome, totals);
        assert_eq!(found, expected, "{outcome:?} {totals:?}");
        let report = Report {
            outcome,
            verdict: found,
            totals,
            ..bare()
        };
        assert_eq!(words::headline(&report), headline);
        assert!(text::print(&report).starts_with(headline));
        assert!(html::print(&report).contains(&format!("<h1>{headline}</h1>")));
    }
}

const HOSTILE: &[&str] = &[
    "<script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    "\"><svg/onload=alert(1)>",
    "' onmouseover='alert(1)",
    "`` ` {0} {{ [link](javascript:alert(1))",
    "\u{0}\u{1b}[2J\u{1b}]0;title\u{7}\u{7f}\u{9b}31m",
    "\u{202e}gnp.exe\u{2066}\u{200f}\u{feff}",
    "a\r\nb\tc\u{2028}d\\\"",
    "=HYPERLINK(\"http://example.invalid\",\"x\")",
    "Ṱ̺̺̕o͞ ̷i̲̬͇̪͙n̝̗͕v̟̜̘̦͟o̶̙̰̠kè͚̮̺̪̹̱̤ 👩‍👩‍👧‍👦 田中さん ثم نفس",
    "../../%00//host?x#y",
    "",
];

/// Whether a character could steer a terminal or turn text round.
fn steers(c: char) -> bool {
    c.is_control() && c != '\n' || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[test]
fn hostile_values_stay_text() {
    // Backticks in a value may make more or less of a message code, which is markup of ours.
    let ours = ["<code>", "</code>", "<bdi>", "</bdi>"];
    let tags = |page: &str| {
        let page = ours
            .iter()
            .fold(page.to_owned(), |page, tag| page.replace(tag, ""));
        (page.matches('<').count(), page.matches('"').count())
    };
    let plain = tags(&html::print(&with("plain")));
    for value in HOSTILE.iter().copied() {
        let report = with(value);
        let name: String = value.chars().take(40).collect();

        let printed = text::print(&report);
        assert!(!printed.contains(steers), "{name:?}");
        assert!(printed.len() < 40_000, "{name:?}: {}", printed.len());

        let page = html::print(&report);
        assert!(!page.contains(steers), "{name:?}");
        assert!(page.len() < 60_000, "{name:?}: {}", page.len());
        if !value.is_empty() {
            assert_eq!(tags(&page), plain, "{name:?} adds markup");
        }

        let parsed: Value = serde_json::from_str(&json::print(&report)).unwrap();
        let sample = &parsed["groups"][0]["samples"][0];
        assert_eq!(sample["value"], value);
        assert_eq!(sample["message"], format!("`{value}` is not a date"));

        let log: Value = serde_json::from_str(&sarif::print(&report)).unwrap();
        assert_eq!(log["runs"][0]["results"][0]["properties"]["value"], value);
    }
}

#[test]
fn long_values_are_shortened_for_people_only() {
    let long = "x<\u{1b}".repeat(350_000);
    let mut report = full();
    let sample = &mut report.groups[0].samples[0];
    sample.message = format!("`{long}` is not a date");
    sample.value = Some(long);
    let (page, printed) = (html::print(&report), text::print(&report));
    assert!(page.len() < 20_000 && printed.len() < 10_000);
    assert!(page.contains("…") && printed.contains("…"));
    assert!(page.contains("is not a date") && printed.contains("is not a date"));
    assert!(json::print(&report).len() > 2_000_000);
    assert!(sarif::print(&report).len() > 1_000_000);
}

#[test]
fn tables_read_back_as_written() {
    for value in HOSTILE {
        let (mut findings, mut changes) = (Vec::new(), Vec::new());
        findings_csv::header(&mut findings);
        let row = findings_csv::Row {
            severity: Severity::Warning,
            rule: "invalid-date",
            file: value,
            line: Some(3),
            record: Some(2),
            column: None,
            field: "birthDate",
            key: "-5",
            value,
            message: value,
            fix: "",
        };
        findings_csv::row(&mut findings, &row);
        change_log::header(&mut changes);
        let row = change_log::Row {
            file: "users.csv",
            line: Some(3),
            record: Some(2),
            field: "birthDate",
            before: value,
            after: "",
            rule: "invalid-date",
            safety: Safety::Review,
        };
        change_log::row(&mut changes, &row);

        let guarded = value
            .strip_prefix('=')
            .map_or(value.to_string(), |rest| format!("'={rest}"));
        let g = guarded.as_str();
        assert_eq!(
            read(&findings),
            [
                vec![
                    "severity", "rule", "file", "line", "record", "column", "field", "key",
                    "value", "message", "fix"
                ],
                vec![
                    "warning",
                    "invalid-date",
                    g,
                    "3",
                    "2",
                    "",
                    "birthDate",
                    "-5",
                    g,
                    g,
                    ""
                ],
            ]
        );
        assert_eq!(
            read(&changes),
            [
                vec![
                    "file", "line", "record", "field", "before", "after", "rule", "safety"
                ],
                vec![
                    "users.csv",
                    "3",
                    "2",
                    "birthDate",
                    g,
                    "",
                    "invalid-date",
                    "review"
                ],
            ]
        );
        assert!(findings.ends_with(b"\r\n") && changes.ends_with(b"\r\n"));
    }
}

fn read(table: &[u8]) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(table);
    let records = reader.records().map(|record| record.unwrap());
    records
        .map(|record| record.iter().map(str::to_owned).collect())
        .collect()
}

#[test]
fn fingerprints_survive_new_records_above() {
    let fingerprint = |report: &Report| {
        let log: Value = serde_json::from_str(&sarif::print(report)).unwrap();
        log["runs"][0]["results"][0]["partialFingerprints"]["hallpass/v1"].clone()
    };
    let before = fingerprint(&full());
    let mut moved = full();
    let sample = &mut moved.groups[0].samples[0];
    (sample.line, sample.record) = (Some(70), Some(60));
    assert_eq!(fingerprint(&moved), before);
    moved.groups[0].samples[0].value = Some("o8".into());
    assert_ne!(fingerprint(&moved), before);
}

#[test]
fn what_refuses_everything_comes_before_what_explains_much() {
    let mut report = full();
    let mut folder = report.groups[0].clone();
    folder.rule = "enclosing-folder".into();
    folder.consequence = Consequence::FileRefused;
    folder.field = None;
    folder.samples.truncate(1);
    folder.samples[0].line = None;
    folder.samples[0].message = "`export` is a folder around all files".into();
    report.groups.push(folder);
    let pages = [
        (text::print(&report), "`export` is", "`o9` is missing"),
        (
            html::print(&report),
            "export</bdi></code> is",
            "o9</bdi></code> is missing",
        ),
    ];
    for (page, refused, explained) in pages {
        let at = |words: &str| page.find(words).unwrap();
        assert!(at(words::CAUSES) < at(refused), "{page}");
        assert!(at(refused) < at(explained), "{page}");
    }
}

#[test]
fn files_that_could_not_be_checked_say_why_at_once() {
    let mut report = Report {
        outcome: Outcome::Failed,
        verdict: Verdict::NotReady,
        ..full()
    };
    report.groups.truncate(1);
    report.groups[0].rule = "unknown-format".into();
    report.groups[0].samples[0].message = "`june.xlsx` is an Excel workbook".into();
    let printed = text::print(&report);
    assert!(
        printed.starts_with("Not ready: `june.xlsx` is an Excel workbook\n"),
        "{printed}"
    );
    assert!(html::print(&report).contains("<h1>Not ready: <code><bdi>june.xlsx</bdi></code> is"));
}

#[test]
fn warnings_say_what_the_receiver_does() {
    let mut report = Report {
        outcome: Outcome::Complete,
        verdict: Verdict::ReadyWithWarnings,
        ..full()
    };
    assert!(text::print(&report).contains("may leave out some of what is in them"));
    report.groups[1].consequence = Consequence::AcceptedButWrong;
    assert!(text::print(&report).contains("something in them is probably a mistake"));
    report.groups[1].consequence = Consequence::FileRefused;
    let text = text::print(&report);
    assert!(
        text.contains("The receiver may refuse some of the files"),
        "{text}"
    );
    assert!(
        text.contains("The receiver may refuse the whole file."),
        "{text}"
    );
    report.verdict = Verdict::NotReady;
    assert_eq!(words::with_warnings(&report), None);
}

#[test]
fn what_other_causes_explain_is_counted() {
    let mut report = full();
    assert_eq!(words::other_causes(&report), None);
    report.groups[0].total += 7;
    let others = "and 7 more findings, of other missing keys";
    assert_eq!(words::other_causes(&report).as_deref(), Some(others));
    assert!(text::print(&report).contains(others) && html::print(&report).contains(others));
    report.causes.clear();
    assert_eq!(words::other_causes(&report), None);
}
