//! Names of files inside folders and archives: always relative, parts divided by `/`.
//! Says which are safe, which no person put there, and which folder wraps them
//! all. Never touches the file system.

/// Whether a system or an office program, not a person, put the file there: macOS resource forks and
/// folder settings, Windows thumbnails and folder settings, the lock file of an open document. Such
/// files are left out, silently.
pub fn is_litter(name: &str) -> bool {
    let base = name.rsplit('/').next().unwrap_or(name);
    name.split('/').any(|part| part == "__MACOSX")
        || ["._", "~$", ".~lock."]
            .iter()
            .any(|start| base.starts_with(start))
        || base == "Icon\r"
        || [".DS_Store", "Thumbs.db", "desktop.ini"]
            .iter()
            .any(|x| base.eq_ignore_ascii_case(x))
}

/// The folder that wraps all files but litter, without its last `/`: `export/june` for
/// `export/june/users.csv` and `export/june/orgs.csv`. `None` if they have none in common.
pub fn wrapping_folder<'a>(names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let mut folders = names
        .into_iter()
        .filter(|name| !is_litter(name))
        .map(|name| name.rsplit_once('/').map_or("", |(folder, _)| folder));
    let first = folders.next()?;
    let common = folders.fold(first, |common, folder| {
        let mut end = 0;
        for (a, b) in common.split('/').zip(folder.split('/')) {
            if a != b {
                break;
            }
            end += a.len() + 1;
        }
        common.get(..end.saturating_sub(1)).unwrap_or_default()
    });
    (!common.is_empty()).then_some(common)
}

/// `name` inside the wrapping folder: `users.csv` for `export/users.csv` in `export`.
/// The name as it is if it is not in that folder.
pub fn without_folder<'a>(name: &'a str, folder: &str) -> &'a str {
    name.strip_prefix(folder)
        .and_then(|rest| rest.strip_prefix('/'))
        .unwrap_or(name)
}

/// A name as it may be used: `\` becomes `/` (some Windows tools write it), `.` and empty parts go.
/// A last `/` (a folder) stays.
///
/// # Errors
/// Why it must not be used: it would lead outside the folder it is unpacked to, or is not a name.
/// Goes on from the name: "leads out of …".
pub fn safe_name(name: &str) -> Result<String, &'static str> {
    let name = name.replace('\\', "/");
    let drive = matches!(name.as_bytes(), [letter, b':', ..] if letter.is_ascii_alphabetic());
    if name.contains('\0') {
        return Err("has a NUL character in its name");
    }
    if name.starts_with('/') || drive {
        return Err("is an absolute path, which would be written outside the folder it belongs to");
    }
    let parts: Vec<&str> = name
        .split('/')
        .filter(|part| !matches!(*part, "" | "."))
        .collect();
    if parts.contains(&"..") {
        return Err("leads out of its folder (`..`)");
    }
    if parts.is_empty() {
        return Err("is not a file name");
    }
    Ok(parts.join("/") + if name.ends_with('/') { "/" } else { "" })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn litter_is_told_from_files() {
        for name in [
            "__MACOSX/._users.csv",
            "a/.DS_Store",
            "THUMBS.DB",
            "x/desktop.ini",
            "a/._b",
            ".~lock.users.csv#",
            "~$users.xlsx",
            "Icon\r",
        ] {
            assert!(is_litter(name), "{name}");
        }
        for name in ["users.csv", "a/b.csv", "DS_Store", "_.csv", ".hidden"] {
            assert!(!is_litter(name), "{name}");
        }
    }

    #[test]
    fn the_wrapping_folder_is_the_longest_common_one() {
        let cases: &[(&[&str], Option<&str>)] = &[
            (&["a/x.csv", "a/y.csv"], Some("a")),
            (
                &["a/b/x.csv", "a/b/y.csv", "__MACOSX/a/._x.csv"],
                Some("a/b"),
            ),
            (&["a/b/x.csv", "a/y.csv"], Some("a")),
            (&["a/b/x.csv", "a/bc/y.csv"], Some("a")),
            (&["ab/x.csv", "a/y.csv"], None),
            (&["a/x.csv", "y.csv"], None),
            (&["x.csv"], None),
            (&["é/x.csv", "è/x.csv"], None),
            (&[], None),
        ];
        for (names, folder) in cases {
            assert_eq!(wrapping_folder(names.iter().copied()), *folder, "{names:?}");
        }
        assert_eq!(without_folder("a/b/x.csv", "a/b"), "x.csv");
        assert_eq!(without_folder("ab/x.csv", "a"), "ab/x.csv");
    }

    #[test]
    fn only_safe_names_pass() {
        for (name, safe) in [
            ("a\\b.csv", "a/b.csv"),
            ("./a//b/", "a/b/"),
            ("..a/b..", "..a/b.."),
            ("é.csv", "é.csv"),
        ] {
            assert_eq!(safe_name(name).unwrap(), safe);
        }
        let bad = [
            "",
            "/",
            ".",
            "/x",
            "\\x",
            "\\\\host\\x",
            "C:\\x",
            "c:x",
            "../x",
            "a/../b",
            "a\\..\\b",
            "a/..",
            "a\0b",
        ];
        for name in bad {
            assert!(safe_name(name).is_err(), "{name:?}");
        }
    }
}
