//! Laws of what becomes of transactions that stay transactions: generated files, and what is made of
//! them.

#![allow(clippy::unwrap_used)]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use support::bundle::{Bundle, convert};

const LABELS: [&str; 12] = [
    "Anon Student Id",
    "Session Id",
    "Time",
    "Level (Unit)",
    "Level (Section)",
    "Problem Name",
    "Step Name",
    "Outcome",
    "Condition Name",
    "Condition Type",
    "KC (Area)",
    "KC Category (Area)",
];

/// A record: numbers that names are made of.
type Record = (u8, u8, u8, u8);

fn cell(label: &str, (student, problem, step, day): Record) -> String {
    match label {
        "Anon Student Id" => format!("student-{student}"),
        "Session Id" => format!("session-{student}-{day}"),
        "Time" => format!("2024-03-{:02} 10:00:00", 1 + day),
        "Level (Unit)" => format!("unit {}", problem / 3),
        "Level (Section)" => String::new(),
        "Problem Name" => format!("problem {problem}"),
        "Step Name" => format!("\"step\" {step}"),
        "Outcome" => "CORRECT".to_owned(),
        "Condition Name" => format!("condition {}", student % 2),
        "KC (Area)" => format!("kc {step}"),
        _ => "x".to_owned(),
    }
}

fn file(labels: &[&str], records: &[Record]) -> String {
    let mut text = labels.join("\t") + "\n";
    for record in records {
        let cells: Vec<String> = labels.iter().map(|label| cell(label, *record)).collect();
        text += &(cells.join("\t") + "\n");
    }
    text
}

fn bundle(files: &[(&str, &str)]) -> Bundle {
    let files = files.iter();
    let files = files.map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()));
    Bundle {
        files: files.collect(),
        format: Some("datashop".to_owned()),
        ..Bundle::default()
    }
}

/// What comes out, and the list of what was lost.
fn made(files: &[(&str, &str)], set: &[(&str, &str)]) -> (String, String) {
    let set = set.iter();
    let set = set.map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
    let (made, losses) = convert(&bundle(files), "datashop", set.collect()).unwrap();
    let [(_, bytes)] = &made.files[..] else {
        panic!("{:?}", made.files)
    };
    let losses = String::from_utf8(losses).unwrap();
    (String::from_utf8(bytes.clone()).unwrap(), losses)
}

/// The cells of a column.
fn column<'a>(text: &'a str, label: &str) -> Vec<&'a str> {
    let mut lines = text
        .lines()
        .map(|line| line.split('\t').collect::<Vec<&str>>());
    let header = lines.next().unwrap();
    let at = header.iter().position(|known| *known == label).unwrap();
    lines.map(|cells| cells[at]).collect()
}

fn records() -> impl Strategy<Value = Vec<Record>> {
    proptest::collection::vec((0..9u8, 0..6u8, 0..4u8, 0..20u8), 1..40)
}

