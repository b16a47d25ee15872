//! Rosters of OneRoster 1.1 without faults, of any size and with any text.

use hallpass::records::Dialect;
use proptest::prelude::*;
use proptest::sample::Index;

use super::generate::Files;

const FILES: [&str; 13] = [
    "academicSessions",
    "categories",
    "classes",
    "classResources",
    "courses",
    "courseResources",
    "demographics",
    "enrollments",
    "lineItems",
    "orgs",
    "resources",
    "results",
    "users",
];

const ROLES: [&str; 8] = [
    "administrator",
    "aide",
    "guardian",
    "parent",
    "proctor",
    "relative",
    "student",
    "teacher",
];

/// Names with all that a file of cells stumbles over.
const TEXTS: [&str; 8] = ["Ada", "O\"Hara", "\"", "a,b", "Ødegård", "=1+1", "007", "-"];

const TYPES: [&str; 6] = [
    "school",
    "district",
    "department",
    "local",
    "state",
    "national",
];

/// Identifiers: `u1`, but also those that look like two of them.
fn id(kind: &str, at: usize) -> String {
    match at % 5 {
        3 => format!("{kind}@{at}"),
        4 => format!("{kind}/{at}.x_y-z"),
        _ => format!("{kind}{at}"),
    }
}

/// What one user has: role, organizations, texts.
type User = (Index, Vec<Index>, Index, Index);

/// A roster in one mode, its lines ended in one way.
pub fn rosters() -> impl Strategy<Value = Files> {
    let i = any::<Index>;
    let user = || (i(), prop::collection::vec(i(), 1..4), i(), i());
    let users = prop::collection::vec(user(), 1..8);
    let orgs = prop::collection::vec(i(), 0..5);
    let modes = prop_oneof![Just("bulk"), Just("delta")];
    (users, orgs, modes, any::<bool>(), any::<bool>()).prop_map(|(users, orgs, mode, crlf, own)| {
        let roster = Roster { mode, crlf, own };
        roster.files(&users, &orgs)
    })
}

struct Roster {
    mode: &'static str,
    crlf: bool,
    /// Whether there are columns of one's own.
    own: bool,
}

impl Roster {
    fn files(&self, users: &[User], orgs: &[Index]) -> Files {
        // The first is a school, so that classes have one.
        let types: Vec<&str> = std::iter::once("school")
            .chain(orgs.iter().map(|org| TYPES[org.index(TYPES.len())]))
            .collect();
        let org_rows = types.iter().enumerate().map(|(at, kind)| {
            let parent = if at > 0 {
                id("o", at - 1)
            } else {
                String::new()
            };
            vec![
                id("o", at),
                TEXTS[at % TEXTS.len()].to_owned(),
                (*kind).to_owned(),
                at.to_string(),
                parent,
            ]
        });
        let user_rows = users
            .iter()
            .enumerate()
            .map(|(at, (role, at_orgs, first, last))| {
                let mut all: Vec<String> = Vec::new();
                for org in at_orgs {
                    let org = id("o", org.index(types.len()));
                    if !all.contains(&org) {
                        all.push(org);
                    }
                }
                let text = |index: &Index| TEXTS[index.index(TEXTS.len())];
                let role = ROLES[role.index(ROLES.len())];
                [
                    &id("u", at),
                    "true",
                    &all.join(","),
                    role,
                    &format!("name{at}"),
                    "{a:1},{b:2}",
                    text(first),
                    text(last),
                ]
                .iter()
                .chain(&["", "", "", "", "", "", "01,02", ""])
                .map(|cell| (*cell).to_owned())
                .collect()
            });
        let row = |cells: &[&str]| {
            cells
                .iter()
                .map(|cell| (*cell).to_owned())
                .collect::<Vec<_>>()
        };
        let school = id("o", 0);
        let user = id("u", 0);
        let mut files = vec![
            self.file(
                "orgs",
                "name,type,identifier,parentSourcedId",
                org_rows.collect(),
            ),
            self.file(
                "users",
                "enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,\
                 identifier,email,sms,phone,agentSourcedIds,grades,password",
                user_rows.collect(),
            ),
            self.file(
                "academicSessions",
                "title,type,startDate,endDate,parentSourcedId,schoolYear",
                vec![
                    row(&[
                        "y",
                        "Year",
                        "schoolYear",
                        "2026-08-17",
                        "2027-06-12",
                        "",
                        "2027",
                    ]),
                    row(&[
                        "q",
                        "Quarter",
                        "gradingPeriod",
                        "2026-08-17",
                        "2026-10-16",
                        "y",
                        "2027",
                    ]),
                ],
            ),
            self.file(
                "courses",
                "schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes",
                vec![row(&[
                    "c",
                    "y",
                    "Reading",
                    "R",
                    "01,02",
                    &school,
                    "Art,Reading",
                    "1,2",
                ])],
            ),
            self.file(
                "classes",
                "title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,\
                 termSourcedIds,subjects,subjectCodes,periods",
                vec![row(&[
                    "k",
                    "a, b",
                    "01,02",
                    "c",
                    "",
                    "scheduled",
                    "Room 1, \"North\"",
                    &school,
                    "y",
                    "",
                    "",
                    "1,3",
                ])],
            ),
            self.file(
                "enrollments",
                "classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate",
                vec![row(&[
                    "e",
                    "k",
                    &school,
                    &user,
                    "administrator",
                    "false",
                    "2026-08-17",
                    "2027-06-12",
                ])],
            ),
            self.file("categories", "title", vec![row(&["h", "Homework"])]),
            self.file(
                "lineItems",
                "title,description,assignDate,dueDate,classSourcedId,categorySourcedId,\
                 gradingPeriodSourcedId,resultValueMin,resultValueMax",
                vec![row(&[
                    "l",
                    "Pages",
                    "",
                    "2026-09-01",
                    "2026-09-08",
                    "k",
                    "h",
                    "q",
                    "0",
                    "10.5",
                ])],
            ),
        ];
        files.insert(0, self.manifest());
        Files(files)
    }

