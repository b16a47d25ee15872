//! Bundles that a comparison writes: what is in a delta, and what a fold makes of it.

#![allow(clippy::unwrap_used)]

mod support;

use std::fs;

use hallpass::compare::Task;
use hallpass::report::compare::{Comparison, Counts};
use support::at_root;
use support::bundle::{Bundle, check};
use support::compare::{Compared, Files, compare};

const MANIFEST: &str = "propertyName,value\nmanifest.version,1.0\noneroster.version,1.2\n";
const COURSES: &str = "sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes\n";
const ORGS: &str = "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n";

/// A bundle of 1.2 with these files.
fn bundle(files: &[(&str, &[u8])]) -> Files {
    let mut manifest = MANIFEST.to_owned();
    for (name, _) in files {
        manifest += &format!("file.{},bulk\n", name.trim_end_matches(".csv"));
    }
    let own = files
        .iter()
        .map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec()));
    std::iter::once(("manifest.csv".to_owned(), manifest.into_bytes()))
        .chain(own)
        .collect()
}

/// Courses with these titles.
fn courses(titles: &[&str], encoding: &'static encoding_rs::Encoding) -> Files {
    let rows = titles.iter().enumerate();
    let rows = rows.map(|(at, title)| format!("c{at},,,,{title},,,s1,,\n"));
    let text = COURSES.to_owned() + &rows.collect::<String>();
    let (bytes, _, is_lossy) = encoding.encode(&text);
    assert!(!is_lossy, "{text}");
    bundle(&[("courses.csv", &bytes)])
}

/// A clean bundle of ManageBac.
fn managebac() -> Files {
    let folder = at_root("src/formats/managebac/cases/clean/upload.zip");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let files = files.map(|entry| {
        let name = entry.file_name().into_string().unwrap();
        (name, fs::read(entry.path()).unwrap())
    });
    let mut files: Files = files.collect();
    files.sort();
    files
}

/// The same with another text for that of a file.
fn with(mut files: Files, name: &str, change: impl Fn(&str) -> String) -> Files {
    let file = files.iter_mut().find(|file| file.0 == name).unwrap();
    file.1 = change(std::str::from_utf8(&file.1).unwrap()).into_bytes();
    files
}

fn text<'a>(files: &'a Files, name: &str) -> Option<&'a str> {
    let file = files.iter().find(|file| file.0 == name)?;
    Some(std::str::from_utf8(&file.1).unwrap())
}

fn counts(report: &Comparison, name: &str) -> Counts {
    let file = report.files.iter().find(|file| file.name == name);
    file.unwrap().counts
}

fn report(compared: &Compared) -> Comparison {
    compared.comparison.report().unwrap()
}

#[test]
fn cells_say_what_their_file_says_they_say() {
    let japanese = ["数学入門", "英語表現", "国語総合", "Web入門", "iPad活用"];
    // By themselves, the last of each could be of the other encoding.
    let western = ["Núñez", "Ibáñez", "Yáñez", "Müller", "ÑÑ", "ÀÀ"];
    let jis = encoding_rs::SHIFT_JIS;
    let latin = encoding_rs::WINDOWS_1252;
    for (titles, encoding) in [(&japanese[..], jis), (&western[..], latin)] {
        let old = courses(titles, encoding);
        let same = report(&compare(
            &old,
            &courses(titles, encoding_rs::UTF_8),
            usize::MAX,
        ));
        let n = titles.len() as u64;
        assert_eq!(counts(&same, "courses.csv").unchanged, n, "{titles:?}");

        let mut changed = titles.to_vec();
        let last = format!("{}2", changed[n as usize - 2]);
        changed[n as usize - 2] = &last;
        let mut forth = compare(&old, &courses(&changed, encoding), 7);
        let delta = forth.run(Task::Delta, 7);
        let row = text(&delta, "courses.csv").unwrap().lines().nth(1).unwrap();
        assert!(row.contains(&format!(",{last},")), "{row}");
        let folded = compare(&old, &delta, usize::MAX).run(Task::Fold, usize::MAX);
        for title in changed {
            let folded = text(&folded, "courses.csv").unwrap();
            assert!(folded.contains(&format!(",{title},")), "{folded}");
        }
    }
}

#[test]
fn what_the_receiver_keeps_is_in_no_delta_and_the_delta_passes() {
    let old = managebac();
    let new = with(old.clone(), "orgs.csv", |text| {
        text.lines()
            .filter(|line| !line.starts_with("p1,"))
            .map(|line| format!("{line}\n"))
            .collect()
    });
    let new = with(new, "users.csv", |text| text.replace("Ada", "Adah"));
    let mut forth = compare(&old, &new, usize::MAX);
    let told = counts(&report(&forth), "orgs.csv");
    assert_eq!((told.missing, told.removed), (1, 0));
    let delta = forth.run(Task::Delta, usize::MAX);
    assert_eq!(text(&delta, "orgs.csv"), None);
    let checked = check(&Bundle {
        files: delta,
        ..Bundle::default()
    });
    let rules: Vec<&str> = checked.groups.iter().map(|group| &*group.rule).collect();
    assert!(!rules.contains(&"missing-property"), "{rules:?}");
}

