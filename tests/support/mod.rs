//! What tests at the outer boundary share: bundles in memory, and rule pages. Not every test uses
//! all of it.
#![allow(dead_code)]
#![allow(clippy::unwrap_used, clippy::expect_used)]

pub mod bundle;
pub mod compare;
pub mod page;
pub mod schema;

use std::path::{Path, PathBuf};

/// A path in the repository.
pub fn at_root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Whether expected texts are to be rewritten.
pub fn is_update() -> bool {
    std::env::var_os("UPDATE").is_some_and(|value| value == "1")
}

/// Compares a generated file with what stands in the repository; rewrites it with `UPDATE=1`.
pub fn assert_current(path: &str, expected: &str) {
    let at = at_root(path);
    if is_update() {
        std::fs::write(&at, expected).unwrap();
        return;
    }
    let found = std::fs::read_to_string(&at).unwrap_or_default();
    assert!(
        found == expected,
        "{path} is out of date; run `UPDATE=1 cargo test` and look at what changes"
    );
}

/// All files below a folder that end so.
pub fn files_below(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_below(&path, ending));
        } else if path.to_string_lossy().ends_with(ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}
