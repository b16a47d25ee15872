//! What the command line promises beyond the report: exit status, where it writes, what it refuses.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use hallpass::source::zip::Pack;
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

/// The findings of a check against a descriptor, and what it could not check.
fn described(schema: &str, records: &str) -> String {
    let dir = tempdir().unwrap();
    write(&dir, "schema.json", schema);
    write(&dir, "marks.csv", records);
    let command = ["check", "marks.csv", "--layout", "schema.json"];
    let (_, text) = run(
        dir.path(),
        &[&command[..], &["--report", "json"]].concat(),
        b"",
    );
    let report: serde_json::Value = serde_json::from_str(&text).unwrap();
    let groups = report["groups"].as_array().unwrap().iter();
    let found = groups.map(|group| {
        let sample = &group["samples"][0];
        format!(
            "{} {}: {}\n",
            group["rule"], sample["line"], sample["message"]
        )
    });
    let beyond = report["cannotCheck"].as_array().unwrap().iter();
    found
        .chain(beyond.map(|what| format!("{what}\n")))
        .collect()
}

#[test]
fn a_table_schema_is_a_layout() {
    let schema = r#"{
        "primaryKey": ["student", "course"],
        "missingValues": ["", "NA"],
        "fields": [
            {"name": "student"},
            {"name": "course", "constraints": {"enum": ["art", "latin"]}},
            {"name": "mark", "type": "integer", "constraints": {"maximum": 100}},
            {"name": "room", "type": "geojson"}
        ]
    }"#;
    let beyond = "\"whether `room` is a geojson (as schema.json asks)\"\n";
    let header = "student,course,mark,room\n";
    let fine = "a,art,90,\na,latin,NA,\nb,art,,\n";
    assert_eq!(described(schema, &format!("{header}{fine}")), beyond);
    let faulty = format!("{header}{fine}b,art,101,\nNA,greek,x,\n");
    let said = described(schema, &faulty);
    for part in [
        "\"duplicate-key\" 5: \"`b`, `art` is already the student, course of record 3",
        "\"value-out-of-range\" 5",
        "\"required-value\" 6",
        "\"unknown-code\" 6",
        "\"invalid-integer\" 6",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
}

/// The fields of a format name lists of codes; what may stand there is told, too, once for each list.
#[test]
fn the_codes_of_a_format_are_printed() {
    let dir = tempdir().unwrap();
    let (status, fields) = run(dir.path(), &["layout", "managebac-1.2"], b"");
    assert_eq!(status, Some(0));
    let (status, codes) = run(
        dir.path(),
        &["layout", "managebac-1.2", "--as", "codes"],
        b"",
    );
    assert_eq!(status, Some(0));
    assert!(
        codes.starts_with("codes,code,meaning,synonyms\n"),
        "{codes}"
    );
    assert_eq!(codes.matches("\norg-type,school,").count(), 1, "{codes}");
    let mut fields = csv::Reader::from_reader(fields.as_bytes());
    let at = fields
        .headers()
        .unwrap()
        .iter()
        .position(|label| label == "codes");
    for row in fields.records() {
        let list = row.unwrap()[at.unwrap()].to_owned();
        assert!(
            list.is_empty() || codes.contains(&format!("\n{list},")),
            "{list}"
        );
    }
}

#[test]
fn a_layout_of_ones_own_takes_the_place_of_a_format() {
    let dir = students("s1,2014-12-25,here\ns2,,gone\n");
    let (status, text) = run(dir.path(), &own(&["check", "students.csv"]), b"");
    assert_eq!(status, Some(1), "{text}");
    assert!(
        text.contains("`gone` is not one of the codes of status"),
        "{text}"
    );
    assert!(text.contains("Checked as your own layout"), "{text}");
    // The table of fields stands for its folder.
    let table = ["check", "students.csv", "--layout", "own/layout.csv"];
    assert_eq!(run(dir.path(), &table, b""), (status, text));
    let twice = own(&["check", "students.csv", "--layout", "own"]);
    let (status, text) = run(dir.path(), &twice, b"");
    assert_eq!(status, Some(2));
    assert!(
        text.contains("`students.csv` is described by two layouts"),
        "{text}"
    );
    let none = ["check", "students.csv", "--layout", "none.csv"];
    let (status, text) = run(dir.path(), &none, b"");
    assert_eq!(status, Some(2));
    assert!(text.contains("`none.csv` could not be read"), "{text}");
}

