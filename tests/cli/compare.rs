//! What `compare` says, writes and refuses.

use std::fs;

use tempfile::{TempDir, tempdir};

use super::{read, run, write};

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

#[test]
fn files_of_one_kind_are_compared_as_one() {
    let dir = tempdir().unwrap();
    for folder in ["mine", "old", "new"] {
        fs::create_dir(dir.path().join(folder)).unwrap();
    }
    let layout = "file,field,type,required\nroster.csv,id,identifier,yes\nroster.csv,term,string,yes\nroster.csv,mark,string,\n";
    write(&dir, "mine/layout.csv", layout);
    write(&dir, "mine/files.csv", "file,name\nroster.csv,many\n");
    write(&dir, "old/hill.csv", "id,term,mark\n1,a,A\n2,a,B\n");
    write(&dir, "old/lake.csv", "id,term,mark\n3,a,C\n");
    write(&dir, "new/lake.csv", "id,term,mark\n3,a,C\n2,a,A\n");
    write(&dir, "new/park.csv", "mark,term,id\nA,a,1\nD,a,4\n");
    let compare = ["compare", "--layout", "mine", "old", "new"];
    let table = [&compare[..], &["--report", "csv"]].concat();
    let (_, text) = run(dir.path(), &compare, b"");
    let told = "This bulk import would archive 1 of 3 records (33.3 %), add 2 and change 0.";
    assert!(text.starts_with(told), "{text}");
    assert!(
        text.contains("The 2 files of NEW from lake.csv to park.csv"),
        "{text}"
    );
    let (_, csv) = run(dir.path(), &table, b"");
    assert_eq!(
        csv,
        "what,file,key,school,field,old,new\r\nremoved,roster.csv,\"hill.csv, line 3\",,,,\r\n\
         added,roster.csv,\"lake.csv, line 3\",,,,\r\nadded,roster.csv,\"park.csv, line 3\",,,,\r\n"
    );

    // One file may have a key of several fields, by which its records are the same.
    write(
        &dir,
        "mine/files.csv",
        "file,name,keys\nroster.csv,any,id+term\n",
    );
    for (side, other) in [("old", "hill.csv"), ("new", "park.csv")] {
        fs::remove_file(dir.path().join(side).join(other)).unwrap();
    }
    write(&dir, "old/lake.csv", "id,term,mark\n2,a,C\n2,b,C\n");
    let (_, csv) = run(dir.path(), &table, b"");
    assert_eq!(
        csv,
        "what,file,key,school,field,old,new\r\nremoved,roster.csv,2 b,,,,\r\n\
         added,roster.csv,3 a,,,,\r\nchanged,roster.csv,2 a,,mark,C,A\r\n"
    );
}
