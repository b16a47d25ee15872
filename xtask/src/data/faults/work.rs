//! Mistakes in enrollments and in the gradebook, and those of the zip itself.

use super::{Fault, bundle, cells, change, relabel, replace, tail, text};
use crate::data::table::Table;

/// In the order in which they are made.
pub const FAULTS: &[Fault] = &[
    // Enrollments of students, each mistake in a class of its own.
    cells(
        "unknown-code",
        ["enrollments.csv", "role"],
        20,
        "Student",
        |t| {
            change(
                t,
                "role",
                20,
                |t, r| t.get(r, "classSourcedId").starts_with("cls-e"),
                |v| v.replace("student", "Student"),
            )
        },
    ),
    cells(
        "primary-not-teacher",
        ["enrollments.csv", "primary"],
        3,
        "students who are the primary teacher",
        |t| {
            change(
                t,
                "primary",
                3,
                |t, r| student_of(t, r, "cls-h-eng-1"),
                |_| "true".into(),
            )
        },
    ),
    cells(
        "end-before-begin",
        ["enrollments.csv", "endDate"],
        2,
        "ends before it begins",
        |t| {
            change(
                t,
                "endDate",
                2,
                |t, r| student_of(t, r, "cls-h-alg-1"),
                |v| v.replace("2027-06-12", "2026-06-12"),
            )
        },
    ),
    cells(
        "outside-term",
        ["enrollments.csv", "endDate"],
        2,
        "ends after the terms of the class",
        |t| {
            change(
                t,
                "endDate",
                2,
                |t, r| student_of(t, r, "cls-h-gov-1"),
                |v| v.replace("2027-01-16", "2027-02-28"),
            )
        },
    ),
    cells(
        "duplicate-key",
        ["enrollments.csv", "sourcedId"],
        2,
        "the identifier of the record before",
        |t| {
            let at = t.at("sourcedId");
            for row in [400, 440] {
                t.rows[row][at] = t.rows[row - 1][at].clone();
            }
            2
        },
    ),
    cells(
        "extra-label",
        ["enrollments.csv", "courseSourcedId"],
        1,
        "a column of the exporter's own, not named metadata",
        |t| {
            let class = t.at("classSourcedId");
            t.labels.push("courseSourcedId".into());
            t.rows
                .iter_mut()
                .for_each(|row| row.push(row[class].replace("cls-", "crs-")[..9].to_owned()));
            1
        },
    ),
    // The gradebook, as OneRoster 1.1 had it.
    cells(
        "missing-label",
        ["lineItems.csv", "schoolSourcedId"],
        1,
        "no column for the school",
        |t| {
            let at = t.at("schoolSourcedId");
            t.labels.remove(at);
            t.rows.iter_mut().for_each(|row| drop(row.remove(at)));
            1
        },
    ),
    cells(
        "missing-label",
        ["lineItems.csv", "academicSessionSourcedId"],
        1,
        "gradingPeriodSourcedId, its name in 1.1",
        |t| relabel(t, "academicSessionSourcedId", "gradingPeriodSourcedId"),
    ),
    cells(
        "score-out-of-range",
        ["results.csv", "score"],
        1,
        "105 of 100",
        |t| {
            change(
                t,
                "score",
                1,
                |t, r| {
                    t.get(r, "lineItemSourcedId").ends_with("ts1") && !t.get(r, "score").is_empty()
                },
                |_| "105".into(),
            )
        },
    ),
    text(
        "unclosed-quote",
        "results.csv",
        1,
        "a quote that is never closed, in one of the last comments",
        |t| {
            let mut last = t.split_off(tail(t, 3));
            let count = replace(
                &mut last,
                b"2026-10-05,,",
                b"2026-10-05,\"needs another try,",
                1,
            );
            t.append(&mut last);
            count
        },
    ),
    // The zip.
    bundle("unknown-file", 2, "what an Apple computer adds", |files| {
        files.push((".DS_Store".into(), vec![0, 0, 0, 1, b'B', b'u', b'd', b'1']));
        files.push(("__MACOSX/._users.csv".into(), vec![0, 5, 22, 7, 0, 2, 0, 0]));
        2
    }),
    bundle(
        "wrapped-folder",
        1,
        "a folder was zipped, not the files in it",
        |files| {
            for (name, _) in files.iter_mut() {
                *name = match name.strip_prefix("__MACOSX/") {
                    Some(rest) => format!("__MACOSX/Larkmoor export/{rest}"),
                    None => format!("Larkmoor export/{name}"),
                };
            }
            1
        },
    ),
];

fn student_of(table: &Table, row: usize, class: &str) -> bool {
    table.get(row, "classSourcedId") == class && table.get(row, "role") == "student"
}