/// From a sample to a layout, from other labels to a map, and with both to a repaired copy.
#[test]
fn a_layout_and_a_map_are_proposed_and_used() {
    let dir = tempfile::tempdir().unwrap();
    let records = |labels: &str| {
        let records = (0..30).map(|at| format!("{at:08},Ana Lee,2014-01-{:02}\n", at % 28 + 1));
        format!("{labels}\n{}", records.collect::<String>())
    };
    write(&dir, "students.csv", &records("studentId,name,born"));
    let propose = ["layout", "--from", "students.csv", "--out", "mine"];
    let (status, text) = run(dir.path(), &propose, b"");
    assert_eq!(status, Some(0), "{text}");
    assert!(text.contains("2 tables written to mine"), "{text}");
    assert_eq!(
        run(dir.path(), &propose, b"").0,
        Some(2),
        "it is there already"
    );
    let check = ["check", "students.csv", "--layout", "mine"];
    assert_eq!(run(dir.path(), &check, b"").0, Some(0));
    let form = ["layout", "--from", "students.csv", "--as", "datapackage"];
    let (_, text) = run(dir.path(), &form, b"");
    assert!(text.contains("\"primaryKey\""), "{text}");

    write(&dir, "others.csv", &records("Pupil Nr,name,Birthday"));
    let columns = [
        "columns",
        "others.csv",
        "--layout",
        "mine",
        "--out",
        "map.csv",
    ];
    let (status, text) = run(dir.path(), &columns, b"");
    assert_eq!(status, Some(0), "{text}");
    assert!(read(&dir, "map.csv").contains("students.csv,Birthday,born,"));
    let mapped = ["--layout", "mine", "--columns", "map.csv"];
    let check = [
        &["check", "others.csv", "--fail-on", "warning"],
        mapped.as_slice(),
    ]
    .concat();
    let (status, text) = run(dir.path(), &check, b"");
    assert_eq!(status, Some(0), "{text}");
    let over = [
        &["fix", "others.csv", "--force", "--out", "map.csv"],
        mapped.as_slice(),
    ]
    .concat();
    assert_eq!(run(dir.path(), &over, b"").0, Some(2), "the map is read");
    let fix = [
        &["fix", "others.csv", "--out", "fixed.csv"],
        mapped.as_slice(),
    ]
    .concat();
    assert_eq!(run(dir.path(), &fix, b"").0, Some(0));
    assert_eq!(read(&dir, "fixed.csv"), read(&dir, "students.csv"));
    let (status, text) = run(
        dir.path(),
        &["check", "others.csv", "--columns", "map.csv"],
        b"",
    );
    assert_eq!(status, Some(2), "{text}");
    assert!(text.contains("give --layout or --format"), "{text}");
}

#[test]
fn a_layout_may_be_in_a_zip_or_in_utf_16() {
    let dir = students("s1,12/25/2014,here\n");
    let (_, plain) = run(dir.path(), &own(&["check", "students.csv"]), b"");
    let mut pack = Pack::new();
    for name in ["layout.csv", "codes/status.csv"] {
        pack.start(name).unwrap();
        pack.write(&fs::read(dir.path().join("own").join(name)).unwrap())
            .unwrap();
        pack.finish_member().unwrap();
    }
    pack.finish().unwrap();
    fs::write(dir.path().join("own.zip"), pack.take()).unwrap();
    let check = ["check", "students.csv", "--layout", "own.zip"];
    assert_eq!(run(dir.path(), &check, b"").1, plain);
    let wide = |name: &str| {
        let path = dir.path().join("own").join(name);
        let text = format!("\u{feff}{}", fs::read_to_string(&path).unwrap());
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        fs::write(path, bytes).unwrap();
    };
    wide("layout.csv");
    wide("codes/status.csv");
    assert_eq!(
        run(dir.path(), &own(&["check", "students.csv"]), b"").1,
        plain
    );
    fs::write(dir.path().join("own.zip"), zip_of_nothing()).unwrap();
    let (status, text) = run(dir.path(), &check, b"");
    assert_eq!(status, Some(2), "{text}");
    assert!(
        text.contains("there is no layout.csv and no descriptor"),
        "{text}"
    );
}

