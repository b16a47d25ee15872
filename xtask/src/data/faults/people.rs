//! Mistakes in users and their personal attributes.

use super::{ALL, Fault, cells, change, relabel, replace, tables, text};
use crate::data::table::Table;

/// In the order in which they are made.
pub const FAULTS: &[Fault] = &[
    // People.
    cells(
        "missing-label",
        ["users.csv", "preferredGivenName"],
        3,
        "the three preferred names are spelled preffered",
        |t| {
            ["Given", "Middle", "Family"]
                .map(|n| {
                    relabel(
                        t,
                        &format!("preferred{n}Name"),
                        &format!("preffered{n}Name"),
                    )
                })
                .len()
        },
    ),
    cells(
        "invalid-boolean",
        ["users.csv", "enabledUser"],
        20,
        "TRUE",
        |t| {
            change(
                t,
                "enabledUser",
                20,
                |_, _| true,
                |v| v.replace("true", "TRUE"),
            )
        },
    ),
    cells(
        "unknown-grade",
        ["users.csv", "grades"],
        13,
        "9 in place of 09",
        |t| change(t, "grades", ALL, |_, _| true, |v| v.replace("09", "9")),
    ),
    cells(
        "unknown-grade",
        ["users.csv", "grades"],
        3,
        "K in place of KG",
        |t| change(t, "grades", 3, |_, _| true, |v| v.replace("KG", "K")),
    ),
    cells(
        "damaged-by-spreadsheet",
        ["users.csv", "identifier"],
        3,
        "numbers in scientific notation",
        |t| {
            change(
                t,
                "identifier",
                3,
                |t, r| t.get(r, "grades") == "04",
                |_| "4.27E+05".into(),
            )
        },
    ),
    cells(
        "pattern-mismatch",
        ["users.csv", "userIds"],
        15,
        "type:id without its braces",
        |t| {
            let wanted = |t: &Table, r| {
                let one = !t.get(r, "userIds").contains(',');
                one && matches!(t.get(r, "grades"), "07" | "08" | "11")
            };
            change(t, "userIds", 15, wanted, |v| v.replace(['{', '}'], ""))
        },
    ),
    cells(
        "surrounding-whitespace",
        ["users.csv", "givenName"],
        4,
        "a blank at the end of a name",
        |t| {
            change(
                t,
                "givenName",
                4,
                |t, r| t.get(r, "grades") == "06",
                |v| format!("{v} "),
            )
        },
    ),
    cells(
        "required-value",
        ["users.csv", "familyName"],
        2,
        "no family name",
        |t| {
            change(
                t,
                "familyName",
                2,
                |t, r| t.get(r, "grades") == "10",
                |_| String::new(),
            )
        },
    ),
    cells(
        "duplicate-key",
        ["users.csv", "sourcedId"],
        1,
        "a student twice, the second time with another address",
        |t| {
            let Some(mut copy) = (0..t.rows.len())
                .find(|r| t.get(*r, "grades") == "12")
                .map(|r| t.rows[r].clone())
            else {
                return 0;
            };
            copy[t.at("email")] = "second.address@example.org".into();
            copy[t.at("userMasterIdentifier")] = String::new();
            t.rows.push(copy);
            1
        },
    ),
    tables(
        "invalid-identifier",
        ["users.csv", "sourcedId"],
        3,
        "a parent's identifier with a blank, there and where it is named",
        |tables| {
            let fix = |v: &str| {
                if v == "par-1004" {
                    "par 1004".to_owned()
                } else {
                    v.to_owned()
                }
            };
            let mut count = 0;
            for table in tables.iter_mut() {
                for label in ["sourcedId", "userSourcedId", "agentSourcedIds"] {
                    if table.labels.iter().any(|l| l == label) {
                        count += change(table, label, ALL, |_, _| true, fix);
                    }
                }
            }
            count
        },
    ),
    text(
        "extra-cell",
        "users.csv",
        2,
        "Jr. after a comma that is not quoted",
        |t| unquote(t, b", Jr.\"", 2),
    ),
    text(
        "byte-order-mark",
        "users.csv",
        1,
        "a byte order mark",
        |t| {
            t.splice(..0, [0xEF, 0xBB, 0xBF]);
            1
        },
    ),
    text(
        "invalid-encoding",
        "orgs.csv",
        1,
        "the name of a school in Windows-1252",
        |t| replace(t, "ñ".as_bytes(), &[0xF1], ALL),
    ),
    // Personal attributes.
    cells(
        "invalid-date",
        ["demographics.csv", "birthDate"],
        20,
        "dates with the day first",
        |t| {
            change(
                t,
                "birthDate",
                20,
                |_, _| true,
                |v| v.rsplit('-').collect::<Vec<_>>().join("/"),
            )
        },
    ),
    cells(
        "misordered-label",
        ["demographics.csv", "sex"],
        1,
        "sex before birthDate",
        |t| {
            let (sex, birth) = (t.at("sex"), t.at("birthDate"));
            t.labels.swap(sex, birth);
            t.rows.iter_mut().for_each(|row| row.swap(sex, birth));
            1
        },
    ),
    text(
        "blank-record",
        "demographics.csv",
        12,
        "a spreadsheet's empty rows at the end",
        |t| {
            t.extend(format!("{}\r\n", ",".repeat(15)).repeat(12).bytes());
            12
        },
    ),
];

/// Takes the quotes from the first `most` cells that end with `end`.
fn unquote(text: &mut Vec<u8>, end: &[u8], most: usize) -> usize {
    let mut count = 0;
    while let Some(at) = text
        .windows(end.len())
        .position(|w| w == end)
        .filter(|_| count < most)
    {
        text.remove(at + end.len() - 1);
        if let Some(open) = text[..at].iter().rposition(|b| *b == b'"') {
            text.remove(open);
        }
        count += 1;
    }
    count
}
