//! What was read in Test-Central's document: each rule of the catalogue has a row in the format's
//! README, each rule of ours in such a row says so on its page, and a case shows it. Its passwords are
//! nowhere but in the files themselves.

#![allow(clippy::unwrap_used)]

mod support;

use std::collections::HashSet;
use std::fs;

use hallpass::formats;
use support::bundle::{Bundle, check, convert};
use support::{at_root, files_below};

const FOLDER: &str = "src/formats/test_central";

/// A row of the README's table.
struct Row {
    id: String,
    severity: String,
    text: String,
    rules: Vec<String>,
    case: String,
}

/// What stands in backticks.
fn ticked(text: &str) -> Vec<String> {
    let ticked = text.split('`').skip(1).step_by(2);
    ticked.map(str::to_owned).collect()
}

fn rows() -> Vec<Row> {
    let readme = fs::read_to_string(at_root(FOLDER).join("README.md")).unwrap();
    let lines = readme
        .lines()
        .filter(|line| line.starts_with("| TC-F") || line.starts_with("| TC-V"));
    let row = |line: &str| {
        let cells: Vec<&str> = line.trim_matches(['|', ' ']).split(" | ").collect();
        let [id, severity, text, rules, case] = cells[..] else {
            panic!("{line}");
        };
        Row {
            id: id.to_owned(),
            severity: severity.to_owned(),
            text: text.to_owned(),
            rules: ticked(rules),
            case: ticked(case).remove(0),
        }
    };
    lines.map(row).collect()
}

#[test]
fn every_rule_of_the_document_has_its_row() {
    let table = fs::read(at_root(FOLDER).join("catalogue.csv")).unwrap();
    let mut table = csv::Reader::from_reader(table.as_slice());
    let known = table.records().map(|record| {
        let record = record.unwrap();
        [0, 1, 4].map(|at| record[at].to_owned())
    });
    let known: Vec<[String; 3]> = known.collect();
    assert_eq!(known.len(), 35);
    let rows = rows()
        .into_iter()
        .map(|row| [row.id, row.severity, row.text]);
    assert_eq!(rows.collect::<Vec<_>>(), known);
}

#[test]
fn every_rule_of_a_row_is_one_of_the_format_and_names_it() {
    let rules = formats::find("test-central").unwrap().all_rules();
    for row in rows() {
        assert!(!row.rules.is_empty(), "{} has no rule", row.id);
        for name in &row.rules {
            let rule = rules.iter().find(|rule| rule.name == name);
            let rule = rule.unwrap_or_else(|| panic!("{}: `{name}` is no rule", row.id));
            assert!(
                rule.page.contains(&row.id),
                "{name} does not name {}",
                row.id
            );
        }
    }
}

#[test]
fn a_case_shows_each_rule() {
    for row in rows() {
        let path = at_root(FOLDER).join(format!("cases/{}/expected.json", row.case));
        let report =
            fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", row.case));
        let report: serde_json::Value = serde_json::from_str(&report).unwrap();
        let groups = report["groups"].as_array().unwrap();
        let shown = groups
            .iter()
            .any(|group| row.rules.iter().any(|rule| group["rule"] == **rule));
        assert!(
            shown,
            "{}: {} shows none of {:?}",
            row.id, row.case, row.rules
        );
    }
}

/// All passwords of the cases hold a word for the weather, and nothing else does.
#[test]
fn no_report_shows_a_password() {
    let words = [
        "Spring2", "Rain", "Wind", "Snow", "Hail", "Gale", "Mist", "Fog", "Dew", "Ice", "Hot9",
        "Cold", "Warm", "Sun,",
    ];
    let reports = files_below(&at_root(FOLDER).join("cases"), "expected.json");
    assert!(reports.len() > 10);
    for path in reports {
        let report = fs::read_to_string(&path).unwrap();
        let shown = words.iter().find(|word| report.contains(*word));
        assert_eq!(shown, None, "{}", path.display());
    }
}

