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
    // Of administrators of departments and the like 1.2 wants to know more than 1.1 says.
    let role = ("administrator".to_owned(), "siteAdministrator".to_owned());
    let task = Task::Convert {
        to: to.to_owned(),
        set: Vec::from_iter((to == NEW).then_some(role)),
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
}
