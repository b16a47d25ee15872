//! Conversions of small bundles.
//!
//! `tests/convert/<name>/` holds `note.md`: a line that says why the case is there, then `to ID` and,
//! for each value that is given, `set NAME=VALUE`; the files of the source in `given/`; and what comes
//! out in `expected/`, with `losses.csv` and `check.txt`, what a check says of it.
//! `UPDATE=1 cargo test --test convert` rewrites these; look at what changes.

#![allow(clippy::unwrap_used)]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use hallpass::report::words;
use support::bundle::{Bundle, check, convert, targets};
use support::{assert_current, at_root, files_below, is_update};

#[test]
fn cases_give_what_is_expected() {
    let notes = files_below(&at_root("tests/convert"), "note.md");
    assert!(notes.len() >= 6, "there are {} cases", notes.len());
    for note in notes {
        case(note.parent().unwrap(), &fs::read_to_string(&note).unwrap());
    }
}

fn case(folder: &Path, note: &str) {
    let values = |what: &'static str| {
        let lines = note.lines().skip(1);
        lines.filter_map(move |line| line.strip_prefix(what).map(str::to_owned))
    };
    let to = values("to ").next().unwrap();
    let set = values("set ").map(|pair| {
        let (name, value) = pair.split_once('=').unwrap();
        (name.to_owned(), value.to_owned())
    });
    let held = values("file ").map(|pair| {
        let (name, file) = pair.split_once('=').unwrap();
        (
            name.to_owned(),
            fs::read_to_string(folder.join(file)).unwrap(),
        )
    });
    let given = Bundle {
        files: files(&folder.join("given")).into_iter().collect(),
        format: values("format ").next(),
        ..Bundle::default()
    };
    let (mut made, losses) = convert(&given, &to, set.chain(held).collect()).unwrap();
    let found = check(&made).format.map(|format| format.id);
    assert_eq!(found.as_ref(), Some(&to), "what comes out is known again");
    made.format = Some(to);
    let report = check(&made);
    let mut told = words::headline(&report) + "\n";
    for group in &report.groups {
        let field = group.field.as_deref().unwrap_or_default();
        told += &format!("{} {} {field}: {}\n", group.rule, group.file, group.total);
    }
    let mut expected: BTreeMap<String, Vec<u8>> = made.files.into_iter().collect();
    expected.insert("losses.csv".to_owned(), losses);
    expected.insert("check.txt".to_owned(), told.into_bytes());
    let there = folder.join("expected");
    fs::create_dir_all(&there).unwrap();
    for name in files(&there)
        .keys()
        .filter(|name| !expected.contains_key(*name))
    {
        assert!(
            is_update(),
            "{}: {name} is no longer made",
            folder.display()
        );
        fs::remove_file(there.join(name)).unwrap();
    }
    for (name, bytes) in expected {
        let path = there.join(name);
        let path = path.strip_prefix(at_root("")).unwrap();
        assert_current(path.to_str().unwrap(), &String::from_utf8(bytes).unwrap());
    }
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let named = files_below(folder, "").into_iter().map(|path| {
        let name = path.strip_prefix(folder).unwrap().to_str().unwrap();
        (name.replace('\\', "/"), fs::read(&path).unwrap())
    });
    named.collect()
}

#[test]
fn what_files_can_become_is_told_before() {
    let orgs = "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId,colour,shape\n\
                s1,,,North School,school,,,red,\n";
    let bundle = Bundle {
        files: vec![("orgs.csv".to_owned(), orgs.as_bytes().to_vec())],
        format: Some("oneroster-1.2".to_owned()),
        ..Bundle::default()
    };
    let told = serde_json::to_value(targets(&bundle)).unwrap();
    let all = told.as_array().unwrap().iter();
    let to = |id: &str| all.clone().find(|to| to["id"] == id).unwrap();
    let title = "OneRoster 1.1 CSV";
    // A column with nothing in it is no loss.
    let lost = format!("orgs.csv, `colour`: {title} has no such field");
    let expected = serde_json::json!({
        "id": "oneroster-1.1", "title": title, "asks": [], "loses": [lost],
    });
    assert_eq!(*to("oneroster-1.1"), expected);
    let ask = serde_json::json!({
        "name": "program",
        "title": "the sourcedId of the program that sessions, courses and students belong to",
        "kind": "identifier",
        "required": true,
        "group": "",
    });
    assert_eq!(to("managebac-1.2")["asks"][0], ask);
    // What becomes something else is told, too.
    let changed = "orgs.csv, `type`: what is no district, school or program is left out";
    assert_eq!(to("managebac-1.2")["loses"][1], changed);
}

