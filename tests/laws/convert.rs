//! What conversions keep, and that they say what they do not.

use hallpass::report::Report;
use hallpass::session::{Piece, Task};
use proptest::prelude::*;

use crate::drive::{run, session};
use crate::generate::{Files, faulty};
use crate::rosters::rosters;

/// The files of one format as those of another, and what was lost; bytes pushed in pieces.
fn converted(files: &Files, from: &str, to: &str, piece: usize) -> (Files, String) {
    let mut session = session(files, Some(from), 1);
    run(&mut session, files, Task::Check, usize::MAX);
    let set: &[(&str, &str)] = match (from, to) {
        // Of administrators of departments and the like 1.2 wants to know more than 1.1 says.
        (OLD, NEW) => &[("administrator", "siteAdministrator")],
        ("pearson-students", NEW) => &[("yearBegins", "2026-08-17"), ("yearEnds", "2027-06-30")],
        (NEW, "pearson-students") => &[("state", "CO")],
        _ => &[],
    };
    let set = set
        .iter()
        .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
    let task = Task::Convert {
        to: to.to_owned(),
        set: set.collect(),
    };
    let (mut out, mut log): (Vec<(String, Vec<u8>)>, Vec<u8>) = (Vec::new(), Vec::new());
    for written in run(&mut session, files, task, piece) {
        match written {
            Piece::File(name) => out.push((name, Vec::new())),
            Piece::Bytes(bytes) => out.last_mut().unwrap().1.extend(bytes),
            Piece::Log(bytes) => log.extend(bytes),
        }
    }
    out.sort();
    (Files(out), String::from_utf8(log).unwrap())
}

/// Registrations for one to three tests of each of some students. What is of a student is the same in all
/// of them.
fn registrations() -> impl Strategy<Value = String> {
    let student = (
        any::<[bool; 4]>(),
        prop::collection::btree_set(0..3_usize, 1..4),
    );
    prop::collection::vec((student, any::<[bool; 3]>()), 1..4).prop_map(|students| {
        let clean =
            include_str!("../../src/formats/pearson/cases/registrations-2018-clean/upload.csv");
        let (header, rows) = clean.split_once('\n').unwrap();
        let labels: Vec<&str> = header.split(',').collect();
        let first: Vec<&str> = rows.lines().next().unwrap().split(',').collect();
        let mut out = format!("{header}\n");
        for (number, ((is, tests), has)) in students.into_iter().enumerate() {
            let id = format!("40710{number:05}");
            for test in tests {
                let mut row = first.clone();
                let mut set = |label: &str, text| {
                    row[labels.iter().position(|known| *known == label).unwrap()] = text;
                };
                let yes = |is: bool, text| if is { text } else { "" };
                set("StateStudentIdentifier", &id);
                set("MiddleName", yes(is[0], "Bo"));
                set("Asian", yes(is[1], "Y"));
                set("MigrantStatus", yes(is[2], "N"));
                set("StateField2", yes(is[3], "north"));
                set("TestCode", ["MAT05", "ELA05", "SCI05"][test]);
                set("FrequentBreaks", yes(has[test], "Y"));
                set("SessionName", yes(has[(test + 1) % 3], "Room 12"));
                out += &(row.join(",") + "\n");
            }
        }
        out
    })
}

fn checked(files: &Files, format: &str) -> Report {
    let mut session = session(files, Some(format), usize::MAX);
    run(&mut session, files, Task::Check, usize::MAX);
    session.report().unwrap()
}

/// Files and fields with values that are missing or were lost, as the list tells it.
fn told(log: &str) -> Vec<(String, String)> {
    let rows = csv::Reader::from_reader(log.as_bytes()).into_records();
    let rows = rows.map(|row| row.unwrap());
    rows.map(|row| (row[1].to_owned(), row[2].to_owned()))
        .collect()
}

