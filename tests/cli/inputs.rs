//! What the command line reads and names, and what it says of it.

use std::fs;

use tempfile::tempdir;

use super::{own, read, roster, run, students, write};

/// Names of files come from others, and a terminal would obey what is in them.
#[test]
fn what_is_said_of_files_steers_no_terminal() {
    let dir = tempfile::tempdir().unwrap();
    write(&dir, "a\u{1b}[31m.csv", "Ana,Lee\nBen,Cho\n");
    let propose = [
        "layout",
        "--from",
        "a\u{1b}[31m.csv",
        "--out",
        "b\u{1b}[31m",
    ];
    let (status, text) = run(dir.path(), &propose, b"");
    assert_eq!(status, Some(0), "{text}");
    assert!(
        text.contains("`a␛[31m.csv` begins with what looks like data"),
        "{text}"
    );
    assert!(text.contains("2 tables written to b␛[31m"), "{text}");
    assert!(!text.contains('\u{1b}'), "{text}");
}

#[test]
fn the_name_of_standard_input_is_not_judged() {
    let dir = students("s1,12/25/2014,here\n");
    let input = read(&dir, "students.csv");
    let (_, text) = run(dir.path(), &own(&["check", "-"]), input.as_bytes());
    assert!(text.contains("invalid-date"), "{text}");
    assert!(!text.contains("misnamed-file"), "{text}");
    let (status, text) = run(
        dir.path(),
        &own(&["fix", "-", "--out", "copy"]),
        input.as_bytes(),
    );
    assert_eq!(status, Some(0), "{text}");
    assert!(read(&dir, "copy/students.csv").contains("2014-12-25"));
}

#[test]
fn what_could_not_be_read_is_no_success() {
    let dir = tempdir().unwrap();
    roster(&dir);
    let to = |out: &str| {
        let to = [
            "convert",
            "in",
            "--to",
            "oneroster-1.2",
            "--force",
            "--out",
            out,
        ];
        run(dir.path(), &to, b"")
    };
    let twice = "is a second users.csv beside `users.csv`";
    let long = "the file was left out: it is text whose first line is longer";
    let users = read(&dir, "in/users.csv");
    for (name, text, told) in [
        ("in/x/users.csv", users, twice),
        ("in/demographics.csv", "x".repeat(300_000), long),
    ] {
        fs::create_dir_all(dir.path().join("in/x")).unwrap();
        write(&dir, name, &text);
        let (status, text) = to("out");
        assert_eq!(status, Some(2), "{text}");
        assert!(text.contains(told), "{text}");
        assert!(text.contains("not everything could be read"), "{text}");
        fs::remove_file(dir.path().join(name)).unwrap();
    }
}

#[test]
fn however_many_files_of_a_kind_there_are_each_is_read_or_named() {
    let dir = tempdir().unwrap();
    fs::create_dir_all(dir.path().join("logs")).unwrap();
    fs::create_dir_all(dir.path().join("uploads")).unwrap();
    let log = "Anon Student Id\tSession Id\tTime\tLevel (Course)\tProblem Name\tProblem View\tStep Name\tOutcome\n\
               s1\tv1\t2024-03-01 10:00:00\tAlgebra\tP1\t1\tQ1\tCORRECT\n";
    let upload = include_str!("../../src/formats/pearson/cases/students-clean/upload.csv");
    for at in 0..40 {
        write(&dir, &format!("logs/log{at}.txt"), log);
        write(&dir, &format!("uploads/up{at}.csv"), upload);
    }
    let (status, text) = run(dir.path(), &["check", "logs"], b"");
    assert_eq!(status, Some(0), "{text}");
    assert_eq!(text.matches(": 1 record\n").count(), 40, "{text}");
    // Of those whose records are numbered together only so many are; the others are named.
    for format in [&[] as &[&str], &["--format", "pearson-students"]] {
        let command = [&["check", "uploads", "--report", "json"], format].concat();
        let (status, text) = run(dir.path(), &command, b"");
        assert_eq!(status, Some(2), "{text}");
        assert_eq!(text.matches("\"records\": 4,").count(), 31, "{text}");
        let beyond = "it is a file of Students beyond the 31 that are read at once";
        assert_eq!(text.matches(beyond).count(), 9, "{text}");
    }
    let command = ["compare", "uploads", "uploads", "--report", "json"];
    let (status, text) = run(dir.path(), &command, b"");
    assert_eq!(status, Some(2), "{text}");
    assert_eq!(text.matches("\"second-file\"").count(), 18, "{text}");
    assert!(!text.contains("nothing-changed"), "{text}");
}

#[test]
fn a_profile_is_named_and_one_that_does_not_fit_is_refused() {
    let dir = students("");
    write(
        &dir,
        "orgs.csv",
        "sourcedId,name,type\no1,Larkmoor High,school\n",
    );
    let check = |arguments: &[&str]| {
        let all: Vec<&str> = ["check", "orgs.csv"]
            .into_iter()
            .chain(arguments.iter().copied())
            .collect();
        run(dir.path(), &all, b"")
    };
    let (status, report) = check(&["--profile", "clever", "--report", "json"]);
    assert_eq!(status, Some(1), "{report}");
    assert!(report.contains("\"profile\": \"clever\""), "{report}");
    let (status, said) = check(&["--profile", "nobody"]);
    assert_eq!(status, Some(2));
    assert!(
        said.contains("`nobody` is no profile; expected one of aeries, canvas, "),
        "{said}"
    );
    let (status, said) = check(&own(&["--profile", "clever"]));
    assert_eq!(status, Some(2), "{said}");
    let (status, listed) = run(dir.path(), &["formats"], b"");
    assert_eq!(status, Some(0));
    assert!(
        listed.contains("Clever (oneroster-1.1; checked 2026-"),
        "{listed}"
    );
}
