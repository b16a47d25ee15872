#![allow(clippy::unwrap_used)]

use serde_json::Value;

use super::*;
use crate::session::{Options, Task};

const RECORDS: usize = 150;

/// A header with more faults than are kept, and records with a fault in each cell.
fn enrollments() -> String {
    let mut text =
        "sourcedId,classSourcedId,schoolSourcedId,userSourcedId,role,beginDate".to_owned();
    text += &",".repeat(KEPT + 20);
    for at in 0..RECORDS {
        text += &format!("\ne {at},c {at},s {at},u {at},teachre,{at}.1.26");
        text += &",".repeat(KEPT + 20);
    }
    text
}

fn checked(text: &str, samples: usize) -> Session {
    let mut session = Session::new(Options {
        as_of: 20_000,
        format: Some("oneroster-1.2".to_owned()),
        profile: None,
        samples,
    });
    session.add("enrollments.csv", text.len() as u64);
    session.begin(Task::Check).unwrap();
    run(&mut session, text).unwrap();
    session
}

fn run(session: &mut Session, text: &str) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    loop {
        for piece in session.take() {
            if let Piece::Bytes(bytes) = piece {
                out.extend(bytes);
            }
        }
        let Some((_, want)) = session.want()? else {
            return Ok(out);
        };
        let end = (want.end as usize).min(text.len());
        session.push(&text.as_bytes()[want.start as usize..end])?;
        session.end()?;
    }
}

fn json(session: &mut Session, text: &str, room: usize) -> Result<Value> {
    session.begin(Task::Print(Print::Json))?;
    if let Some((listing, _)) = &mut session.output.listing {
        listing.room = room;
    }
    Ok(serde_json::from_slice(&run(session, text)?).unwrap())
}

/// Rule, field, line and message of all findings of the table, by severity, rule and field.
fn rows(table: &[u8]) -> Vec<[String; 4]> {
    let mut rows: Vec<[String; 4]> = Vec::new();
    for row in csv::Reader::from_reader(table).records() {
        let row = row.unwrap();
        rows.push([1, 6, 3, 9].map(|cell| row[cell].to_owned()));
    }
    rows
}

fn samples(report: &Value) -> Vec<[String; 4]> {
    let text = |value: &Value| match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let groups = report["groups"].as_array().unwrap().iter();
    let samples = groups.flat_map(|group| {
        let samples = group["samples"].as_array().unwrap().iter();
        samples.map(|sample| {
            [
                &group["rule"],
                &group["field"],
                &sample["line"],
                &sample["message"],
            ]
            .map(text)
        })
    });
    samples.collect()
}

#[test]
fn all_samples_are_all_findings_whatever_there_is_room_for() {
    let text = enrollments();
    let mut session = checked(&text, usize::MAX);
    session.begin(Task::Print(Print::Csv)).unwrap();
    let table = run(&mut session, &text).unwrap();
    let whole = json(&mut session, &text, HELD).unwrap();
    let mut found = samples(&whole);
    assert!(found.len() > 6 * RECORDS, "{}", found.len());
    for room in [0, 40_000, 100_000] {
        assert_eq!(json(&mut session, &text, room).unwrap(), whole, "{room}");
    }
    for group in whole["groups"].as_array().unwrap() {
        let shown = group["samples"].as_array().unwrap();
        assert_eq!(group["total"], shown.len(), "{}", group["rule"]);
        assert!(shown.is_sorted_by_key(|sample| sample["line"].as_u64()));
    }
    let mut expected = rows(&table);
    expected.sort();
    found.sort();
    assert_eq!(found, expected);
}

#[test]
fn no_more_samples_are_shown_than_were_asked_for() {
    let text = enrollments();
    let all = json(&mut checked(&text, usize::MAX), &text, HELD).unwrap();
    for most in [1, KEPT, KEPT + 7] {
        let mut session = checked(&text, most);
        let mut expected = all.clone();
        for group in expected["groups"].as_array_mut().unwrap() {
            group["samples"].as_array_mut().unwrap().truncate(most);
        }
        assert_eq!(json(&mut session, &text, HELD).unwrap(), expected);
    }
}

#[test]
fn a_file_that_changed_is_an_error() {
    let text = enrollments();
    let mut session = checked(&text, usize::MAX);
    let error = json(&mut session, &text.replace("e 7", "e7"), HELD).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`enrollments.csv` changed while the report was written; check it again"
    );
}
