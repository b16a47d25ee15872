//! Where the command line writes, and what it never writes over.

use std::fs;

use tempfile::tempdir;

use super::{own, read, roster, run, students, write};

#[test]
fn fix_says_what_remains() {
    let dir = students("s1,12/25/2014,here\ns2,,gone\n");
    let (status, text) = run(
        dir.path(),
        &own(&["fix", "students.csv", "--out", "a.csv"]),
        b"",
    );
    assert_eq!(status, Some(1), "{text}");
    assert!(
        text.contains("1 change written to a.csv; the log is a.changes.csv"),
        "{text}"
    );
    assert!(
        text.contains("Of the repaired copy: Not ready: 1 error"),
        "{text}"
    );
    assert!(
        text.contains("Error: unknown-code, students.csv, status: 1 finding"),
        "{text}"
    );
    assert!(
        text.contains("students.csv:3 status (s2)"),
        "what remains has its place: {text}"
    );
    write(
        &dir,
        "students.csv",
        "studentId,birthDate,status\ns1,12/25/2014,here\n",
    );
    let (status, text) = run(
        dir.path(),
        &own(&["fix", "students.csv", "--out", "b"]),
        b"",
    );
    assert_eq!(status, Some(0), "{text}");
    assert!(text.contains("Of the repaired copy: Ready"), "{text}");
    assert_eq!(
        read(&dir, "b/students.csv"),
        "studentId,birthDate,status\ns1,2014-12-25,here\n"
    );
}

#[test]
fn the_files_that_are_read_are_never_written_over() {
    let dir = students("s1,12/25/2014,here\n");
    let before = read(&dir, "students.csv");
    let outs: [&[&str]; 4] = [
        &["fix", "students.csv", "--out", "students.csv", "--force"],
        &[
            "fix",
            "students.csv",
            "--out",
            "own/../students.csv",
            "--force",
        ],
        &["fix", "students.csv", "--out", ".", "--force"],
        &["check", "students.csv", "--out", "students.csv", "--force"],
    ];
    for out in outs {
        let (status, text) = run(dir.path(), &own(out), b"");
        assert_eq!(status, Some(2), "{out:?}: {text}");
        assert!(
            text.contains("is one of the files that are read"),
            "{out:?}: {text}"
        );
        assert_eq!(read(&dir, "students.csv"), before);
    }
}

#[test]
fn a_report_is_one_file() {
    let dir = students("s1,2014-12-25,here\n");
    let (status, _) = run(
        dir.path(),
        &own(&["check", "students.csv", "--out", "report"]),
        b"",
    );
    assert_eq!(status, Some(0));
    assert!(read(&dir, "report").starts_with("Ready"));
    let folder = own(&["check", "students.csv", "--out", "own", "--force"]);
    let (status, text) = run(dir.path(), &folder, b"");
    assert_eq!(status, Some(2));
    assert!(
        text.contains("`own` is a folder; expected the name of a file"),
        "{text}"
    );
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_to_is_named_as_it_was_given() {
    use std::os::unix::fs::PermissionsExt;
    let dir = students("s1,2014-12-25,here\n");
    let shut = dir.path().join("shut");
    fs::create_dir(&shut).unwrap();
    fs::set_permissions(&shut, fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(shut.join("probe"), "").is_ok() {
        return; // Whoever runs this may write everywhere.
    }
    let (status, text) = run(
        dir.path(),
        &own(&["check", "students.csv", "--out", "shut/r.txt"]),
        b"",
    );
    assert_eq!(status, Some(2));
    assert!(
        text.contains("`shut/r.txt` could not be written: permission denied"),
        "{text}"
    );
    assert!(!text.contains(".hallpass-"), "{text}");
}

#[test]
fn a_very_long_cell_is_shown_in_part_and_mended_whole() {
    let dir = tempdir().unwrap();
    let long = "é".repeat(60_000);
    let header = "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId";
    write(
        &dir,
        "orgs.csv",
        &format!("{header}\no1,,, {long} ,school,,\n"),
    );
    let check = |form: &str, path: &str| {
        let arguments = ["check", path, "--format", "oneroster-1.2", "--report", form];
        run(dir.path(), &arguments, b"").1
    };
    let (json, csv) = (check("json", "orgs.csv"), check("csv", "orgs.csv"));
    let value = format!("{}… (60002 characters)", " ".to_owned() + &"é".repeat(949));
    assert!(json.contains(&format!("\"value\": \"{value}\"")), "{json}");
    assert!(json.contains("é… (59100 characters left out) …é"), "{json}");
    assert!(!json.contains("replacement"), "{json}");
    assert!(csv.contains(&format!(",{value},")), "{csv}");
    for form in ["json", "csv", "html", "text", "sarif"] {
        assert!(check(form, "orgs.csv").len() < 40_000, "{form}");
    }

    let fix = [
        "fix",
        "orgs.csv",
        "--format",
        "oneroster-1.2",
        "--out",
        "out",
    ];
    run(dir.path(), &fix, b"");
    assert!(read(&dir, "out/orgs.csv").contains(&format!(",{long},")));
    assert!(read(&dir, "out.changes.csv").contains(&format!(", {long} ,{long},")));

    let mut legacy = format!("{header}\no1,,,").into_bytes();
    legacy.extend([0xE9; 60_000]);
    legacy.extend_from_slice(b",school,,\n");
    fs::create_dir(dir.path().join("old")).unwrap();
    fs::write(dir.path().join("old/orgs.csv"), legacy).unwrap();
    for form in ["json", "csv", "html", "text", "sarif"] {
        let report = check(form, "old");
        assert!(report.contains("nvalid"), "{report}");
        assert!(report.len() < 40_000, "{form}");
    }
}

#[test]
fn outputs_have_names_and_standard_input_is_read_once() {
    let dir = tempdir().unwrap();
    roster(&dir);
    for out in [".zip", ".CSV"] {
        let to = ["convert", "in", "--to", "oneroster-1.2", "--out", out];
        let (status, text) = run(dir.path(), &to, b"");
        assert_eq!(status, Some(2), "{text}");
        assert!(
            text.contains("is an ending alone; give a name before it"),
            "{text}"
        );
        assert!(!dir.path().join(out).exists());
    }
    let (status, text) = run(dir.path(), &["check", "-", "-"], b"");
    assert_eq!(status, Some(2), "{text}");
    assert!(
        text.contains("`-` is standard input; expected it once"),
        "{text}"
    );
}
