//! Mistakes in the manifest, in organisations and roles, in sessions, courses and classes.

use super::{ALL, Fault, cells, change, remove, replace, tail, text};

/// In the order in which they are made.
pub const FAULTS: &[Fault] = &[
    // The manifest, after a spreadsheet and a hand have been at it.
    cells(
        "wrong-version",
        ["manifest.csv", "value"],
        1,
        "1.0 has become 1",
        |t| {
            change(
                t,
                "value",
                1,
                |t, r| t.get(r, "propertyName") == "manifest.version",
                |_| "1".into(),
            )
        },
    ),
    cells(
        "unknown-code",
        ["manifest.csv", "propertyName"],
        1,
        "fiel.demographics",
        |t| {
            change(
                t,
                "propertyName",
                1,
                |_, _| true,
                |v| v.replace("file.demographics", "fiel.demographics"),
            )
        },
    ),
    cells(
        "wrong-mode",
        ["manifest.csv", "value"],
        1,
        "categories.csv is called absent but is here",
        |t| {
            change(
                t,
                "value",
                1,
                |t, r| t.get(r, "propertyName") == "file.categories",
                |_| "absent".into(),
            )
        },
    ),
    // Records that others need.
    cells(
        "dangling-reference",
        ["orgs.csv", "sourcedId"],
        1,
        "the middle school is missing",
        |t| remove(t, |t, r| t.get(r, "sourcedId") == "lmk-middle"),
    ),
    cells(
        "dangling-reference",
        ["classes.csv", "sourcedId"],
        1,
        "a class is missing",
        |t| remove(t, |t, r| t.get(r, "sourcedId") == "cls-e-art-2"),
    ),
    cells(
        "user-without-role",
        ["roles.csv", "userSourcedId"],
        2,
        "two parents have no role",
        |t| {
            let first = t.rows.len() - 2;
            remove(t, |_, r| r >= first)
        },
    ),
    cells(
        "several-primary-roles",
        ["roles.csv", "roleType"],
        2,
        "teachers who are counselors too, both primary",
        |t| {
            change(
                t,
                "roleType",
                2,
                |t, r| t.get(r, "orgSourcedId") != "lmk-middle",
                |_| "primary".into(),
            )
        },
    ),
    cells(
        "unknown-code",
        ["roles.csv", "role"],
        1,
        "the administrator of OneRoster 1.1",
        |t| {
            change(
                t,
                "role",
                1,
                |t, r| t.get(r, "role") == "districtAdministrator",
                |_| "administrator".into(),
            )
        },
    ),
    // Dates of sessions.
    cells(
        "session-overlap",
        ["academicSessions.csv", "startDate"],
        1,
        "the second quarter begins in the first",
        |t| {
            change(
                t,
                "startDate",
                1,
                |t, r| t.get(r, "sourcedId") == "2027-q2",
                |_| "2026-10-12".into(),
            )
        },
    ),
    cells(
        "session-outside-parent",
        ["academicSessions.csv", "endDate"],
        1,
        "the spring term ends after its semester and year",
        |t| {
            change(
                t,
                "endDate",
                1,
                |t, r| t.get(r, "sourcedId") == "2027-t2",
                |_| "2027-06-30".into(),
            )
        },
    ),
    // Bulk records that look like delta records.
    cells(
        "prohibited-value",
        ["courses.csv", "status"],
        12,
        "status in a bulk file",
        |t| change(t, "status", ALL, |_, _| true, |_| "active".into()),
    ),
    cells(
        "prohibited-value",
        ["courses.csv", "dateLastModified"],
        12,
        "date of change in a bulk file",
        |t| {
            change(
                t,
                "dateLastModified",
                ALL,
                |_, _| true,
                |_| "2026-08-01".into(),
            )
        },
    ),
    cells(
        "surrounding-whitespace",
        ["classes.csv", "termSourcedIds"],
        5,
        "a blank after the comma of a list",
        |t| {
            change(
                t,
                "termSourcedIds",
                5,
                |_, _| true,
                |v| v.replace(',', ", "),
            )
        },
    ),
    cells(
        "wrong-reference",
        ["classes.csv", "schoolSourcedId"],
        1,
        "the district in place of a school",
        |t| {
            change(
                t,
                "schoolSourcedId",
                1,
                |t, r| t.get(r, "sourcedId") == "cls-h-bio-2",
                |_| "lmk-district".into(),
            )
        },
    ),
    cells(
        "unequal-lists",
        ["classes.csv", "subjectCodes"],
        1,
        "two subjects with one code",
        |t| {
            change(
                t,
                "subjectCodes",
                1,
                |t, r| t.get(r, "sourcedId") == "cls-e-art-1",
                |_| "ART".into(),
            )
        },
    ),
    text(
        "stray-quote",
        "classes.csv",
        1,
        "quotes in a location that is not quoted",
        |t| replace(t, b"Room 114,", b"Room 114 \"Annex\",", 1),
    ),
    text(
        "mixed-line-breaks",
        "courses.csv",
        4,
        "four lines pasted from another system end in LF alone",
        |t| {
            let mut last = t.split_off(tail(t, 4));
            let count = replace(&mut last, b"\r\n", b"\n", ALL);
            t.append(&mut last);
            count
        },
    ),
];