#[test]
fn what_old_says_is_deleted_stays_deleted() {
    let old = format!("{ORGS}s1,,,Hill,school,1,\ns9,tobedeleted,,Gone,school,9,\n");
    let new = format!("{ORGS}s1,,,Hills,school,1,\n");
    let [old, new] = [old, new].map(|text| bundle(&[("orgs.csv", text.as_bytes())]));
    let delta = compare(&old, &new, usize::MAX).run(Task::Delta, usize::MAX);
    let folded = compare(&old, &delta, usize::MAX).run(Task::Fold, usize::MAX);
    let rows = text(&folded, "orgs.csv").unwrap();
    assert_eq!(
        rows.lines().skip(1).collect::<Vec<_>>(),
        ["s1,,,Hills,school,1,"]
    );
}

#[test]
fn what_has_another_key_is_put_upon_nothing() {
    let old = managebac();
    let new = with(old.clone(), "users.csv", |text| {
        let (header, rows) = text.split_once('\n').unwrap();
        let rows = rows.lines().map(|row| format!("new-{row}\n"));
        format!("{header}\n{}", rows.collect::<String>())
    });
    let delta = compare(&old, &new, usize::MAX).run(Task::Delta, usize::MAX);
    let mut upon = compare(&old, &delta, usize::MAX);
    let refused = upon.comparison.begin(Task::Fold).unwrap_err().to_string();
    assert!(refused.contains("with another key"), "{refused}");
}

#[test]
fn a_day_without_changes_is_a_delta_too() {
    let old = bundle(&[(
        "orgs.csv",
        format!("{ORGS}s1,,,Hill,school,1,\n").as_bytes(),
    )]);
    let delta = compare(&old, &old, usize::MAX).run(Task::Delta, usize::MAX);
    assert_eq!(delta.len(), 1);
    let mut upon = compare(&old, &delta, usize::MAX);
    let told = report(&upon);
    assert_eq!((told.mode, told.findings.len()), ("delta", 0));
    let folded = upon.run(Task::Fold, usize::MAX);
    assert_eq!(
        counts(&report(&compare(&old, &folded, 9)), "orgs.csv").unchanged,
        1
    );
}

#[test]
fn who_is_left_alone_is_no_loss() {
    let rows: String = (0..20)
        .map(|at| format!("c{at},,,,Title {at},,,s1,,\n"))
        .collect();
    let old = COURSES.to_owned() + &rows;
    let new = old.replace("c7,,,,Title 7,,,s1,,\n", "");
    let [old, new] = [old, new].map(|text| bundle(&[("courses.csv", text.as_bytes())]));
    let delta = compare(&old, &new, usize::MAX).run(Task::Delta, usize::MAX);
    let told = report(&compare(&old, &delta, usize::MAX));
    assert!(told.findings.is_empty(), "{:?}", told.findings);
    let words = hallpass::report::compare::text::print(&told);
    let (files, schools) = words.split_once("School by school").unwrap();
    for part in [files, schools] {
        assert!(
            part.contains("1 archived or deleted, 19 left alone"),
            "{words}"
        );
    }
}

#[test]
fn the_same_under_other_keys_is_no_certainty() {
    let old = managebac();
    let new = with(old.clone(), "users.csv", |text| {
        let (header, rows) = text.split_once('\n').unwrap();
        let rows = rows.lines().map(|row| format!("new-{row}\n"));
        format!("{header}\n{}", rows.collect::<String>())
    });
    let told = report(&compare(&old, &new, usize::MAX));
    let same = told
        .findings
        .iter()
        .find(|found| found.rule == "nothing-changed");
    let expected = (hallpass::finding::Severity::Warning, true);
    let said = same.map(|same| (same.severity, same.message.contains("but for the keys of")));
    assert_eq!(said, Some(expected), "{:?}", told.findings);
}

#[test]
fn a_record_that_was_not_read_to_its_end_is_written_to_nothing() {
    let long = "x".repeat(17 << 20);
    let old = format!("{ORGS}s1,,,Hill,school,1,\n");
    let new = format!("{ORGS}s1,,,{long},school,1,\n");
    let [old, new] = [old, new].map(|text| bundle(&[("orgs.csv", text.as_bytes())]));
    let mut cut = compare(&old, &new, usize::MAX);
    let refused = cut.comparison.begin(Task::Delta).unwrap_err().to_string();
    assert!(refused.contains("16 MiB"), "{refused}");
}

#[test]
fn what_is_written_otherwise_than_it_stands_is_told() {
    let quoted = format!("\"{}\"", "x".repeat(3 << 19));
    let old = format!("{ORGS}s1,,,Hill,school,1,\n");
    let new = format!("{ORGS}s1,,,{quoted},school,1,\ns2,,,Hill,school,2,,more\n");
    let [old, new] = [old, new].map(|text| bundle(&[("orgs.csv", text.as_bytes())]));
    let told = report(&compare(&old, &new, usize::MAX));
    let rules: Vec<&str> = told.findings.iter().map(|found| found.rule).collect();
    for rule in ["unclosed-quote", "extra-cell"] {
        assert!(rules.contains(&rule), "{rules:?}");
    }
}

#[test]
fn only_bundles_that_can_be_written_are_named() {
    let named = |old: &Files, new: &Files| compare(old, new, usize::MAX).comparison.bundles();
    let (old, new) = (
        courses(&["Art"], encoding_rs::UTF_8),
        courses(&["Music"], encoding_rs::UTF_8),
    );
    assert_eq!(named(&old, &new), [Task::Delta]);
    let delta = compare(&old, &new, usize::MAX).run(Task::Delta, usize::MAX);
    assert_eq!(named(&old, &delta), [Task::Fold]);
    let students = at_root("src/formats/pearson/cases/students-clean/upload.csv");
    let students = vec![("students.csv".to_owned(), fs::read(students).unwrap())];
    assert_eq!(named(&students, &students), []);
    assert_eq!(named(&old, &students), []);
}
