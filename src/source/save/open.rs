//! Outputs that are not whole yet, so that they go even where a run ends at once.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

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
    /// Makes an output and notes where it is; nothing is removed between one and the other.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn make<T>(
        make: impl FnOnce() -> io::Result<T>,
        path: impl FnOnce(&T) -> &Path,
    ) -> io::Result<(T, Open)> {
        let mut all = ALL.lock().unwrap_or_else(PoisonError::into_inner);
        let made = make()?;
        let open = Open(path(&made).to_owned());
        all.push(open.0.clone());
        Ok((made, open))
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        if let Ok(mut all) = ALL.lock() {
            all.retain(|path| *path != self.0);
        }
    }
}