fn zip_of_nothing() -> Vec<u8> {
    let mut pack = Pack::new();
    pack.start("students.csv").unwrap();
    pack.finish_member().unwrap();
    pack.finish().unwrap();
    pack.take()
}

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
fn under_a_layout_of_ones_own_no_published_document_speaks() {
    let dir = students("s1,2014-12-25,gone\n");
    for report in ["text", "html"] {
        let (_, text) = run(
            dir.path(),
            &own(&["check", "students.csv", "--report", report]),
            b"",
        );
        assert!(text.contains("Your own layout says so."), "{text}");
        assert!(!text.contains("published document"), "{text}");
    }
    write(&dir, "other.csv", "a,b,c\n1,2,3\n");
    let (status, text) = run(dir.path(), &own(&["check", "other.csv"]), b"");
    assert_eq!(status, Some(1), "{text}");
    assert!(text.contains("Error: unknown-file"), "{text}");
    assert!(
        !text.contains("takes it as it is"),
        "an error is not taken: {text}"
    );
}

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
    let unmended = ". Converting repairs nothing: what cannot be read may be left out,";
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
    let upload = include_str!("../src/formats/pearson/cases/students-clean/upload.csv");
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
        assert_eq!(text.matches("it is a second file of").count(), 9, "{text}");
    }
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

/// Two folders, OLD and NEW: NEW lacks one of ten people, and knows another by a new name.
fn two_uploads() -> TempDir {
    let dir = tempdir().unwrap();
    let labels = "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n";
    let manifest =
        "propertyName,value\nmanifest.version,1.0\noneroster.version,1.2\nfile.orgs,bulk\n";
    let orgs = |from: usize, name: &str| -> String {
        let records = (from..10).map(|at| format!("o{at},,,{name}{at},school,,\n"));
        labels.to_owned() + &records.collect::<String>()
    };
    for (side, text) in [
        ("old", orgs(0, "Hill ")),
        ("new", orgs(1, "Hill ").replace("Hill 9", "=Hill")),
    ] {
        fs::create_dir(dir.path().join(side)).unwrap();
        write(&dir, &format!("{side}/manifest.csv"), manifest);
        write(&dir, &format!("{side}/orgs.csv"), &text);
    }
    dir
}

#[test]
fn an_import_is_told_in_words_and_as_a_table() {
    let dir = two_uploads();
    let compare = |more: &[&str]| {
        run(
            dir.path(),
            &[&["compare", "old", "new"], more].concat(),
            b"",
        )
    };
    let (status, text) = compare(&[]);
    assert_eq!(status, Some(0), "{text}");
    let told = "This bulk import would archive 1 of 10 orgs (10.0 %), add 0 and change 1.";
    assert!(text.starts_with(told), "{text}");
    assert!(text.contains("o9, name: `Hill 9` → `=Hill`"), "{text}");
    let (_, table) = compare(&["--report", "csv"]);
    assert_eq!(
        table,
        "what,file,key,school,field,old,new\r\nremoved,orgs.csv,o0,o0,,,\r\n\
         changed,orgs.csv,o9,o9,name,Hill 9,'=Hill\r\n"
    );

    let careful = [
        "--threshold",
        "9",
        "--fail-on",
        "warning",
        "--report",
        "json",
    ];
    let (status, json) = compare(&careful);
    assert_eq!(status, Some(1), "{json}");
    assert!(json.contains("\"rule\": \"large-removal\""), "{json}");
    let (status, text) = compare(&["--out", "r.json", "--report", "json"]);
    assert_eq!((status, text.as_str()), (Some(0), ""));
    assert!(read(&dir, "r.json").contains("hallpass-compare/1"));
}

