//! What `convert` writes, says and refuses.

use std::fs;

use tempfile::tempdir;

use super::{read, roster, run, write};

#[test]
fn convert_writes_checks_and_says_what_is_lost() {
    let dir = tempdir().unwrap();
    roster(&dir);
    let (status, text) = run(dir.path(), &["convert", "in"], b"");
    assert_eq!(status, Some(0), "{text}");
    assert!(
        text.contains("oneroster-1.2                OneRoster 1.2 CSV"),
        "{text}"
    );
    let to = ["convert", "in", "--to", "oneroster-1.2", "--out", "out.zip"];
    let (status, alone) = run(dir.path(), &to[..4], b"");
    assert_eq!(status, Some(0), "{alone}");
    assert!(alone.starts_with("oneroster-1.2 "), "{alone}");
    assert!(!alone.contains("pearson"), "that alone: {alone}");
    let (status, text) = run(dir.path(), &["convert", "in", "--to", "clever"], b"");
    assert_eq!(status, Some(2), "{text}");
    assert!(
        text.contains("`clever` is nothing that these files can become"),
        "{text}"
    );
    let (status, text) = run(dir.path(), &to, b"");
    // The roster has neither classes nor sessions.
    assert_eq!(status, Some(1), "{text}");
    let unmended = "). Converting repairs nothing: what cannot be read may be left out,";
    assert!(alone.contains(unmended), "{alone}");
    assert!(text.contains(unmended), "{text}");
    assert!(text.contains("1 value made up: 1.2 asks for one"), "{text}");
    assert!(
        text.contains("Written to out.zip; what was lost is in out.losses.csv"),
        "{text}"
    );
    assert!(text.contains("Of the result: Not ready"), "{text}");
    assert!(
        read(&dir, "out.losses.csv")
            .starts_with("what,file,field,total,source,lines,value,reason\r\n")
    );
    let (status, text) = run(dir.path(), &["check", "out.zip"], b"");
    assert_eq!(status, Some(1), "{text}");
    assert!(text.contains("Checked as OneRoster 1.2 CSV"), "{text}");
    // Nothing is written over unasked, nor what is read at all.
    let (status, text) = run(dir.path(), &to, b"");
    assert_eq!(status, Some(2), "{text}");
    let before = fs::read(dir.path().join("out.zip")).unwrap();
    let forced: Vec<&str> = to.into_iter().chain(["--force"]).collect();
    assert_eq!(run(dir.path(), &forced, b"").0, Some(1));
    assert_eq!(fs::read(dir.path().join("out.zip")).unwrap(), before);
    let over = [
        "convert",
        "in",
        "--to",
        "oneroster-1.2",
        "--out",
        "in",
        "--force",
    ];
    let (status, text) = run(dir.path(), &over, b"");
    assert_eq!(status, Some(2), "{text}");
    assert!(read(&dir, "in/users.csv").contains("orgSourcedIds"));
}

#[test]
fn what_cannot_be_converted_leaves_nothing_behind() {
    let dir = tempdir().unwrap();
    roster(&dir);
    write(&dir, "notes.txt", "Dear all,\n");
    for (arguments, told) in [
        (vec!["in", "--to", "nothing"], "`nothing` is no format"),
        (
            vec!["in", "--to", "oneroster-1.2", "--set", "a=b"],
            "`a` is no value",
        ),
        (
            vec!["in", "--to", "oneroster-1.2", "--set", "a"],
            "expected a name, `=` and a value",
        ),
        (
            vec!["notes.txt", "--to", "oneroster-1.2"],
            "the format is not known",
        ),
    ] {
        let all: Vec<&str> = ["convert"]
            .into_iter()
            .chain(arguments)
            .chain(["--out", "out"])
            .collect();
        let (status, text) = run(dir.path(), &all, b"");
        assert_eq!(status, Some(2), "{text}");
        assert!(text.contains(told), "{text}");
        let left = ["out", "out.losses.csv"].map(|name| dir.path().join(name).exists());
        assert_eq!(left, [false, false], "{text}");
    }
    let (status, text) = run(dir.path(), &["convert", "notes.txt"], b"");
    assert_eq!(status, Some(2), "{text}");
    assert!(
        text.contains("`notes.txt` cannot become another format"),
        "{text}"
    );
}