    fn manifest(&self) -> (String, Vec<u8>) {
        let there = [
            "orgs",
            "users",
            "academicSessions",
            "courses",
            "classes",
            "enrollments",
            "categories",
            "lineItems",
        ];
        let modes = FILES.iter().map(|file| {
            let mode = if there.contains(file) {
                self.mode
            } else {
                "absent"
            };
            format!("file.{file},{mode}")
        });
        let first = [
            "propertyName,value",
            "manifest.version,1.0",
            "oneroster.version,1.1",
        ];
        let first = first.iter().map(|line| (*line).to_owned());
        let last = ["source.systemName,SIS", "source.systemCode,S"];
        let last = last.iter().map(|line| (*line).to_owned());
        let lines: Vec<String> = first.chain(modes).chain(last).collect();
        let end = if self.crlf { "\r\n" } else { "\n" };
        (
            "manifest.csv".to_owned(),
            (lines.join(end) + end).into_bytes(),
        )
    }

    /// A file with the columns that all have before these.
    fn file(&self, name: &str, labels: &str, rows: Vec<Vec<String>>) -> (String, Vec<u8>) {
        let labels = format!("sourcedId,status,dateLastModified,{labels}");
        let mut all: Vec<Vec<String>> = vec![labels.split(',').map(str::to_owned).collect()];
        let (status, date) = match self.mode {
            "delta" => ("active", "2026-09-01T08:00:00.000Z"),
            _ => ("", ""),
        };
        all.extend(rows.into_iter().map(|mut row| {
            row.splice(1..1, [status.to_owned(), date.to_owned()]);
            row
        }));
        if self.own {
            for (at, row) in all.iter_mut().enumerate() {
                row.push(if at == 0 {
                    "metadata.own".to_owned()
                } else {
                    format!("own, {at}")
                });
            }
        }
        let mut out = Vec::new();
        for row in all {
            for (at, cell) in row.iter().enumerate() {
                if at > 0 {
                    out.push(b',');
                }
                Dialect::CSV.write(cell.as_bytes(), &mut out);
            }
            out.extend_from_slice(if self.crlf { b"\r\n" } else { b"\n" });
        }
        (format!("{name}.csv"), out)
    }
}