/// What OneRoster knows of students, too.
const KEPT: [&str; 11] = [
    "StateAbbreviation",
    "TestingDistrictCode",
    "TestingSchoolCode",
    "StateStudentIdentifier",
    "LocalStudentIdentifier",
    "LastOrSurname",
    "MiddleName",
    "Birthdate",
    "Sex",
    "GradeLevelWhenAssessed",
    "Asian",
];

const OLD: &str = "oneroster-1.1";
const NEW: &str = "oneroster-1.2";

proptest! {
    #![proptest_config(crate::config())]

    #[test]
    fn what_both_versions_have_comes_back(files in rosters()) {
        let (there, _) = converted(&files, OLD, NEW, usize::MAX);
        let (back, log) = converted(&there, NEW, OLD, usize::MAX);
        let mut files = files;
        files.0.sort();
        prop_assert_eq!(back, files, "{}\n{:?}", log, there);
    }

    #[test]
    fn a_roster_without_errors_becomes_one_without(files in rosters()) {
        let before = checked(&files, OLD).totals.error;
        let (there, log) = converted(&files, OLD, NEW, usize::MAX);
        let report = checked(&there, NEW);
        prop_assert!(report.totals.error <= before, "{:?}\n{}", report.groups, log);
    }

    #[test]
    fn what_the_target_misses_is_told(files in faulty()) {
        let (there, log) = converted(&files, NEW, OLD, usize::MAX);
        let told = told(&log);
        for group in checked(&there, OLD).groups.iter().filter(|group| group.rule == "required-value") {
            let field = group.field.clone().unwrap_or_default();
            let is = |(_, of): &(String, String)| *of == field;
            prop_assert!(told.iter().any(is), "{} {field}\n{log}", group.file);
        }
    }

    #[test]
    fn pieces_do_not_matter(files in faulty(), piece in 1..200_usize) {
        let whole = converted(&files, NEW, OLD, usize::MAX);
        prop_assert_eq!(&converted(&files, NEW, OLD, piece), &whole);
        prop_assert_eq!(&converted(&files, NEW, OLD, usize::MAX), &whole);
    }

    #[test]
    fn registrations_come_back_from_their_parts(text in registrations()) {
        let whole = Files(vec![("student-registrations.csv".to_owned(), text.into_bytes())]);
        let registrations = "pearson-student-registrations";
        let part = |to: &str| converted(&whole, registrations, to, usize::MAX).0.0;
        let students = part("pearson-students");
        let parts = Files([part("pearson-personal-needs-profile"), students].concat());
        let (back, log) = converted(&parts, "pearson-students", registrations, usize::MAX);
        prop_assert_eq!(back, whole, "{}", log);
    }

    #[test]
    fn pieces_of_registrations_do_not_matter(text in registrations(), piece in 1..200_usize) {
        let files = Files(vec![("student-registrations.csv".to_owned(), text.into_bytes())]);
        let (from, to) = ("pearson-student-registrations", "pearson-students");
        let whole = converted(&files, from, to, usize::MAX);
        prop_assert_eq!(converted(&files, from, to, piece), whole);
    }

    #[test]
    fn students_come_back_from_a_bundle(text in registrations()) {
        let students = "pearson-students";
        let files = Files(vec![("student-registrations.csv".to_owned(), text.into_bytes())]);
        let (given, _) = converted(&files, "pearson-student-registrations", students, usize::MAX);
        let (bundle, _) = converted(&given, students, NEW, usize::MAX);
        prop_assert_eq!(checked(&bundle, NEW).totals.error, 0);
        let (back, log) = converted(&bundle, NEW, students, usize::MAX);
        let kept = |files: &Files| {
            let rows = csv::Reader::from_reader(files.0[0].1.as_slice()).into_deserialize();
            let rows = rows.map(|row| {
                let row: std::collections::BTreeMap<String, String> = row.unwrap();
                KEPT.map(|label| row[label].clone())
            });
            rows.collect::<Vec<_>>()
        };
        prop_assert_eq!(kept(&back), kept(&given), "{}", log);
    }
}