#[test]
fn what_a_table_of_columns_names_was_read() {
    let dir = tempdir().unwrap();
    let columns = "label,heading\nUser,Anon Student Id\nVisit,Session Id\nSubmitted,Time\n\
                   =Algebra,Level (Course)\nQuiz,Problem Name\n=1,Problem View\nQuestion,Step Name\n\
                   State,Outcome\nAnswer,Input\nPoints,\n";
    write(&dir, "columns.csv", columns);
    let records = "u1,v1,2024-03-01 10:00,Week 1,Q1,incorrect,12,0\n\
                   u1,v1,2024-03-01 10:01,Week 1,Q1,correct,14,1\n";
    let header = "User,Visit,Submitted,Quiz,Question,State,Answer,Points\n";
    let convert = |records: &str| {
        write(&dir, "lms.csv", &format!("{header}{records}"));
        let command = "convert lms.csv --format datashop --to datashop --out log.txt --force";
        let mut command: Vec<&str> = command.split(' ').collect();
        command.extend(["--set", "columns=columns.csv"]);
        run(dir.path(), &command, b"")
    };
    let (status, text) = convert(records);
    assert_eq!(status, Some(0), "{text}");
    assert!(
        text.contains("2 values dropped: the table of columns"),
        "{text}"
    );
    // What the result has wrong with it counts, and so does what could not be read to its end.
    let (status, text) = convert(&records.replace("10:01", "sometime"));
    assert_eq!(status, Some(1), "{text}");
    let long = "x".repeat(17 << 20);
    let (status, text) = convert(&format!("{records}u1,v1,2024-03-01 10:02,{long},Q1,,,\n"));
    assert_eq!(status, Some(2), "{text}");
    assert!(text.contains("not everything could be read"), "{text}");
}

#[test]
fn a_table_of_nothing_is_no_success() {
    let dir = tempdir().unwrap();
    let record = |time: &str| format!("s1\tv1\t{time}\tAlgebra\tP1\tQ1\tCORRECT\n");
    let convert = |time: &str| {
        let header =
            "Anon Student Id\tSession Id\tTime\tLevel (Course)\tProblem Name\tStep Name\tOutcome\n";
        write(&dir, "log.txt", &format!("{header}{}", record(time)));
        let command = "convert log.txt --to datashop-student-step --out steps.txt --force";
        let command: Vec<&str> = command.split(' ').collect();
        run(dir.path(), &command, b"")
    };
    let (status, text) = convert("2024-03-01 10:00:00");
    assert_eq!(status, Some(0), "{text}");
    let (status, text) = convert("sometime");
    assert_eq!(status, Some(1), "{text}");
    assert!(text.contains("1 record left out"), "{text}");
    assert!(text.contains("has a header and no records"), "{text}");
}

#[test]
fn a_folder_is_filled_whole_or_not_at_all() {
    let dir = tempdir().unwrap();
    roster(&dir);
    fs::create_dir_all(dir.path().join("out/users.csv")).unwrap();
    write(&dir, "out/orgs.csv", "before");
    let to = [
        "convert",
        "in",
        "--to",
        "oneroster-1.2",
        "--out",
        "out",
        "--force",
    ];
    let (status, text) = run(dir.path(), &to, b"");
    assert_eq!(status, Some(2), "{text}");
    assert!(
        text.contains("users.csv` is a folder; expected a file"),
        "{text}"
    );
    assert_eq!(read(&dir, "out/orgs.csv"), "before");
}

/// What is said of the result names the file that was written.
#[test]
fn a_result_is_called_as_it_is_written() {
    let dir = tempdir().unwrap();
    let log = "Anon Student Id\tSession Id\tTime\tLevel (Unit)\tProblem Name\tProblem View\tStep Name\tOutcome\n\
        stu1\tses1\t2026-01-15 10:00:00\tUnit 1\tSlope\t1\tStep 1\tright\n";
    write(&dir, "log.txt", log);
    for (to, out) in [
        ("datashop", "mine.txt"),
        ("datashop-student-step", "steps.txt"),
    ] {
        let (_, text) = run(
            dir.path(),
            &["convert", "log.txt", "--to", to, "--out", out],
            b"",
        );
        let (_, result) = text.split_once("Of the result: ").unwrap();
        assert!(result.contains(&format!("{out}:")), "{text}");
        assert!(
            !result.contains("data.txt") && !result.contains("student_step.txt"),
            "{text}"
        );
    }
}

/// A variable of the shell that is not set, or an empty file, would else be as if nothing was asked.
#[test]
fn a_value_that_is_named_is_there() {
    let dir = tempdir().unwrap();
    write(
        &dir,
        "log.txt",
        "Anon Student Id\tSession Id\tTime\nstu1\tses1\t2026-01-15 10:00:00\n",
    );
    write(&dir, "none.csv", "\n");
    for (set, told) in [
        (
            "anonymise-key=",
            "`anonymise-key` is given without a value; expected one",
        ),
        (
            "anonymise-key=@none.csv",
            "`none.csv`, given for `anonymise-key`, could not be read: there is nothing in it",
        ),
        (
            "rename-students=none.csv",
            "`none.csv`, given for `rename-students`, could not be read: there is nothing in it",
        ),
    ] {
        let to = [
            "convert", "log.txt", "--to", "datashop", "--out", "out.txt", "--set", set,
        ];
        let (status, text) = run(dir.path(), &to, b"");
        assert_eq!(status, Some(2), "{text}");
        assert!(text.contains(told), "{text}");
        assert!(!dir.path().join("out.txt").exists());
    }
}
