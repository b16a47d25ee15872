//! DataShop's own importer is the oracle: `tests/datashop/` has small files and, in `index.json`, what
//! release 10.4.5 of its source says of each. With `--profile importer` the verdict is the server's,
//! and each of its messages has a finding on the same column, and on the same line where it names one.

#![allow(clippy::unwrap_used)]

mod support;

use hallpass::report::words::Word;
use hallpass::report::{Report, Verdict};
use hallpass::session::Include;
use serde_json::Value;
use support::at_root;
use support::bundle::{Bundle, check, fix, fix_and_log};

/// The files with what the server says.
fn cases() -> Vec<Value> {
    let text = std::fs::read_to_string(at_root("tests/datashop/index.json")).unwrap();
    let index: Value = serde_json::from_str(&text).unwrap();
    index["cases"].as_array().unwrap().clone()
}

fn bundle(case: &Value, profile: Option<&str>) -> Bundle {
    let name = case["file"].as_str().unwrap();
    let bytes = std::fs::read(at_root(&format!("tests/datashop/{name}"))).unwrap();
    Bundle {
        files: vec![(name.to_owned(), bytes)],
        format: Some("datashop".to_owned()),
        profile: profile.map(str::to_owned),
        ..Bundle::default()
    }
}

fn report(case: &Value, profile: Option<&str>) -> Report {
    check(&bundle(case, profile))
}

