//! Outputs that are not whole yet, so that they go even where a run ends at once.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

static ALL: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// Removes all of them, for a run that ends before they are dropped. What is whole stays.
pub fn remove_all() {
    let all = ALL.lock().map(|mut all| std::mem::take(&mut *all));
    for path in all.unwrap_or_default() {
        // What cannot be removed stays: there is nobody left to tell.
        let _ = match path.is_dir() {
            true => fs::remove_dir_all(path),
            false => fs::remove_file(path),
        };
    }
}

/// An output that is not whole yet, until this is dropped.
#[derive(Debug)]
pub(super) struct Open(PathBuf);

impl Open {
    pub fn note(path: &Path) -> Open {
        if let Ok(mut all) = ALL.lock() {
            all.push(path.to_owned());
        }
        Open(path.to_owned())
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        if let Ok(mut all) = ALL.lock() {
            all.retain(|path| *path != self.0);
        }
    }
}