/// Labels in any order; the second of a pair stays behind the first.
fn labels() -> impl Strategy<Value = Vec<&'static str>> {
    let units: Vec<&[&'static str]> = vec![
        &LABELS[0..1],
        &LABELS[1..2],
        &LABELS[2..3],
        &LABELS[3..4],
        &LABELS[4..5],
        &LABELS[5..6],
        &LABELS[6..7],
        &LABELS[7..8],
        &LABELS[8..10],
        &LABELS[10..12],
    ];
    Just(units).prop_shuffle().prop_map(|units| units.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn where_nothing_is_asked_a_file_is_what_it_was(labels in labels(), records in records()) {
        let text = file(&labels, &records);
        let (same, losses) = made(&[("log.txt", &text)], &[]);
        prop_assert_eq!(same, text);
        prop_assert_eq!(losses.lines().count(), 1, "nothing was lost: {}", losses);
    }

    #[test]
    fn files_with_the_same_columns_are_put_behind_each_other(
        labels in labels(), one in records(), two in records(),
    ) {
        let all = file(&labels, &[one.clone(), two.clone()].concat());
        let (merged, _) = made(&[("a.txt", &file(&labels, &one)), ("b.txt", &file(&labels, &two))], &[]);
        prop_assert_eq!(merged, all);
    }

    #[test]
    fn files_with_other_columns_keep_all_cells(
        a in labels(), b in labels(), one in records(), two in records(), without in 0..12usize,
    ) {
        let b: Vec<&str> = b.into_iter().filter(|label| *label != LABELS[without]).collect();
        let (one_file, two_file) = (file(&a, &one), file(&b, &two));
        let (merged, _) = made(&[("a.txt", &one_file), ("b.txt", &two_file)], &[]);
        for label in a {
            let blank = vec![""; two.len()];
            let second = if b.contains(&label) { column(&two_file, label) } else { blank };
            prop_assert_eq!(column(&merged, label), [column(&one_file, label), second].concat());
        }
        let header: Vec<&str> = merged.lines().next().unwrap().split('\t').collect();
        let at = |label: &str| header.iter().position(|known| *known == label).unwrap();
        prop_assert_eq!(at("KC Category (Area)"), at("KC (Area)") + 1);
    }

    #[test]
    fn a_sample_does_not_depend_on_the_order_of_records(
        (records, shuffled) in records().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
        most in 1..5usize, seed in "[a-z]{0,3}",
    ) {
        let most = most.to_string();
        let set = [("sample-students", most.as_str()), ("seed", seed.as_str())];
        let drawn = |records: &[Record]| {
            let (text, _) = made(&[("log.txt", &file(&LABELS, records))], &set);
            let students = column(&text, "Anon Student Id");
            (students.len(), students.into_iter().map(str::to_owned).collect::<BTreeSet<String>>())
        };
        let (one, two) = (drawn(&records), drawn(&shuffled));
        let all: BTreeSet<u8> = records.iter().map(|record| record.0).collect();
        prop_assert_eq!(one.1.len(), all.len().min(most.parse().unwrap()));
        prop_assert_eq!(one, two);
    }

    #[test]
    fn who_was_one_stays_one_and_nobody_can_be_read(one in records(), two in records(), key in "[a-z]{12,20}") {
        let files = [file(&LABELS, &one), file(&LABELS, &two)];
        let mut others: BTreeMap<String, String> = BTreeMap::new();
        for text in &files {
            let set = [("anonymise-key", key.as_str()), ("students", "student-1\nstudent-2\nstudent-3\nnobody")];
            let (hidden, losses) = made(&[("log.txt", text)], &set);
            prop_assert!(!hidden.contains("student-") && !losses.contains("student-"), "{}", losses);
            let kept = column(text, "Anon Student Id").into_iter();
            let kept = kept.filter(|id| ["student-1", "student-2", "student-3"].contains(id));
            for (id, other) in kept.zip(column(&hidden, "Anon Student Id")) {
                let known = others.entry(id.to_owned()).or_insert_with(|| other.to_owned());
                prop_assert_eq!(known, other, "in any file");
            }
        }
        let different: BTreeSet<&String> = others.values().collect();
        prop_assert_eq!(different.len(), others.len());
        let other_key = format!("{key}x");
        let (with_other, _) = made(&[("log.txt", &files[0])], &[("anonymise-key", &other_key)]);
        prop_assert!(column(&with_other, "Anon Student Id").iter().all(|id| others.values().all(|known| known != id)));
    }

    #[test]
    fn a_cut_and_new_names_of_other_things_may_come_in_any_order(records in records()) {
        let text = file(&LABELS, &records);
        let cut = ("students", "student-1;student-2;student-5");
        let names = ("rename-problems", "problem 1,eggs\nproblem 2,ham\nproblem 3,eggs\n");
        let one = |text: &str, set| made(&[("log.txt", text)], &[set]).0;
        let (both, _) = made(&[("log.txt", &text)], &[cut, names]);
        prop_assert_eq!(one(&one(&text, cut), names), both.clone());
        prop_assert_eq!(one(&one(&text, names), cut), both);
    }
}

