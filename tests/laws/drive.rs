//! A session in memory, its bytes pushed in pieces of a given size.

use std::collections::BTreeMap;

use hallpass::report::{Report, json};
use hallpass::session::{Include, Options, PartCheck, PartResult, Piece, Session, Task};

use super::generate::Files;

/// A session that has checked the files.
pub fn checked(files: &Files, piece: usize, samples: usize) -> Session {
    let mut session = session(files, format(files), samples);
    run(&mut session, files, Task::Check, piece);
    session
}

/// What the files are: uploads, which are recognised; logs of tutors; or else a roster.
pub fn format(files: &Files) -> Option<&'static str> {
    let all = |is: fn(&str) -> bool| {
        !files.0.is_empty() && files.0.iter().all(|(name, _)| is(&name.to_lowercase()))
    };
    match (
        all(|name| name.starts_with("upload")),
        all(|name| name.ends_with(".txt")),
    ) {
        (true, _) => None,
        (false, true) => Some("datashop"),
        (false, false) => Some("oneroster-1.2"),
    }
}

/// A session that has not begun.
pub fn session(files: &Files, format: Option<&str>, samples: usize) -> Session {
    let mut session = Session::new(Options {
        as_of: 20_000,
        format: format.map(str::to_owned),
        profile: None,
        samples,
    });
    for (name, bytes) in &files.0 {
        session.add(name, bytes.len() as u64);
    }
    session
}

/// The report of a check in about so many parts, as JSON.
pub fn report_in_parts(mut session: Session, files: &Files, most: u64) -> String {
    run(&mut session, files, Task::Plan, usize::MAX);
    // Once to gather, once to place.
    for _ in 0..2 {
        let parts = session.parts(most, 1);
        let mut results: Vec<PartResult> = Vec::new();
        for part in &parts {
            let check = session.check_part(part).unwrap();
            let mut check = results.iter_mut().fold(check, PartCheck::after);
            let range = part.want.start as usize..part.want.end as usize;
            for bytes in files.0[part.source].1[range].chunks(100) {
                if !check.push(bytes).unwrap() {
                    break;
                }
            }
            results.push(check.end().unwrap());
        }
        // As they go from worker to worker.
        let sent = results.iter().map(|result| result.to_bytes().unwrap());
        let heads: Vec<PartResult> = sent.map(|b| PartResult::from_bytes(&b).unwrap()).collect();
        let counted = session.join(parts.into_iter().zip(heads));
        for (mut result, before) in results.into_iter().zip(counted) {
            while let (Some(frame), Some(before)) = (result.take_frame(), before) {
                session.add_frame(&frame, before).unwrap();
            }
        }
    }
    run(&mut session, files, Task::Check, usize::MAX);
    json::print(&session.report().unwrap())
}

/// Does a task; what was written.
pub fn run(session: &mut Session, files: &Files, task: Task, piece: usize) -> Vec<Piece> {
    session.begin(task).unwrap();
    let mut pieces = session.take();
    while let Some((source, want)) = session.want().unwrap() {
        let bytes = &files.0[source].1[want.start as usize..want.end as usize];
        for bytes in bytes.chunks(piece) {
            if !session.push(bytes).unwrap() {
                break;
            }
        }
        session.end().unwrap();
        pieces.extend(session.take());
    }
    pieces.extend(session.take());
    pieces
}

/// The report of a check.
pub fn report(files: &Files) -> Report {
    checked(files, usize::MAX, usize::MAX).report().unwrap()
}

/// The same as JSON.
pub fn report_text(files: &Files, piece: usize, samples: usize) -> String {
    json::print(&checked(files, piece, samples).report().unwrap())
}

/// The files with fixes of some rules applied (of all, where there is none), and the change log.
pub fn fixed(files: &Files, include: Include, only: &[&str]) -> (Files, String) {
    let only = only.iter().map(|rule| (*rule).to_owned()).collect();
    let mut session = checked(files, usize::MAX, 5);
    // What is of no known format is not repaired.
    if session.report().unwrap().format.is_none() {
        return (files.clone(), String::new());
    }
    let (mut out, mut log): (Vec<(String, Vec<u8>)>, Vec<u8>) = (Vec::new(), Vec::new());
    for piece in run(&mut session, files, Task::Fix { include, only }, 1000) {
        match piece {
            Piece::File(name) => out.push((name, Vec::new())),
            Piece::Bytes(bytes) => out.last_mut().unwrap().1.extend(bytes),
            Piece::Log(bytes) => log.extend(bytes),
        }
    }
    (Files(out), String::from_utf8(log).unwrap())
}

/// Findings by rule, file and field.
pub fn totals(report: &Report) -> BTreeMap<(String, String, Option<String>), u64> {
    let groups = report.groups.iter().map(|group| {
        let file = group.file.to_lowercase();
        ((group.rule.clone(), file, group.field.clone()), group.total)
    });
    let mut totals = BTreeMap::new();
    for (group, total) in groups {
        *totals.entry(group).or_default() += total;
    }
    totals
}
