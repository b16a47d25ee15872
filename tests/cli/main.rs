//! What the command line promises beyond the report: exit status, where it writes, what it refuses.

#![allow(clippy::unwrap_used)]

mod compare;
mod convert;
mod endings;
mod inputs;
mod layouts;
mod outputs;

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::{TempDir, tempdir};

/// Runs in a folder; what it said, and its exit status.
fn run(folder: &Path, arguments: &[&str], input: &[u8]) -> (Option<i32>, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_hallpass"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    let Output {
        status,
        stdout,
        stderr,
    } = child.wait_with_output().unwrap();
    let text = [stdout, stderr].concat();
    (status.code(), String::from_utf8(text).unwrap())
}

/// The layout of one file, students.csv, in the folder `own`, and that file with this in it.
fn students(records: &str) -> TempDir {
    let dir = tempdir().unwrap();
    let own = dir.path().join("own");
    fs::create_dir_all(own.join("codes")).unwrap();
    let fields = "file,field,type,required,key,codes\n\
                  students.csv,studentId,identifier,yes,key,\n\
                  students.csv,birthDate,date,no,,\n\
                  students.csv,status,code,no,,status\n";
    fs::write(own.join("layout.csv"), fields).unwrap();
    fs::write(
        own.join("codes/status.csv"),
        "code,meaning,synonyms\nhere,Is here,\n",
    )
    .unwrap();
    write(
        &dir,
        "students.csv",
        &format!("studentId,birthDate,status\n{records}"),
    );
    dir
}

fn write(dir: &TempDir, name: &str, text: &str) {
    fs::write(dir.path().join(name), text).unwrap();
}

fn read(dir: &TempDir, name: &str) -> String {
    fs::read_to_string(dir.path().join(name)).unwrap()
}

const OWN: [&str; 2] = ["--layout", "own"];

fn own<'a>(arguments: &[&'a str]) -> Vec<&'a str> {
    arguments.iter().copied().chain(OWN).collect()
}

/// A roster of OneRoster 1.1 in the folder `in`.
fn roster(dir: &TempDir) {
    fs::create_dir(dir.path().join("in")).unwrap();
    write(
        dir,
        "in/orgs.csv",
        "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n\
         s1,,,North School,school,,\n",
    );
    write(
        dir,
        "in/users.csv",
        "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,\
         familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password\n\
         u1,,,true,s1,student,ada,,Ada,Lind,,,,,,,01,\n",
    );
}
