//! What takes a table of matching that no format at hand has, and more than fits at once.

use super::*;
use crate::finding::Authority;
use crate::formats::Matching;
use crate::report::compare::{self as report, Counts};

const SESSIONS: &str =
    "sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear\n";
const CLASSES: &str = "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,\
    schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods\n";
const ENROLLMENTS: &str = "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate\n";
const ORGS: &str = "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n";
const ROLES: &str = "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId\n";

type Files = Vec<(&'static str, String)>;

/// Compares; where a table is given, records match by it.
fn compared(old: &Files, new: &Files, table: Option<Vec<Matching>>) -> report::Comparison {
    through(old, new, table).report().unwrap()
}

/// The comparison itself.
fn through(old: &Files, new: &Files, table: Option<Vec<Matching>>) -> Comparison {
    driven(old, new, table).unwrap()
}

/// The same, or why it did not come to its end.
fn driven(old: &Files, new: &Files, mut table: Option<Vec<Matching>>) -> Result<Comparison> {
    let (as_of, instant) = as_of("2026-11-21").unwrap();
    let mut comparison = Comparison::new(Options {
        as_of,
        instant,
        format: Some("oneroster-1.2".to_owned()),
        samples: 3,
        threshold: None,
        profile: None,
    });
    for (side, files) in [(Side::Old, old), (Side::New, new)] {
        for (name, text) in files {
            comparison.add(side, name, text.len() as u64);
        }
    }
    comparison.begin(Task::Compare)?;
    while let Some((source, want)) = comparison.want()? {
        if let Some(known) = &mut comparison.known
            && let Some(table) = table.take()
        {
            known.matching = table;
        }
        let text = old.iter().chain(new).nth(source).unwrap().1.as_bytes();
        let bytes = &text[want.start as usize..want.end as usize];
        comparison.push(bytes)?;
        comparison.end()?;
    }
    Ok(comparison)
}

/// How ManageBac matches.
fn managebac() -> Vec<Matching> {
    let format = crate::formats::find("managebac-1.2").unwrap();
    format.import.matching().unwrap()
}

#[test]
fn records_with_new_ids_are_matched_and_so_is_what_names_them() {
    let bundle = |id: &str, room: &str| -> Files {
        vec![
            (
                "orgs.csv",
                format!("{ORGS}{id}s,,,Hill,school,1,\n{id}p,,,IB,ext:program,IBDP,\n"),
            ),
            (
                "academicSessions.csv",
                format!("{SESSIONS}{id}y,,,Year,schoolYear,2026-08-01,2027-06-30,,2027\n"),
            ),
            (
                "classes.csv",
                format!(
                    "{CLASSES}{id}k1,,,Art,,c1,A-1,scheduled,{room},{id}s,{id}y,,,\n{id}k2,,,Art,,c1,A-2,scheduled,,{id}s,{id}y,,,\n"
                ),
            ),
            (
                "enrollments.csv",
                format!(
                    "{ENROLLMENTS}{id}e1,,,{id}k1,{id}s,u1,student,,,\n{id}e2,,,{id}k2,{id}s,u1,student,,,\n"
                ),
            ),
        ]
    };
    let report = compared(
        &bundle("a", "Room 1"),
        &bundle("b", "Room 2"),
        Some(managebac()),
    );
    for file in &report.files {
        let Counts { added, missing, .. } = file.counts;
        assert_eq!((added, missing), (0, 0), "{}", file.name);
    }
    let by_file = |name: &str| report.files.iter().find(|file| file.name == name).unwrap();
    // Where it belongs has another id too, but is the same.
    let classes = by_file("classes.csv");
    assert_eq!((classes.counts.changed, classes.counts.unchanged), (1, 1));
    assert_eq!(classes.fields.keys().collect::<Vec<_>>(), ["location"]);
    assert_eq!(by_file("enrollments.csv").counts.unchanged, 2);
    let ways: Vec<(&str, &str, u64)> = report
        .matching
        .iter()
        .map(|m| (m.file.as_str(), m.way, m.total))
        .collect();
    assert_eq!(
        ways,
        [
            ("orgs.csv", "match", 1),
            ("orgs.csv", "match", 1),
            ("academicSessions.csv", "match", 1),
            ("classes.csv", "match", 2),
            ("enrollments.csv", "match", 2),
        ]
    );
    let sample = &report.matching[3].samples[0];
    assert_eq!((&*sample.old, &*sample.new), ("ak1", "bk1"));
}

#[test]
fn what_matches_several_or_none_is_told() {
    let class = |id: &str, code: &str| format!("{id},,,Art,,c1,{code},scheduled,,s1,t1,,,\n");
    let old = vec![(
        "classes.csv",
        format!("{CLASSES}{}{}", class("k1", "A"), class("k2", "B")),
    )];
    let new = vec![(
        "classes.csv",
        format!(
            "{CLASSES}{}{}{}",
            class("n1", "A"),
            class("n2", "A"),
            class("n3", "C")
        ),
    )];
    let report = compared(&old, &new, Some(managebac()));
    assert_eq!(report.matching[0].ambiguous, 2);
    let rules = ["ambiguous-match", "failed-match"];
    let totals = rules.map(|rule| {
        report
            .findings
            .iter()
            .find(|found| found.rule == rule)
            .unwrap()
            .total
    });
    assert_eq!(totals, [2, 3]);
    assert_eq!(report.files[0].counts.missing, 2);
}

#[test]
fn more_changes_than_are_held_at_once_are_all_counted() {
    // In tests there is room for a few records.
    let text = |role: &str| -> Files {
        let records = (0..40).map(|at| format!("r{at},,,u{at},primary,{role},,,s1,\n"));
        vec![(
            "roles.csv",
            format!("{ROLES}{}", records.collect::<String>()),
        )]
    };
    let report = compared(&text("student"), &text("teacher"), None);
    let file = &report.files[0];
    assert_eq!((file.counts.changed, file.fields["role"]), (40, 40));
    assert_eq!(file.samples.len(), 3);
}

#[test]
fn a_receiver_may_have_measures_of_its_own_and_the_user_another() {
    let format = crate::formats::find("oneroster-1.2").unwrap();
    let mut profile = crate::formats::profile("clever", format).unwrap();
    profile.rows.retain(|row| row.percent().is_none());
    let row = profile
        .rows
        .iter_mut()
        .find(|row| row.file == "enrollments.csv");
    row.unwrap().value = "20".to_owned();
    let of = |own, n: usize| {
        let limits = Limits {
            own,
            profile: Some(profile.clone()),
        };
        let mut tell = Tell::default();
        let bundle = |left: usize| -> Files {
            let records = (0..left).map(|at| format!("e{at},,,k1,s1,u{at},student,,,\n"));
            let text = format!("{ENROLLMENTS}{}", records.collect::<String>());
            vec![("enrollments.csv", text)]
        };
        let (old, new) = (bundle(100), bundle(100 - n));
        let comparison = through(&old, &new, None);
        let file = &comparison.known.as_ref().unwrap().files[0];
        let counts = Counts {
            removed: n as u64,
            unchanged: 1,
            ..Counts::default()
        };
        tell.changes(file, &counts, &limits);
        let found = tell
            .findings
            .iter()
            .map(|found| (found.rule, found.authority));
        found.collect::<Vec<_>>()
    };
    let vendor = [("large-removal", Authority::Vendor)];
    let practice = [("large-removal", Authority::Practice)];
    assert_eq!(of(None, 20), []);
    assert_eq!(of(None, 21), vendor);
    // What the user says goes before, and is the user's word until the receiver's is passed, too.
    assert_eq!(of(Some(50), 21), []);
    assert_eq!(of(Some(5), 20), practice);
    assert_eq!(of(Some(5), 21), vendor);
}

#[test]
fn more_keys_than_there_is_room_for_are_an_error_and_nothing_is_told() {
    // In tests there is room for 32,768 of a file.
    let bundle = |n: usize| -> Files {
        let records = (0..n).map(|at| format!("r{at},,,u{at},primary,student,,,s1,\n"));
        vec![("roles.csv", ROLES.to_owned() + &records.collect::<String>())]
    };
    let (old, new) = (bundle(20_000), bundle(40_000));
    let error = driven(&old, &new, None).err().unwrap();
    assert!(error.is_memory());
    assert!(
        error
            .to_string()
            .starts_with("there is not enough memory to compare")
    );
    assert!(driven(&old, &old, None).is_ok());
}