#[test]
fn a_delta_is_written_that_passes_and_folds_back() {
    let dir = two_uploads();
    let run = |arguments: &[&str]| run(dir.path(), arguments, b"");
    let instant = ["--as-of", "2026-11-20T07:30:00Z"];
    let (status, text) =
        run(&[&["compare", "old", "new", "--delta", "d.zip"], &instant[..]].concat());
    assert_eq!(status, Some(0), "{text}");
    assert!(text.ends_with("Delta written to d.zip\n"), "{text}");
    let (status, text) = run(&["check", "d.zip"]);
    assert_eq!(status, Some(0), "{text}");
    let (status, text) = run(&["compare", "old", "d.zip", "--fold", "folded"]);
    assert_eq!(status, Some(0), "{text}");
    assert!(
        text.starts_with("This delta import would delete 1 of 10 orgs"),
        "{text}"
    );
    let (_, text) = run(&["compare", "folded", "new"]);
    assert!(text.contains("orgs.csv stays as before."), "{text}");
    run(&[&["compare", "old", "new", "--delta", "d"], &instant[..]].concat());
    let delta = read(&dir, "d/orgs.csv");
    let rows: Vec<&str> = delta.lines().skip(1).collect();
    assert_eq!(
        rows,
        [
            "o9,active,2026-11-20T07:30:00Z,=Hill,school,,",
            "o0,tobedeleted,2026-11-20T07:30:00Z,Hill 0,school,,"
        ]
    );

    // What is there is not written over, and what makes no sense is refused.
    for arguments in [
        &["compare", "old", "new", "--delta", "d.zip"][..],
        &["compare", "old", "new", "--delta", "new", "--force"],
        &["compare", "old", "d.zip", "--delta", "e.zip"],
        &[
            "compare", "old", "new", "--delta", "e.zip", "--out", "./e.zip",
        ],
        &["compare", "old", "new", "--fold", "e.zip"],
        &["compare", "-", "-"],
        &["compare", "old", "new", "--as-of", "soon"],
        &["compare", "old", "nowhere"],
    ] {
        let (status, text) = run(arguments);
        assert_eq!(status, Some(2), "{arguments:?}: {text}");
        assert!(
            text.starts_with("hallpass: ") || text.contains("\nhallpass: "),
            "{text}"
        );
    }
    assert!(!dir.path().join("e.zip").exists());
    // The report is as good without a bundle.
    let (_, text) = run(&["compare", "old", "new", "--fold", "e.zip"]);
    assert!(text.contains("This bulk import would"), "{text}");
}

#[test]
fn what_cannot_be_compared_is_no_success() {
    let dir = two_uploads();
    write(&dir, "colors.csv", "color,shade\nred,dark\n");
    write(&dir, "broken.zip", "PK\u{3}\u{4} and nothing else");
    let (status, text) = run(dir.path(), &["compare", "old", "colors.csv"], b"");
    assert_eq!(status, Some(2));
    assert!(text.starts_with("NEW is of no known format"), "{text}");
    let (status, text) = run(dir.path(), &["compare", "old", "broken.zip"], b"");
    assert_eq!(status, Some(2));
    assert!(text.starts_with("hallpass: `broken.zip` of NEW "), "{text}");
    write(&dir, "empty.csv", "");
    let (status, text) = run(dir.path(), &["compare", "empty.csv", "new"], b"");
    assert_eq!(status, Some(2));
    assert!(text.starts_with("OLD is empty; expected"), "{text}");
}

#[test]
fn who_receives_the_files_may_let_less_pass() {
    let dir = two_uploads();
    let compare = |more: &[&str]| {
        let arguments = [&["compare", "old", "new", "--fail-on", "warning"], more].concat();
        run(dir.path(), &arguments, b"")
    };
    let (status, text) = compare(&["--profile", "canvas", "--threshold", "5"]);
    assert_eq!(status, Some(1), "{text}");
    assert!(text.contains("Canvas: change_threshold"), "{text}");
    assert!(text.contains("https://canvas.instructure.com/"), "{text}");
    // What the user says goes before.
    let (status, text) = compare(&["--profile", "canvas", "--threshold", "10"]);
    assert_eq!(status, Some(0), "{text}");
    for wrong in ["nobody", "importer"] {
        let (status, text) = compare(&["--profile", wrong]);
        assert_eq!(status, Some(2), "{text}");
        assert!(text.starts_with("hallpass: "), "{text}");
    }
}

#[test]
fn what_a_file_of_ones_own_layout_lacks_is_told_as_removed() {
    let dir = tempdir().unwrap();
    for folder in ["mine", "old", "new"] {
        fs::create_dir(dir.path().join(folder)).unwrap();
    }
    write(
        &dir,
        "mine/layout.csv",
        "file,field,type,required,key\nroster.csv,id,identifier,yes,unique\nroster.csv,name,string,yes,\n",
    );
    write(&dir, "old/roster.csv", "id,name\n1,Ana\n2,Ben\n3,Cai\n");
    write(&dir, "new/roster.csv", "id,name\n1,Ana\n");
    let compare = ["compare", "--layout", "mine", "old", "new"];
    let (_, text) = run(dir.path(), &compare, b"");
    let told = "This bulk import would archive 2 of 3 records (66.7 %), add 0 and change 0.";
    assert!(text.starts_with(told), "{text}");
    assert!(text.contains("(large-removal)"), "{text}");
    assert!(text.contains("your own layout, bulk,"), "{text}");
}