const USERS: &str = "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,\
    identifier,email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,preferredGivenName,\
    preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns\n\
    u1,,,true,ana.lee@larkmoor.example,,Ana,Lee,Maria,20041,,,,,,Hunter22,,,,,,\n\
    u2,,,true,analee,,Ana,O'Neil,,20042,,,,,,,,,,,,\n\
    u3,,,true,jo,,José,de la Cruz,,20043,,,,,,,,,,,,\n\
    u4,,,false,off,,Omar,Ek,,20044,,,,,,,,,,,,\n\
    u5,,,true,TEACH1,,Olga,Ek,,20045,,,,,,,,,,,,\n";

const ROLES: &str = "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,\
    orgSourcedId,userProfileSourcedId\n\
    r1,,,u1,primary,student,,,s1,\nr2,,,u2,primary,student,,,s1,\nr3,,,u3,primary,student,,,s1,\n\
    r4,,,u4,primary,student,,,s1,\nr5,,,u5,primary,teacher,,,s1,\n";

/// Users of OneRoster as candidates: the cells of each, and what was lost.
fn candidates(role: &str) -> (Vec<Vec<String>>, String) {
    let given = Bundle {
        files: vec![
            ("users.csv".to_owned(), USERS.as_bytes().to_vec()),
            ("roles.csv".to_owned(), ROLES.as_bytes().to_vec()),
        ],
        format: Some("oneroster-1.2".to_owned()),
        ..Bundle::default()
    };
    let set = vec![("role".to_owned(), role.to_owned())];
    let (made, losses) = convert(&given, "test-central", set).unwrap();
    let report = check(&made);
    assert_eq!(
        (report.totals.error, report.totals.warning),
        (0, 0),
        "{:?}",
        report.groups
    );
    let [(name, bytes)] = &made.files[..] else {
        panic!("{:?}", made.files);
    };
    assert_eq!(name, "candidates.csv");
    let text = String::from_utf8(bytes.clone()).unwrap();
    assert!(text.starts_with("uid,pwd,nmf,nmm,nml\n"), "{text}");
    let rows = text.lines().skip(1);
    let rows = rows.map(|line| line.split(',').map(str::to_owned).collect());
    (rows.collect(), String::from_utf8(losses).unwrap())
}

#[test]
fn users_become_candidates_with_passwords_of_their_own() {
    let (rows, losses) = candidates("student");
    let without: Vec<String> = rows
        .iter()
        .map(|row| [&row[..1], &row[2..]].concat().join(","))
        .collect();
    assert_eq!(
        without,
        [
            "analee2,Ana,M,Lee",
            "analee,Ana,,ONeil",
            "u20043,Jose,,delaCruz"
        ]
    );
    assert_eq!(
        candidates("").0.len(),
        4,
        "without a role all who are switched on"
    );
    let (again, _) = candidates("student");
    let passwords: HashSet<&String> = rows.iter().chain(&again).map(|row| &row[1]).collect();
    assert_eq!(passwords.len(), 6, "each is drawn anew");
    assert!(
        passwords.iter().all(|password| !losses.contains(*password)),
        "{losses}"
    );
    assert!(
        !losses.contains("Hunter22") && !rows.concat().contains(&"Hunter22".to_owned()),
        "{losses}"
    );
    for told in [
        "value-made,users.csv,pwd,3",
        "value-changed,users.csv,familyName,2",
        "record-dropped,users.csv,role,1",
        "record-dropped,users.csv,enabledUser,1",
    ] {
        assert!(losses.contains(told), "{told} in {losses}");
    }
}

#[test]
fn candidates_are_written_with_a_header() {
    let given = Bundle {
        files: vec![(
            "old.txt".to_owned(),
            b"kay7,Spring2,Kay,B,Lund,Snow99\nomar,\"Rain88\",Omar,,Haddad\nolga,Wind77,Olga,,Ek\n"
                .to_vec(),
        )],
        ..Bundle::default()
    };
    let (made, losses) = convert(&given, "test-central", Vec::new()).unwrap();
    let text = "uid,pwd,nmf,nmm,nml\nkay7,Spring2,Kay,B,Lund\nomar,Rain88,Omar,,Haddad\nolga,Wind77,Olga,,Ek\n";
    assert_eq!(
        made.files,
        [("candidates.csv".to_owned(), text.as_bytes().to_vec())]
    );
    let losses = String::from_utf8(losses).unwrap();
    assert!(
        losses.contains("value-dropped,old.txt") && !losses.contains("Snow99"),
        "{losses}"
    );
}
