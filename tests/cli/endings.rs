//! How a run ends that is interrupted, whose reader goes away, or whose disk is full.

use std::fs;
use std::io::Read;
use std::process::{Command, Output, Stdio};

use tempfile::{TempDir, tempdir};

use super::students;

#[cfg(unix)]
#[test]
fn a_run_that_is_interrupted_leaves_nothing_behind() {
    let folder = tempdir().unwrap();
    let header = "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n";
    let record = "o1,,,Hill School ,school,,\n";
    // More than can be done before the interruption comes.
    let text = header.to_owned() + &record.repeat(1_500_000);
    fs::write(folder.path().join("orgs.csv"), text).unwrap();
    let arguments = [
        "fix",
        "orgs.csv",
        "--format",
        "oneroster-1.2",
        "--out",
        "out.zip",
    ];
    let child = Command::new(env!("CARGO_BIN_EXE_hallpass"))
        .args(arguments)
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let names = || {
        let entries = fs::read_dir(folder.path()).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        names
    };
    // It has begun to write: unfinished outputs stand beside the place asked for.
    while names().len() < 2 {
        std::thread::yield_now();
    }
    let mut kill = Command::new("kill");
    let kill = kill.args(["-TERM", &child.id().to_string()]);
    assert!(kill.status().unwrap().success());
    let Output { status, stderr, .. } = child.wait_with_output().unwrap();
    assert_eq!(status.code(), Some(2));
    let told = String::from_utf8(stderr).unwrap();
    assert!(told.contains("interrupted"), "{told}");
    assert_eq!(names(), ["orgs.csv"]);
}

/// Students of whom each has a date that is none.
fn students_with_faults(count: usize) -> TempDir {
    let records: String = (0..count).map(|at| format!("s{at},never,here\n")).collect();
    students(&records)
}

#[test]
fn a_reader_who_goes_away_ends_the_run_and_is_no_failure() {
    let dir = students_with_faults(20_000);
    for form in ["csv", "json"] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_hallpass"))
            .args(["check", "students.csv", "--layout", "own", "--report", form])
            .args(["--samples", "all"])
            .current_dir(dir.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut first = [0; 10];
        child.stdout.take().unwrap().read_exact(&mut first).unwrap();
        let Output { status, stderr, .. } = child.wait_with_output().unwrap();
        assert_eq!(status.code(), Some(1), "{form}");
        assert_eq!(String::from_utf8(stderr).unwrap(), "", "{form}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_a_failure_in_words() {
    let dir = students_with_faults(200);
    for form in ["csv", "json", "html", "text", "sarif"] {
        let output = Command::new(env!("CARGO_BIN_EXE_hallpass"))
            .args(["check", "students.csv", "--layout", "own", "--report", form])
            .args(["--samples", "all"])
            .current_dir(dir.path())
            .stdout(
                fs::OpenOptions::new()
                    .write(true)
                    .open("/dev/full")
                    .unwrap(),
            )
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2), "{form}");
        let told = String::from_utf8(output.stderr).unwrap();
        let expected = "hallpass: `standard output` could not be written: No space left on device";
        assert!(told.starts_with(expected), "{told}");
    }
}

/// Runs `fix` on many students until a file of that beginning is there, and sends it signals.
#[cfg(unix)]
fn interrupted(dir: &TempDir, begins: &str, signals: &[&str]) -> String {
    let child = Command::new(env!("CARGO_BIN_EXE_hallpass"))
        .args(["fix", "students.csv", "--layout", "own", "--out", "out.csv"])
        .current_dir(dir.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    while !names(dir).iter().any(|name| name.starts_with(begins)) {
        std::thread::yield_now();
    }
    for signal in signals {
        let pid = child.id().to_string();
        assert!(
            Command::new("kill")
                .args([*signal, &pid])
                .status()
                .unwrap()
                .success()
        );
    }
    let Output { status, stderr, .. } = child.wait_with_output().unwrap();
    assert_eq!(status.code(), Some(2));
    String::from_utf8(stderr).unwrap()
}

#[cfg(unix)]
fn names(dir: &TempDir) -> Vec<String> {
    let entries = fs::read_dir(dir.path()).unwrap();
    entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

#[cfg(unix)]
#[test]
fn a_run_that_is_told_to_end_twice_or_late_leaves_whole_files_alone() {
    let dir = students_with_faults(200_000);
    // Stopped, it is sent two signals of which neither is lost, and ends at once.
    interrupted(&dir, ".hallpass-", &["-STOP", "-INT", "-TERM", "-CONT"]);
    let mut left = names(&dir);
    left.sort();
    assert_eq!(left, ["own", "students.csv"]);
    let told = interrupted(&dir, "out.changes.csv", &["-INT"]);
    assert!(
        told.ends_with("what was written is there, but was not checked\n"),
        "{told}"
    );
}
