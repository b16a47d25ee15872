//! What an output finds where it is to go: files that are read or to be kept, a folder in the way.

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// What files end in: as a name it would hide what is written.
const ENDINGS: [&str; 5] = [".csv", ".json", ".tsv", ".txt", ".zip"];

/// Makes sure that a path has a name before its ending.
pub(super) fn is_name(path: &Path) -> Result<()> {
    let name = path.file_name().unwrap_or_default();
    let mut endings = ENDINGS.iter();
    match endings.any(|ending| name.eq_ignore_ascii_case(ending)) {
        true => Err(Error::path(
            path,
            "is an ending alone; give a name before it",
        )),
        false => Ok(()),
    }
}

/// The path without links and detours; none where nothing is there.
pub(super) fn real(path: &Path) -> Option<PathBuf> {
    fs::canonicalize(path).ok()
}

/// Makes sure that a path is none of those that are read.
pub(super) fn refuse(spared: &[PathBuf], path: &Path) -> Result<()> {
    match real(path).is_some_and(|real| spared.contains(&real)) {
        false => Ok(()),
        true => Err(Error::path(
            path,
            "is one of the files that are read; give the output another name",
        )),
    }
}

/// Makes sure, before anything is replaced, that a file can be put into a folder.
pub(super) fn has_room(folder: &Path, file: &Path) -> Result<()> {
    if file.is_dir() {
        return Err(Error::path(
            file,
            "is a folder; expected a file, or nothing",
        ));
    }
    let above = file.ancestors().skip(1);
    let mut above = above.take_while(|path| *path != folder);
    match above.find(|path| path.is_file()) {
        Some(path) => Err(Error::path(
            path,
            "is a file; expected a folder, or nothing",
        )),
        None => Ok(()),
    }
}

/// Something is there, and nobody said that it may go.
pub(super) fn exists(path: &Path) -> Error {
    Error::path(
        path,
        "exists already; choose another name, or add --force to replace it",
    )
}
