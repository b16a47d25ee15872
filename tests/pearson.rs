//! What only longer files of PearsonAccess show.

#![allow(clippy::unwrap_used)]

mod support;

use hallpass::report::Report;
use support::bundle::{Bundle, check};

/// A file of these records.
fn students(records: &[String]) -> Bundle {
    let labels = "StateAbbreviation,TestingDistrictCode,TestingSchoolCode,StateStudentIdentifier,LastOrSurname,FirstName,Birthdate,Sex,GradeLevelWhenAssessed\n";
    Bundle {
        files: vec![(
            "students.csv".to_owned(),
            (labels.to_owned() + &records.concat()).into_bytes(),
        )],
        format: Some("pearson-students".to_owned()),
        ..Bundle::default()
    }
}

/// The records of which a rule tells.
fn told(report: &Report, rule: &str) -> Vec<u64> {
    let groups = report.groups.iter().filter(|group| group.rule == rule);
    let samples = groups.flat_map(|group| &group.samples);
    samples.filter_map(|sample| sample.record).collect()
}

/// Where the first thousand records are of a state whose codes have a known length, those of another
/// state behind them are still seen to have lost their zeros, and none is told twice.
#[test]
fn lost_zeros_of_a_state_that_comes_late_are_told() {
    let record = |at: usize, state: &str, district: &str| {
        let student = 4_071_000_000 + at;
        format!("{state},{district},1234,{student},Lee,Ana,2014-12-05,F,05\n")
    };
    let mut records: Vec<String> = (0..1000).map(|at| record(at, "CO", "0880")).collect();
    records[899] = record(899, "CO", "880");
    records.push(record(1000, "AZ", "0880"));
    records.push(record(1001, "AZ", "880"));
    let report = check(&students(&records));
    assert_eq!(told(&report, "wrong-code-length"), [900]);
    assert_eq!(told(&report, "lost-zeros"), [1002]);
}

/// An import stops at the record that is the 500th in error; the report names it and its line.
#[test]
fn the_line_at_which_an_import_stops_is_named() {
    let record = |at: usize, grade: &str| {
        let student = 4_071_000_000 + at;
        format!("CO,0880,1234,{student},Lee,Ana,2014-12-05,F,{grade}\n")
    };
    let stops = |errors: usize| {
        let mut records: Vec<String> = (0..1200)
            .map(|at| {
                record(
                    at,
                    ["05", "ZZ"][usize::from(at % 2 == 1 && at / 2 < errors)],
                )
            })
            .collect();
        // One record is on two lines, which is an error, too.
        records[10] = record(10, "05").replace("Ana", "\"Ana\nLea\"");
        let report = check(&students(&records));
        let mut groups = report.groups.iter();
        let group = groups.find(|group| group.rule == "early-stop").unwrap();
        let sample = &group.samples[0];
        (
            sample.line,
            sample.message.split(' ').next().unwrap().to_owned(),
        )
    };
    assert_eq!(stops(498), (None, "`499`".to_owned()));
    assert_eq!(stops(499), (Some(1000), "`998`".to_owned()));
}
