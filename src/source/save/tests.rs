use super::*;

fn save(path: &Path, existing: Existing, members: &[&str]) -> Result<()> {
    let mut save = Save::new(path, existing)?;
    for name in members {
        save.start(name)?;
        save.write(name.as_bytes())?;
        save.finish_member()?;
    }
    save.finish()
}

#[test]
fn outputs_appear_whole_and_replace_nothing_unasked() {
    let dir = tempfile::tempdir().unwrap();
    let cases: &[(&str, &[&str], &str)] = &[
        ("out", &["a/x.csv", "y.csv"], "out/a/x.csv"),
        ("out.zip", &["x.csv", "y.csv"], "out.zip"),
        ("out.csv", &["x.csv"], "out.csv"),
    ];
    for (path, members, there) in cases {
        let path = dir.path().join(path);
        save(&path, Existing::Keep, members).unwrap();
        assert!(dir.path().join(there).is_file(), "{there}");
        let again = save(&path, Existing::Keep, members).unwrap_err();
        assert!(again.to_string().contains("--force"), "{again}");
        save(&path, Existing::Replace, members).unwrap();
    }
    assert!(crate::source::zip::is_zip(
        &fs::read(dir.path().join("out.zip")).unwrap()
    ));
    assert_eq!(
        fs::read(dir.path().join("out/a/x.csv")).unwrap(),
        b"a/x.csv"
    );
    assert_eq!(
        fs::read_dir(dir.path()).unwrap().count(),
        3,
        "nothing else is left"
    );
}

#[test]
fn a_replaced_folder_keeps_its_other_files() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("letter.txt"), "mine").unwrap();
    save(dir.path(), Existing::Replace, &["x.csv"]).unwrap();
    assert_eq!(fs::read(dir.path().join("letter.txt")).unwrap(), b"mine");
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 2);
}

#[test]
fn what_is_read_is_never_written_over() {
    let dir = tempfile::tempdir().unwrap();
    let read = dir.path().join("x.csv");
    fs::write(&read, "mine").unwrap();
    let link = dir.path().join("folder/../x.csv");
    fs::create_dir(dir.path().join("folder")).unwrap();
    for out in [&read, &link, dir.path()] {
        let save = Save::new(out, Existing::Replace).unwrap().sparing([&*read]);
        let done = save.and_then(|mut save| save.start("x.csv"));
        assert!(
            done.unwrap_err().to_string().contains("another name"),
            "{out:?}"
        );
    }
    assert_eq!(fs::read(&read).unwrap(), b"mine");
}

#[test]
fn one_file_is_one_file_whatever_its_name() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("report");
    let mut save = Save::file(&path, Existing::Keep).unwrap();
    save.start("report.txt").unwrap();
    save.write(b"Ready").unwrap();
    save.finish_member().unwrap();
    save.finish().unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"Ready");
    let refused = Save::file(dir.path(), Existing::Replace).unwrap_err();
    assert!(refused.to_string().contains("is a folder"), "{refused}");
}

#[test]
fn what_fails_leaves_nothing_behind() {
    let dir = tempfile::tempdir().unwrap();
    assert!(save(&dir.path().join("out"), Existing::Keep, &["../x.csv"]).is_err());
    assert!(
        save(
            &dir.path().join("out.csv"),
            Existing::Keep,
            &["x.csv", "y.csv"]
        )
        .is_err()
    );
    assert!(
        save(
            &dir.path().join("no/such/out.csv"),
            Existing::Keep,
            &["x.csv"]
        )
        .is_err()
    );
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
}