/// A log in the order of its students: who, which problem, which step, seconds since the record before,
/// and whether the problem begins anew.
fn worked() -> impl Strategy<Value = Vec<(u8, u8, u8, i64, bool)>> {
    let record = (0..3u8, 0..3u8, 0..3u8, 1..700i64, any::<bool>());
    proptest::collection::vec(record, 1..40).prop_map(|mut all| {
        all.sort_by_key(|record| record.0);
        all
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// What a conversion computes of all records, and what a check computes student by student, is the
    /// same; and what somebody changed is told.
    #[test]
    fn what_is_filled_in_agrees_with_a_check(records in worked(), which in any::<prop::sample::Index>()) {
        let header = "Anon Student Id\tSession Id\tTime\tLevel (Unit)\tLevel (Part)\tProblem Name\tProblem Start Time\tStep Name\tOutcome\n";
        let (mut text, mut now, mut begun) = (header.to_owned(), 1_700_000_000, BTreeMap::new());
        for (student, problem, step, pause, anew) in &records {
            now += pause;
            let start = begun.entry((student, problem)).or_insert(now - 1);
            if *anew {
                *start = now - 1;
            }
            let unit = problem % 2;
            text += &format!(
                "s{student}\tz{student}\t{now}000\tU\t{unit}\tp{}\t{start}000\tstep {step}\tCORRECT\n", problem / 2
            );
        }
        let (filled, _) = made(&[("log.txt", &text)], &[("compute", "Duration (sec);Attempt At Step;Is Last Attempt")]);
        let told = |text: &str| {
            let report = support::bundle::check(&bundle(&[("log.txt", text)]));
            let groups = report.groups.into_iter().filter(|group| group.rule == "disagreeing-value");
            groups.map(|group| group.total).sum::<u64>()
        };
        prop_assert_eq!(told(&filled), 0, "{}", filled);
        let line = 1 + which.index(records.len());
        let lines: Vec<String> = filled.lines().enumerate().map(|(at, text)| {
            let mut cells: Vec<String> = text.split('\t').map(str::to_owned).collect();
            let attempt = filled.lines().next().unwrap().split('\t').position(|label| label == "Attempt At Step").unwrap();
            if at == line {
                cells[attempt] += "1";
            }
            cells.join("\t") + "\n"
        }).collect();
        prop_assert_eq!(told(&lines.concat()), 1, "{}", lines.concat());
    }
}

#[test]
fn a_name_is_the_hash_that_anyone_with_the_key_can_compute() {
    let text = file(&LABELS, &[(1, 1, 1, 1)]);
    let set = [("anonymise-key", "correct horse battery")];
    let (hidden, _) = made(&[("log.txt", &text)], &set);
    // HMAC-SHA-256 of "Anon Student Id", a zero byte and "student-1", its first 16 bytes.
    assert_eq!(
        column(&hidden, "Anon Student Id"),
        ["Stu_ed09ecf3f2acff5608f4449c903af1f2"]
    );
}

#[test]
fn names_stand_on_lines_and_between_semicolons_at_once() {
    let records: Vec<Record> = (0..6).map(|student| (student, 1, 1, 1)).collect();
    let text = file(&LABELS, &records);
    let (kept, losses) = made(
        &[("log.txt", &text)],
        &[("students", "student-1; student-2\r\nstudent-4;\n")],
    );
    assert_eq!(
        column(&kept, "Anon Student Id"),
        ["student-1", "student-2", "student-4"]
    );
    assert!(!losses.contains("no record has this name"), "{losses}");
}

/// The map by which files were checked says what their columns are called in what comes out.
#[test]
fn labels_become_what_the_column_map_says() {
    let text = file(&LABELS, &[(1, 1, 1, 1)]);
    let other = text.replacen("Anon Student Id", "Pupil", 1);
    let other = other.replacen("KC (Area)", "Area", 1);
    let mapped = Bundle {
        columns: Some(
            "file,label,field\n*.txt,Pupil,Anon Student Id\n*.txt,Area,KC (*)\n".to_owned(),
        ),
        ..bundle(&[("log.txt", &other)])
    };
    let (made, _) = convert(&mapped, "datashop", Vec::new()).unwrap();
    assert_eq!(String::from_utf8(made.files[0].1.clone()).unwrap(), text);
}

/// A label that is spelled otherwise is the column all the same, and so is a spreadsheet's TRUE the 1
/// that stands for it.
#[test]
fn what_is_filled_in_finds_its_column() {
    let text = "Anon Student Id\tSession Id\tTime\tLevel (Unit)\tProblem Name\tProblem_View\tStep Name\tOutcome\tis last attempt\n\
        stu1\tses1\t2026-01-15 10:00:00\tUnit 1\tSlope\t3\tStep 1\tINCORRECT\tFALSE\n\
        stu1\tses1\t2026-01-15 10:00:10\tUnit 1\tSlope\t3\tStep 1\tCORRECT\tFALSE\n";
    let (filled, losses) = made(&[("log.txt", text)], &[("compute", "all")]);
    assert_eq!(column(&filled, "Problem_View"), ["3", "3"]);
    assert_eq!(column(&filled, "is last attempt"), ["0", "1"]);
    let header = filled.lines().next().unwrap();
    assert_eq!(header.matches("Problem View").count(), 0, "{header}");
    assert!(losses.contains("is last attempt,1,"), "{losses}");
}
