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