#[test]
fn values_for_transactions_that_cannot_be_used_are_said() {
    let path = at_root("src/formats/datashop/cases/datashop-clean/transactions.txt");
    let bundle = Bundle {
        files: vec![("log.txt".to_owned(), fs::read(path).unwrap())],
        ..Bundle::default()
    };
    for (set, told_of) in [
        (
            vec![("anonymise-key", "short")],
            "what was given for `anonymise-key` has 5 characters and could be guessed; expected at least 12",
        ),
        (
            vec![("anonymise-key", "               ")],
            "what was given for `anonymise-key` has 0 characters and could be guessed; expected at least 12",
        ),
        (
            vec![("students", " ; \n")],
            "what was given for `students` names nothing; expected a name at least",
        ),
        (
            vec![("anonymise-columns", "School")],
            "`anonymise-columns` is given, and `anonymise-key` is not",
        ),
        (
            vec![("leave-out-columns", "Scool")],
            "`Scool`, given for `leave-out-columns`, is the label of no column",
        ),
        (
            vec![("rename-steps", "old,new\nst1\n")],
            "line 2 of the table given for `rename-steps` has 1 cells; expected two: old and new",
        ),
        (
            vec![("rename-steps", "st1,a\nst1,b\n")],
            "line 2 of the table given for `rename-steps` is about `st1`, and so is line 1",
        ),
        (
            vec![("rename-steps", "st1,\n")],
            "line 1 of the table given for `rename-steps` has no new name for `st1`",
        ),
        (
            vec![("from", "15/01/2020")],
            "`15/01/2020`, given for `from`, is not a date",
        ),
        (
            vec![("compute", "Duration")],
            "`Duration`, given for `compute`, is nothing that can be computed; expected `Problem View`, `Duration (sec)`",
        ),
        (
            vec![("seed", "x")],
            "`seed` is given, and `sample-students` is not",
        ),
        (
            vec![("sample-students", "-1")],
            "`-1`, given for `sample-students`, is not how many there may be; expected a whole number from 1",
        ),
        (
            vec![("sample-students", "0")],
            "`0`, given for `sample-students`, is not how many there may be",
        ),
        (
            vec![("atOnce", "0")],
            "`0`, given for `atOnce`, is not how many there may be; expected a whole number from 1",
        ),
        (
            vec![("rename-steps", "old,new\n")],
            "the table given for `rename-steps` has no rows; expected old and new in each",
        ),
        (
            vec![("columns", "Step Name,Time\n")],
            "`Time` and `Step Name` of log.txt are both to be `Time`; expected another label for one of them, or none",
        ),
        (
            vec![("from", "2020-02-01"), ("to", "2020-01-31")],
            "`2020-01-31`, given for `to`, is before `2020-02-01`, given for `from`",
        ),
        (
            vec![("new-kc-model", "default")],
            "`default`, given for `new-kc-model`, is there already",
        ),
        (
            vec![("new-kc-model", "Mine"), ("kc-of", "Nobody's")],
            "`Nobody's`, given for `kc-of`, is no KC model of the transactions",
        ),
        (
            vec![("kc-of", "step")],
            "`kc-of` is given, and `new-kc-model` is not",
        ),
    ] {
        let set = set
            .iter()
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
        let told = convert(&bundle, "datashop", set.collect())
            .unwrap_err()
            .to_string();
        assert!(told.starts_with(told_of), "{told}");
    }
}

#[test]
fn nothing_becomes_test_attempts() {
    use hallpass::formats::{MAPPINGS, RECASTS};
    let attempts = ["pearson-test-attempts", "pearson-online-test-attempts"];
    let made = MAPPINGS.iter().map(|mapping| mapping.to);
    let all: Vec<&str> = made
        .chain(RECASTS.iter().map(|recast| recast.format))
        .collect();
    assert!(all.contains(&"pearson-students"));
    assert!(!attempts.iter().any(|id| all.contains(id)), "{all:?}");
    let path = at_root("src/formats/pearson/cases/registrations-2018-clean/upload.csv");
    let of = Bundle {
        files: vec![("upload.csv".to_owned(), fs::read(path).unwrap())],
        ..Bundle::default()
    };
    let told = convert(&of, attempts[0], Vec::new())
        .unwrap_err()
        .to_string();
    let expected = "`pearson-test-attempts` cannot be made of PearsonAccess Student Registrations";
    assert!(told.starts_with(expected), "{told}");
}

#[test]
fn a_layout_that_is_unknown_is_refused() {
    let path = at_root("src/formats/pearson/cases/students-clean/upload.csv");
    let of = Bundle {
        files: vec![("upload.csv".to_owned(), fs::read(path).unwrap())],
        ..Bundle::default()
    };
    let set = vec![("layout".to_owned(), "Nevada".to_owned())];
    let told = convert(&of, "pearson-student-registrations", set).unwrap_err();
    let expected = "`Nevada` is no layout of that file; expected a part of \
                    `Student Registrations, 2018 and later` or ";
    assert!(told.to_string().starts_with(expected), "{told}");
}

