//! A whole session on an arbitrary bundle: check, every form of the report, both repairs, and a
//! check of what the repair wrote. Nothing panics or fails, and the report is the same however the
//! bytes are cut.
//!
//! The input is either a zip, or one or more files between ASCII file separators, each led by a
//! byte that picks its name.

#![no_main]

use hallpass::session::{Include, Options, PartResult, Piece, Print, Session, Task};
use libfuzzer_sys::fuzz_target;

/// 2026-11-21.
const TODAY: i32 = 20_778;

const SEPARATOR: u8 = 0x1C;

const NAMES: &[&str] = &[
    "manifest.csv",
    "academicSessions.csv",
    "classes.csv",
    "courses.csv",
    "demographics.csv",
    "enrollments.csv",
    "orgs.csv",
    "users.csv",
    "roles.csv",
    "results.csv",
    "Users.CSV",
    "folder/orgs.csv",
    "people.csv",
];

type Files = Vec<(String, Vec<u8>)>;

fn files(bytes: &[u8]) -> Files {
    if bytes.starts_with(b"PK") {
        return vec![("bundle.zip".to_owned(), bytes.to_vec())];
    }
    let mut files: Files = Vec::new();
    for file in bytes.split(|b| *b == SEPARATOR).take(NAMES.len()) {
        let [name, text @ ..] = file else { continue };
        let name = NAMES[usize::from(*name) % NAMES.len()];
        if files.iter().all(|(other, _)| other != name) {
            files.push((name.to_owned(), text.to_vec()));
        }
    }
    files
}

/// Runs a task to its end. `None` where the files cannot be read, as with a damaged zip.
fn run(session: &mut Session, files: &Files, task: Task, piece: usize) -> Option<Vec<Piece>> {
    fn good<T>(result: hallpass::Result<T>) -> Option<T> {
        result
            .inspect_err(|error| assert!(!error.to_string().contains("a bug"), "{error}"))
            .ok()
    }
    good(session.begin(task))?;
    while let Some((source, want)) = good(session.want())? {
        let bytes = &files[source].1[want.start as usize..want.end as usize];
        for bytes in bytes.chunks(piece) {
            if !good(session.push(bytes))? {
                break;
            }
        }
        good(session.end())?;
    }
    Some(session.take())
}

fn session(files: &Files) -> Session {
    let mut session = Session::new(Options {
        as_of: TODAY,
        format: None,
        profile: None,
        samples: 3,
    });
    for (name, bytes) in files {
        session.add(name, bytes.len() as u64);
    }
    session
}

fn check(files: &Files, piece: usize) -> Option<Session> {
    let mut session = session(files);
    run(&mut session, files, Task::Check, piece)?;
    Some(session)
}

/// The same in about so many parts, as several workers do it.
fn check_in_parts(files: &Files, most: u64) -> Option<Session> {
    let mut session = session(files);
    run(&mut session, files, Task::Plan, usize::MAX)?;
    // Once to gather, once to place.
    for _ in 0..2 {
        let parts = session.parts(most, 1);
        let mut results = Vec::new();
        for part in &parts {
            let mut check = session.check_part(part).expect("a part of the plan");
            check
                .push(&files[part.source].1[part.want.start as usize..part.want.end as usize])
                .ok()?;
            results.push(check.end().ok()?);
        }
        let heads: Vec<PartResult> = results
            .iter()
            .map(|result| {
                PartResult::from_bytes(&result.to_bytes().expect("bytes")).expect("a part's bytes")
            })
            .collect();
        let counted = session.join(parts.into_iter().zip(heads));
        for (result, before) in results.iter_mut().zip(counted) {
            while let (Some(frame), Some(before)) = (result.take_frame(), before) {
                session.add_frame(&frame, before).expect("a part's facts");
            }
        }
    }
    run(&mut session, files, Task::Check, usize::MAX)?;
    Some(session)
}

fn text(session: &mut Session, files: &Files, print: Print) -> Option<Vec<u8>> {
    let pieces = run(session, files, Task::Print(print), usize::MAX)?;
    let bytes = pieces.into_iter().filter_map(|piece| match piece {
        Piece::Bytes(bytes) => Some(bytes),
        Piece::File(_) | Piece::Log(_) => None,
    });
    Some(bytes.flatten().collect())
}

fuzz_target!(|data: &[u8]| {
    let [size, bytes @ ..] = data else { return };
    let files = files(bytes);
    if files.is_empty() {
        return;
    }
    let Some(mut whole) = check(&files, usize::MAX) else {
        return;
    };
    let mut cut = check(&files, usize::from(*size).max(1)).expect("cut, it cannot be read");
    let json = text(&mut whole, &files, Print::Json);
    assert_eq!(
        json,
        text(&mut cut, &files, Print::Json),
        "the cut shows in the report"
    );
    let mut parts = check_in_parts(&files, u64::from(*size)).expect("in parts, it cannot be read");
    assert_eq!(
        json,
        text(&mut parts, &files, Print::Json),
        "the parts show in the report"
    );
    for print in [Print::Text, Print::Html, Print::Sarif, Print::Csv] {
        text(&mut whole, &files, print).expect("a report");
    }
    if whole.report().is_ok_and(|report| report.format.is_none()) {
        return;
    }
    for include in [Include::Safe, Include::Review] {
        let task = Task::Fix {
            include,
            only: Vec::new(),
        };
        let pieces = run(&mut whole, &files, task, usize::MAX).expect("a repair");
        let mut repaired = Files::new();
        for piece in pieces {
            match (piece, repaired.last_mut()) {
                (Piece::File(name), _) => repaired.push((name, Vec::new())),
                (Piece::Bytes(bytes), Some((_, text))) => text.extend_from_slice(&bytes),
                (Piece::Bytes(_), None) => panic!("bytes of no file"),
                (Piece::Log(_), _) => {}
            }
        }
        if !repaired.is_empty() {
            check(&repaired, usize::MAX);
        }
    }
});