#[test]
fn the_profile_of_the_importer_says_what_the_server_says() {
    let mut wrong = Vec::new();
    let cases = cases();
    assert_eq!(cases.len(), 98);
    for case in &cases {
        let report = report(case, Some("importer"));
        let name = case["file"].as_str().unwrap();
        let verdict = match case["expected_verdict"].as_str().unwrap() {
            "ok" => Verdict::Ready,
            "warning" => Verdict::ReadyWithWarnings,
            _ => Verdict::NotReady,
        };
        if report.verdict != verdict {
            let found = summary(&report);
            wrong.push(format!(
                "{name}: {:?}, expected {verdict:?}: {found}",
                report.verdict
            ));
        }
        for message in case["expected_messages"].as_array().unwrap() {
            if !is_told(&report, message) {
                wrong.push(format!(
                    "{name}: {message} is not told: {}",
                    summary(&report)
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What the server refuses, the plain check refuses, too.
#[test]
fn what_the_server_refuses_is_an_error_without_a_profile() {
    for case in cases()
        .iter()
        .filter(|case| case["expected_verdict"] == "error")
    {
        let report = report(case, None);
        assert_eq!(report.verdict, Verdict::NotReady, "{}", case["file"]);
    }
}

/// What is safe makes no verdict worse. Of the others, the server refuses some for what only a person
/// can know.
#[test]
fn safe_repairs_make_the_verdict_of_the_server_better_or_leave_it() {
    let mut better = Vec::new();
    for case in cases() {
        let mended = fix(&bundle(&case, None), Include::Safe, &[]);
        let after = check(&Bundle {
            profile: Some("importer".to_owned()),
            ..mended
        });
        let (before, after) = (report(&case, Some("importer")).verdict, after.verdict);
        let name = case["file"].as_str().unwrap().to_owned();
        assert!(rank(after) <= rank(before), "{name}: {before:?}, {after:?}");
        if rank(after) < rank(before) {
            better.push(name);
        }
    }
    assert_eq!(better.len(), 17, "{better:?}");
}

fn rank(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Ready => 0,
        Verdict::ReadyWithWarnings => 1,
        Verdict::NotReady => 2,
    }
}

/// A day that could be two is decided for the whole column, by what its first records prove.
#[test]
fn day_and_month_have_one_order_in_a_column() {
    let times = |times: &[&str]| -> Vec<String> {
        let record = |time: &&str| RECORD.replace("2026-01-15 10:00:00", time);
        let text = format!(
            "{LABELS}\n{}\n",
            times.iter().map(record).collect::<Vec<_>>().join("\n")
        );
        let bundle = Bundle {
            files: vec![("log.txt".to_owned(), text.into_bytes())],
            ..Bundle::default()
        };
        assert_eq!(
            fix(&bundle, Include::Safe, &["invalid-time", "swapped-day"]).files,
            bundle.files
        );
        let mended = fix(&bundle, Include::Review, &["invalid-time", "swapped-day"]);
        let text = String::from_utf8(mended.files[0].1.clone()).unwrap();
        let cells = text.lines().skip(1).map(|line| line.split('\t').nth(2));
        cells.map(|cell| cell.unwrap().to_owned()).collect()
    };
    let days = ["3/4/2020 10:00", "24/2/2020 10:00", "4/4/2020 10:00"];
    let mended = [
        "2020-04-03 10:00:00",
        "2020-02-24 10:00:00",
        "4/4/2020 10:00",
    ];
    assert_eq!(times(&days), mended);
    let mixed = ["3/4/2020 10:00", "24/2/2020 10:00", "2/24/2020 10:00"];
    assert_eq!(times(&mixed), mixed);
    let months = ["3/4/2020 10:00", "2/24/2020 10:00", "3.4.2020 10:00"];
    let mended = ["3/4/2020 10:00", "2/24/2020 10:00", "2020-03-04 10:00:00"];
    assert_eq!(times(&months), mended);
    // A day that is its month's number is none to be sure of either: half a column would stay.
    let dotted = ["5.5.2014 10:05", "5.14.2014 10:14"];
    let mended = ["2014-05-05 10:05:00", "2014-05-14 10:14:00"];
    assert_eq!(times(&dotted), mended);
    // What proves the order comes after all that is looked at for it.
    let mut late = vec!["3/4/2020 10:00"; 600];
    late.push("24/2/2020 10:00");
    assert_eq!(times(&late), late);
    let records: Vec<String> = late
        .iter()
        .map(|time| RECORD.replace("2026-01-15 10:00:00", time))
        .collect();
    let report = small(LABELS, &records);
    let mut groups = report.groups.iter();
    let group = groups.find(|group| group.rule == "invalid-time").unwrap();
    let told = "as most likely the times before it have";
    assert!(group.samples[0].message.contains(told), "{group:?}");
}

/// A zone goes, and the fix says that nothing is counted over to another.
#[test]
fn what_becomes_of_an_offset_is_said() {
    for (time, zone) in [
        ("2024-03-01T10:00:00+02:00", "+02:00"),
        ("2024-03-01T10:00:00Z", "Z"),
        ("2024-03-01 10:00:00 -0500", "-0500"),
        ("2024-03-01 10:00:00 EST", "EST"),
        ("01-Mar-2024 10:00:00 am GMT", "GMT"),
    ] {
        let report = small(LABELS, &[RECORD.replace("2026-01-15 10:00:00", time)]);
        let group = report
            .groups
            .iter()
            .find(|group| group.field.as_deref() == Some("Time"));
        let sample = &group.unwrap().samples[0];
        assert!(
            sample.message.contains(&format!("`{zone}`")),
            "{}",
            sample.message
        );
        let title = &sample.fix.as_ref().unwrap().title;
        let expected =
            format!("Write as 2024-03-01 10:00:00, on the same clock, and leave `{zone}` out");
        assert_eq!(*title, expected);
    }
    let plain = small(
        LABELS,
        &[RECORD.replace("2026-01-15 10:00:00", "01-Mar-2024 10:00:00 am")],
    );
    let fix = plain.groups[0].samples[0].fix.as_ref().unwrap();
    assert_eq!(fix.title, "Write as 2024-03-01 10:00:00");
}

#[test]
fn quotes_around_times_go_whatever_the_day() {
    let days = ["5/9/2014 10:09", "5/10/2014 10:10", "12/24/2014 10:14"];
    let log = |quote: &str| {
        let record = |day: &&str| {
            let day = format!("{quote}{day}{quote}");
            RECORD.replace("2026-01-15 10:00:00", &day) + "\n"
        };
        format!("{LABELS}\n{}", days.iter().map(record).collect::<String>())
    };
    let bundle = Bundle {
        files: vec![("log.txt".to_owned(), log("\"").into_bytes())],
        ..Bundle::default()
    };
    let mended = fix(&bundle, Include::Safe, &[]);
    assert_eq!(
        String::from_utf8(mended.files[0].1.clone()).unwrap(),
        log("")
    );
}

/// In a file with commas quotes hold what no cell can hold in one with tabs.
#[test]
fn what_quotes_held_is_not_lost_unsaid() {
    let text = format!(
        "{},Input\n{},\"a\tb\nc, \"\"d\"\"\"\n",
        LABELS.replace('\t', ","),
        RECORD.replace('\t', ",")
    );
    let bundle = Bundle {
        files: vec![("log.txt".to_owned(), text.into_bytes())],
        ..Bundle::default()
    };
    let (mended, log) = fix_and_log(&bundle, Include::Safe, &[]);
    let mended = String::from_utf8(mended.files[0].1.clone()).unwrap();
    assert_eq!(mended, format!("{LABELS}\tInput\n{RECORD}\ta b c, \"d\"\n"));
    let row =
        "log.txt,2,1,Input,\"a\tb\nc, \"\"d\"\"\",\"a b c, \"\"d\"\"\",wrong-delimiter,review";
    assert!(log.contains(row), "{log}");
}

/// A line break within quotes ends the record for the importer; the count of cells tells what belongs
/// together.
#[test]
fn what_a_quoted_line_break_has_torn_is_joined_where_the_count_of_cells_proves_it() {
    let labels = LABELS.replace("Step Name", "Input\tStep Name\tCF (note)");
    let record = |input: &str, note: &str| {
        let cells: Vec<&str> = RECORD.split('\t').collect();
        let at = LABELS
            .split('\t')
            .position(|label| label == "Step Name")
            .unwrap();
        let (front, back) = cells.split_at(at);
        let all = [front, &[input, back[0], note], &back[1..]].concat();
        all.join("\t") + "\n"
    };
    let mended = |records: &[String]| {
        let text = format!("{labels}\n{}", records.concat());
        let bundle = Bundle {
            files: vec![("log.txt".to_owned(), text.into_bytes())],
            ..Bundle::default()
        };
        let (mended, log) = fix_and_log(&bundle, Include::Review, &["torn-record"]);
        let text = String::from_utf8(mended.files[0].1.clone()).unwrap();
        let (_, records) = text.split_once('\n').unwrap();
        (records.to_owned(), log)
    };
    let sound = record("1", "2");
    for (input, note, joined) in [
        ("\"a\nb\"", "", ("a b", "")),
        ("\"a\nb\nc\"", "", ("a b c", "")),
        ("\"say \"\"a\"\"\nb\"", "", ("say \"a\" b", "")),
        ("\"a\nb\"", "\"c\nd\"", ("a b", "c d")),
        ("\"a\tb\nc\td\"", "", ("a b c d", "")),
        ("\"a\t\"\"b\"\"\nc\nd\te\"", "", ("a \"b\" c d e", "")),
        ("1", "\"c\nd\"", ("1", "c d")),
        // With a tab in place of the cell that is in the next line.
        ("\"a\tb\tc\nd\"", "e", ("a b c d", "e")),
        ("\"a\tb\nc\"", "e", ("a b c", "e")),
        ("1", "\"c\td\ne\"", ("1", "c d e")),
    ] {
        let torn = record(input, note);
        let (text, log) = mended(&[sound.clone(), torn, sound.clone()]);
        let whole = record(joined.0, joined.1);
        assert_eq!(text, format!("{sound}{whole}{sound}"), "{log}");
        assert!(log.contains("torn-record,review"), "{log}");
    }
    // The first cell, and with it the last of the record before.
    let first = sound.replacen("stu1", "\"stu\n1\"", 1);
    let (text, log) = mended(&[record("1", "\"c\nd\""), first, sound.clone()]);
    let whole = sound.replacen("stu1", "stu 1", 1);
    assert_eq!(text, record("1", "c d") + &whole + &sound, "{log}");
    // Too few cells, a quote that stays open, and lines that do not follow each other.
    for torn in [
        record("\"a\nb\"", "").replacen("\tSlope", "", 1),
        record("\"a\nb", ""),
        record("\"a\n\nb\"", ""),
    ] {
        let all = [sound.clone(), torn];
        assert_eq!(mended(&all).0, all.concat());
    }
}

/// Quotes mean nothing between tabs; whoever wrote them may have meant them all the same.
#[test]
fn what_a_quoted_tab_has_torn_is_joined_where_the_count_of_cells_proves_it() {
    let mended = |record: &str, include| {
        let text = format!("{LABELS}\tInput\tCF (note)\n{record}\n");
        let bundle = Bundle {
            files: vec![("log.txt".to_owned(), text.into_bytes())],
            ..Bundle::default()
        };
        let mended = fix(&bundle, include, &["extra-cell"]);
        let text = String::from_utf8(mended.files[0].1.clone()).unwrap();
        text.lines().nth(1).unwrap().to_owned()
    };
    let torn = format!("{RECORD}\t\"a\tb \"\"c\"\"\td\"\tx");
    assert_eq!(mended(&torn, Include::Safe), torn);
    let joined = format!("{RECORD}\ta b \"c\" d\tx");
    assert_eq!(mended(&torn, Include::Review), joined);
    // An empty cell beyond the last label, a quote that does not close, and one that is said.
    for ends in ["\"a\tb\"\tx\t", "\"a\tb\tx", "5\" a\tb\"\tx"] {
        let torn = format!("{RECORD}\t{ends}");
        assert_eq!(mended(&torn, Include::Review), torn);
    }
}

/// Nothing that the profile lowers is taken away.
#[test]
fn the_profile_takes_no_finding_away() {
    for case in cases() {
        let total =
            |report: &Report| report.totals.error + report.totals.warning + report.totals.info;
        let (plain, over) = (report(&case, None), report(&case, Some("importer")));
        // Labels that are nearly right are strange ones to the importer: one finding less, others more.
        assert!(total(&over) >= total(&plain), "{}", case["file"]);
    }
}

/// A table that DataShop makes, where transactions were meant: one finding says what it is.
#[test]
fn a_rollup_in_the_place_of_transactions_is_named() {
    for (name, title) in [
        (
            "student-step/ds1_student_step_All_Data",
            "student-step rollup",
        ),
        (
            "student-problem/ds1_student_problem",
            "student-problem rollup",
        ),
        ("kc-model/ds1_kcm", "KC model"),
    ] {
        let path = format!("src/formats/datashop/cases/datashop-{name}.txt");
        let report = check(&Bundle {
            files: vec![("log.txt".to_owned(), std::fs::read(at_root(&path)).unwrap())],
            format: Some("datashop".to_owned()),
            ..Bundle::default()
        });
        assert_eq!(summary(&report), "error rollup-file -", "{name}");
        let message = &report.groups[0].samples[0].message;
        assert!(message.contains(title), "{message}");
    }
}

/// Transactions are known by their labels, under any name.
#[test]
fn transactions_are_recognised() {
    for case in cases().iter().filter(|case| case["stage"] == "data") {
        let name = case["file"].as_str().unwrap();
        let bytes = std::fs::read(at_root(&format!("tests/datashop/{name}"))).unwrap();
        let report = check(&Bundle {
            files: vec![("log.tsv".to_owned(), bytes)],
            ..Bundle::default()
        });
        let id = report.format.map(|format| format.id);
        assert_eq!(id.as_deref(), Some("datashop"), "{name}");
    }
}

/// The labels of a small file, and a record.
const LABELS: &str =
    "Anon Student Id\tSession Id\tTime\tLevel (Unit)\tProblem Name\tProblem View\tStep Name";
const RECORD: &str = "stu1\tses1\t2026-01-15 10:00:00\tUnit 1\tSlope\t1\tStep 1";

fn small(labels: &str, records: &[String]) -> Report {
    let text = format!("{labels}\n{}\n", records.join("\n"));
    check(&Bundle {
        files: vec![("log.txt".to_owned(), text.into_bytes())],
        ..Bundle::default()
    })
}

/// How many findings of a rule there are.
fn count(report: &Report, rule: &str) -> u64 {
    let groups = report.groups.iter().filter(|group| group.rule == rule);
    groups.map(|group| group.total).sum()
}

#[test]
fn very_long_cells_are_told_in_part() {
    let long = |letters: usize| format!("{RECORD}\t{}", "x".repeat(letters));
    let custom = small(
        &format!("{LABELS}\tCF (note)"),
        &[long(60_000), long(65_000)],
    );
    assert_eq!(custom.verdict, Verdict::Ready, "{}", summary(&custom));
    let input = small(&format!("{LABELS}\tInput"), &[long(60_000)]);
    assert_eq!(count(&input, "cut-value"), 1, "{}", summary(&input));
    assert!(input.groups[0].samples[0].message.len() < 2000);
}

/// No two of them are compared with each other.
#[test]
fn many_columns_are_no_trouble() {
    let names = |word: &str, n: usize| (0..n).map(|n| format!("\t{word}{n}")).collect::<String>();
    let labels = format!("{LABELS}{}{}", names("Other ", 2000), names("Level ", 2000));
    let record = format!("{RECORD}{}", "\tx".repeat(4000));
    let report = small(&labels, &[record]);
    assert_eq!(count(&report, "ignored-label"), 2000);
    assert_eq!(count(&report, "nameless-label"), 2000);
    // Categories stand behind all components, each far from its own.
    let models = |word: &str| {
        (0..1000)
            .map(|n| format!("\t{word} (m{n})"))
            .collect::<String>()
    };
    let labels = format!("{LABELS}{}{}", models("KC"), models("KC Category"));
    let report = small(&labels, &[format!("{RECORD}{}", "\tx".repeat(2000))]);
    assert_eq!(
        count(&report, "misplaced-pair"),
        1000,
        "{}",
        summary(&report)
    );
    let kcs = (0..20_000)
        .map(|n| format!("{RECORD}\tKC {n}"))
        .collect::<Vec<_>>();
    let report = small(&format!("{LABELS}\tKC (Default)"), &kcs);
    assert_eq!(report.verdict, Verdict::Ready, "{}", summary(&report));
}

/// Whether a finding says what the server says.
fn is_told(report: &Report, message: &Value) -> bool {
    let severity = message["severity"].as_str().unwrap();
    let mut columns: Vec<&str> = message["headings"]
        .as_array()
        .map_or(Vec::new(), |headings| {
            headings.iter().filter_map(Value::as_str).collect()
        });
    columns.extend(
        ["column", "heading"]
            .iter()
            .filter_map(|key| message[key].as_str()),
    );
    // Of a pair the second column is the one that is misplaced.
    columns.extend(
        message["pair"]
            .as_str()
            .and_then(|pair| pair.split(" and ").nth(1)),
    );
    let line = message["line"].as_u64();
    let groups = || {
        report
            .groups
            .iter()
            .filter(|group| group.severity.word() == severity)
    };
    if columns.is_empty() {
        return groups().next().is_some();
    }
    columns.iter().all(|column| {
        groups().any(|group| {
            let is =
                |text: &Option<String>| text.as_deref().is_some_and(|t| fold(t) == fold(column));
            group.samples.iter().any(|sample| {
                // A finding about the whole record is one about each of its cells.
                let whole = line.is_some() && group.field.is_none();
                let says = fold(&sample.message).contains(&fold(column));
                let about = whole || is(&group.field) || is(&sample.value) || says;
                about && line.is_none_or(|line| sample.line == Some(line))
            })
        })
    })
}

fn fold(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace())
        .flat_map(char::to_lowercase)
        .collect()
}

fn summary(report: &Report) -> String {
    let groups = report.groups.iter().map(|group| {
        let field = group.field.as_deref().unwrap_or("-");
        format!("{} {} {field}", group.severity.word(), group.rule)
    });
    groups.collect::<Vec<_>>().join(", ")
}