#[test]
fn values_that_cannot_be_meant_are_refused() {
    let of = |case: &str| {
        let path = at_root("src/formats/pearson/cases").join(case);
        Bundle {
            files: vec![(
                "up.csv".to_owned(),
                fs::read(path.join("upload.csv")).unwrap(),
            )],
            ..Bundle::default()
        }
    };
    let roster = Bundle {
        files: vec![("users.csv".to_owned(), USERS.as_bytes().to_vec())],
        ..Bundle::default()
    };
    for (files, to, set, told_of) in [
        (
            of("students-clean"),
            "pearson-student-registrations",
            vec![("state", "Colorado")],
            "`Colorado`, given for `state`, is no value of StateAbbreviation; expected `CO`",
        ),
        (
            roster.clone(),
            "pearson-students",
            vec![("state", "X1")],
            "`X1`, given for `state`, is no value of StateAbbreviation; expected one of `BI`",
        ),
        (
            of("students-clean"),
            "oneroster-1.2",
            vec![("yearBegins", "2027-06-30"), ("yearEnds", "2026-08-17")],
            "`2026-08-17`, given for `yearEnds`, is before `2027-06-30`, given for `yearBegins`",
        ),
        (
            roster,
            "oneroster-1.2",
            vec![("administrator", "boss")],
            "`boss`, given for `administrator`, is no such word; expected `siteAdministrator` or",
        ),
    ] {
        let set = set
            .iter()
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
        let refused = convert(&files, to, set.collect()).unwrap_err();
        let told = refused.to_string();
        assert!(told.starts_with(told_of), "{told}");
        assert!(
            refused
                .refuses()
                .is_some_and(|ask| told.contains(&format!("given for `{ask}`")))
        );
    }
}

#[test]
fn a_kind_of_identifier_that_no_student_has_is_told() {
    let bundle = Bundle {
        files: vec![("users.csv".to_owned(), USERS.as_bytes().to_vec())],
        ..Bundle::default()
    };
    let set = [("state", "CO"), ("stateIdentifier", "Nope")];
    let set = set.map(|(name, text)| (name.to_owned(), text.to_owned()));
    let (_, losses) = convert(&bundle, "pearson-students", set.into()).unwrap();
    let losses = String::from_utf8(losses).unwrap();
    assert!(losses.contains("nothing of the kind `Nope`"), "{losses}");
}

/// A roster that is 1.1 by its header.
const USERS: &str = "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,\
                     givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,\
                     password\nu1,,,true,s1,student,ada,,Ada,Lind,,,,,,,,\n";

#[test]
fn what_cannot_be_converted_is_said() {
    let of = |name: &str, text: &str| Bundle {
        files: vec![(name.to_owned(), text.as_bytes().to_vec())],
        ..Bundle::default()
    };
    let refused = |bundle: &Bundle, to: &str, set: &[(&str, &str)]| {
        let set = set
            .iter()
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
        convert(bundle, to, set.collect()).unwrap_err().to_string()
    };
    let users = of("users.csv", USERS);
    let becomes = "`oneroster-1.1` or `oneroster-1.2` or `test-central` or `pearson-students` or \
                   `pearson-student-registrations` or `pearson-users` or `pearson-organizations`";
    let told = refused(&users, "nothing", &[]);
    assert_eq!(told, format!("`nothing` is no format; expected {becomes}"));
    let told = refused(&users, "managebac-1.2", &[]);
    assert!(
        told.starts_with("`managebac-1.2` cannot be made of OneRoster 1.1 CSV"),
        "{told}"
    );
    let told = refused(&users, "oneroster-1.2", &[("year", "2027")]);
    assert!(
        told.starts_with("`year` is no value that OneRoster 1.2 CSV asks for"),
        "{told}"
    );
    let notes = of("notes.txt", "Dear all,\n");
    let told = refused(&notes, "oneroster-1.2", &[]);
    assert!(
        told.starts_with("nothing can be converted, because the format"),
        "{told}"
    );
    let roles = of(
        "roles.csv",
        "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,\
         orgSourcedId,userProfileSourcedId\nr1,,,u1,primary,student,,,s1,\n",
    );
    let told = refused(&roles, "oneroster-1.2", &[]);
    assert!(
        told.starts_with("`oneroster-1.2` is what the files are already"),
        "{told}"
    );
    for (set, told_of) in [
        (
            vec![("program", "two words")],
            "`two words`, given for `program`, is not an identifier",
        ),
        (
            vec![("program", "p1"), ("program", "p2")],
            "`program` is given twice",
        ),
    ] {
        let told = refused(&roles, "managebac-1.2", &set);
        assert!(told.starts_with(told_of), "{told}");
    }
}

/// A bundle of OneRoster 1.2 with these files, and what its conversion with values gives.
fn made(
    files: &[(&str, String)],
    to: &str,
    set: &[(&str, &str)],
) -> (BTreeMap<String, String>, String) {
    let files = files.iter();
    let bundle = Bundle {
        files: files
            .map(|(name, text)| ((*name).to_owned(), text.clone().into_bytes()))
            .collect(),
        format: Some("oneroster-1.2".to_owned()),
        ..Bundle::default()
    };
    let set = set
        .iter()
        .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
    let (made, losses) = convert(&bundle, to, set.collect()).unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let made = made.files.into_iter().map(|(name, bytes)| {
        let name = name.rsplit('/').next().unwrap().to_owned();
        (name, text(bytes))
    });
    (made.collect(), text(losses))
}

const SESSIONS: &str =
    "sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear\n";

/// Each step of a way through the files is gone once: of so many, more would take hours.
const MANY: usize = 20_000;

#[test]
fn sessions_far_below_their_school_year_stand_right_below_it() {
    let days = "2026-08-17,2027-06-12";
    let mut sessions = format!("{SESSIONS}y,,,Year,schoolYear,{days},,2027\n");
    for at in 0..MANY {
        let above = if at == 0 {
            "y".to_owned()
        } else {
            format!("t{}", at - 1)
        };
        sessions += &format!("t{at},,,Term,term,{days},{above},\n");
    }
    // Two that are above each other are below no school year.
    sessions += &format!("a,,,A,term,{days},b,\nb,,,B,term,{days},a,\n");
    let (made, losses) = made(
        &[("academicSessions.csv", sessions)],
        "managebac-1.2",
        &[("program", "ib")],
    );
    let made = &made["academicSessions.csv"];
    let below = made
        .lines()
        .filter(|line| line.starts_with('t') && line.contains(",y,"));
    assert_eq!(below.count(), MANY);
    assert!(
        made.contains("\na,,,A,term,2026-08-17,2027-06-12,b,"),
        "{losses}"
    );
    assert!(losses.contains("it is `y` now"), "{losses}");
}

#[test]
fn a_user_may_have_roles_in_many_organizations() {
    let mut roles =
        "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,\
                     orgSourcedId,userProfileSourcedId\n"
            .to_owned();
    for at in 0..MANY {
        roles += &format!("r{at},,,u1,primary,aide,,,s{at},\n");
    }
    roles += "r,,,u1,primary,aide,,,s0,\n";
    let users =
        "sourcedId,enabledUser,username,givenName,familyName,middleName\nu1,true,ada,Ada,Lind,\n";
    let files = [("roles.csv", roles), ("users.csv", users.to_owned())];
    let (made, _) = made(&files, "oneroster-1.1", &[]);
    let cell = made["users.csv"].split('"').nth(1).unwrap();
    let orgs: Vec<&str> = cell.split(',').collect();
    assert_eq!(
        (orgs.len(), orgs[0], orgs[MANY - 1]),
        (MANY, "s0", "s19999")
    );
}

#[test]
fn the_manifest_is_read_to_its_end() {
    let properties = (0..3_000).map(|at| format!("note.{at},{at}\n"));
    let manifest: String = properties.collect();
    let manifest =
        format!("propertyName,value\nfile.orgs,bulk\n{manifest}source.systemName,District SIS\n");
    let orgs = "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n\
                s1,,,North School,school,,\n";
    let files = [("manifest.csv", manifest), ("orgs.csv", orgs.to_owned())];
    let (made, losses) = made(&files, "oneroster-1.1", &[]);
    let manifest = &made["manifest.csv"];
    assert!(
        manifest.contains("source.systemName,District SIS\n"),
        "{manifest}"
    );
    assert!(
        losses.contains("the target knows no property `note.0`"),
        "{losses}"
    );
}

#[test]
fn a_sentence_moves_no_terminal() {
    let name = "\u{1b}]0;x\u{7}\u{202e}.csv";
    let orgs = "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId,\u{1b}[2J\n\
                s1,,,North School,school,,,red\n";
    let bundle = Bundle {
        files: vec![
            ("orgs.csv".to_owned(), orgs.as_bytes().to_vec()),
            (name.to_owned(), b"a,b\n".to_vec()),
        ],
        format: Some("oneroster-1.2".to_owned()),
        ..Bundle::default()
    };
    let told = serde_json::to_value(targets(&bundle)).unwrap();
    let losses = told[0]["loses"].as_array().unwrap();
    let losses: Vec<&str> = losses.iter().map(|told| told.as_str().unwrap()).collect();
    assert!(
        losses[0].starts_with("␛]0;x␇‹U+202E›.csv: the file was left out"),
        "{losses:?}"
    );
    assert!(losses[1].starts_with("orgs.csv, `␛[2J`: "), "{losses:?}");
}
