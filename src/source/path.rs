//! Native sources: files, folders and standard input, named on the command line, read by range.
//! Never writes (see [`super::save`]) and never looks into a file: a zip is one source here, and
//! [`super::zip`] reads it like any other caller would.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::Want;
use crate::error::{Error, Result};

/// The most files that are opened together, folders counted file by file.
pub const MOST_FILES: usize = 10_000;
/// How deep folders are followed.
pub const DEEPEST: usize = 32;
/// Bytes read at once.
const PIECE: usize = 1 << 20;

/// A file that can be read by range. Its bytes are never held whole.
#[derive(Debug)]
pub struct Source {
    /// Its relative name, parts divided by `/`: `district/users.csv` for a file of the folder
    /// `district`, as a browser names the files of a dropped folder.
    pub name: String,
    /// Bytes.
    pub size: u64,
    at: At,
}

#[derive(Debug)]
enum At {
    /// Opened for every read, because there may be more files than a process may hold open.
    Path(PathBuf),
    /// Standard input or a pipe, copied to a temporary file that has no name.
    Copy(File),
}

/// Opens the paths of a command line: files, folders with all that is in them, `-` for standard
/// input. Files of folders come in the order of their names.
///
/// # Errors
/// A path is missing, not readable or given twice; two files have the same name; a folder holds more
/// than [`MOST_FILES`] files or is deeper than [`DEEPEST`].
pub fn open(paths: &[PathBuf]) -> Result<Vec<Source>> {
    let (mut sources, mut is_input) = (Vec::new(), false);
    for path in paths {
        if path.as_os_str() == "-" {
            if is_input {
                return Err(Error::usage("`-` is standard input; expected it once"));
            }
            is_input = true;
            sources.push(copy("standard input".into(), &mut io::stdin().lock())?);
            continue;
        }
        let meta = fs::metadata(path).map_err(|e| Error::file(path, "opened", e))?;
        let name = own_name(path);
        if meta.is_dir() {
            add_folder(path, &name, &mut BTreeSet::new(), &mut sources)?;
        } else if meta.is_file() {
            sources.push(Source {
                name,
                size: meta.len(),
                at: At::Path(path.clone()),
            });
        } else {
            let mut pipe = File::open(path).map_err(|e| Error::file(path, "opened", e))?;
            sources.push(copy(name, &mut pipe)?);
        }
    }
    let mut names = BTreeMap::new();
    for source in &sources {
        if names.insert(&source.name, ()).is_some() {
            return Err(Error::path(
                &source.name,
                "was given twice, or two files have this name; give each file once, or the folder that holds them",
            ));
        }
    }
    Ok(sources)
}

/// The name of a path itself: its last part, also for `.` and `..`.
fn own_name(path: &Path) -> String {
    let last = |path: &Path| {
        path.file_name()
            .map(|name| name.to_string_lossy().into_owned())
    };
    last(path)
        .or_else(|| last(&fs::canonicalize(path).ok()?))
        .unwrap_or_default()
}

/// Adds a folder's files, deeper ones included. `open` holds the folders on the way down, so that a
/// link back to one of them is not followed for ever.
fn add_folder(
    path: &Path,
    name: &str,
    open: &mut BTreeSet<PathBuf>,
    sources: &mut Vec<Source>,
) -> Result<()> {
    let failed = |e| Error::file(path, "read", e);
    let real = fs::canonicalize(path).map_err(failed)?;
    if open.len() == DEEPEST {
        return Err(Error::path(
            path,
            format!("is more than {DEEPEST} folders deep; give the folder that holds the files"),
        ));
    }
    if !open.insert(real.clone()) {
        return Ok(());
    }
    let mut entries = fs::read_dir(path)
        .map_err(failed)?
        .collect::<io::Result<Vec<_>>>()
        .map_err(failed)?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let (path, part) = (entry.path(), entry.file_name());
        let part = part.to_string_lossy();
        let name = if name.is_empty() {
            part.into_owned()
        } else {
            format!("{name}/{part}")
        };
        let meta = fs::metadata(&path).map_err(|e| Error::file(&path, "opened", e))?;
        if meta.is_dir() {
            add_folder(&path, &name, open, sources)?;
        } else if !meta.is_file() {
            return Err(Error::path(
                &path,
                "is not an ordinary file; give the files themselves",
            ));
        } else if sources.len() == MOST_FILES {
            return Err(Error::path(
                &path,
                format!(
                    "is one too many: at most {MOST_FILES} files are read together; give the folder that holds the files"
                ),
            ));
        } else {
            sources.push(Source {
                name,
                size: meta.len(),
                at: At::Path(path),
            });
        }
    }
    open.remove(&real);
    Ok(())
}

/// Copies what can only be read once to a temporary file, which the system deletes by itself.
fn copy(name: String, from: &mut dyn Read) -> Result<Source> {
    let failed = |e| Error::file(&name, "copied to a temporary file", e);
    let mut file = tempfile::tempfile().map_err(failed)?;
    let size = io::copy(from, &mut file).map_err(failed)?;
    Ok(Source {
        name,
        size,
        at: At::Copy(file),
    })
}

impl Source {
    /// The file at `path`, by another name.
    ///
    /// # Errors
    /// There is no such file.
    pub fn named(name: &str, path: &Path) -> Result<Source> {
        let meta = fs::metadata(path).map_err(|e| Error::file(path, "opened", e))?;
        Ok(Source {
            name: name.to_owned(),
            size: meta.len(),
            at: At::Path(path.to_owned()),
        })
    }

    /// Where it is; nowhere if it is standard input or a pipe, whose name says nothing.
    pub fn path(&self) -> Option<&Path> {
        match &self.at {
            At::Path(path) => Some(path),
            At::Copy(_) => None,
        }
    }

    /// Hands the bytes of a range on to `push` in pieces of at most 1 MiB, until it says `false`:
    /// enough.
    ///
    /// # Errors
    /// The file cannot be opened or read any more, or became shorter.
    pub fn read(&self, range: Want, push: &mut dyn FnMut(&[u8]) -> bool) -> Result<()> {
        let failed = |e| Error::file(&self.name, "read", e);
        let opened;
        let file = match &self.at {
            At::Copy(file) => file,
            At::Path(path) => {
                opened = File::open(path).map_err(|e| Error::file(path, "opened", e))?;
                &opened
            }
        };
        let mut at = range.start;
        let mut left = range.size();
        let mut piece = vec![0; PIECE.min(usize::try_from(left).unwrap_or(PIECE))];
        while left > 0 {
            let room = piece.len().min(usize::try_from(left).unwrap_or(PIECE));
            let count = match read_at(file, &mut piece[..room], at) {
                Ok(0) => {
                    return Err(Error::path(
                        &self.name,
                        "became shorter while it was read; try again",
                    ));
                }
                Ok(count) => count,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
                Err(e) => return Err(failed(e)),
            };
            left -= count as u64;
            at += count as u64;
            if !push(&piece[..count]) {
                break;
            }
        }
        Ok(())
    }
}

/// Reads at an offset, whatever other threads read of the file.
fn read_at(file: &File, piece: &mut [u8], at: u64) -> io::Result<usize> {
    #[cfg(unix)]
    return std::os::unix::fs::FileExt::read_at(file, piece, at);
    #[cfg(windows)]
    return std::os::windows::fs::FileExt::seek_read(file, piece, at);
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn names(sources: &[Source]) -> Vec<&str> {
        sources.iter().map(|source| source.name.as_str()).collect()
    }

    #[test]
    fn folders_are_read_with_their_own_name_in_order() {
        let dir = tempfile::tempdir().unwrap();
        let district = dir.path().join("district");
        fs::create_dir_all(district.join("more")).unwrap();
        for name in ["users.csv", "orgs.csv", "more/x.csv"] {
            fs::write(district.join(name), name).unwrap();
        }
        #[cfg(unix)]
        std::os::unix::fs::symlink(&district, district.join("more/loop")).unwrap();
        let sources = open(std::slice::from_ref(&district)).unwrap();
        assert_eq!(
            names(&sources),
            [
                "district/more/x.csv",
                "district/orgs.csv",
                "district/users.csv"
            ]
        );
        assert_eq!(
            names(&open(&[district.join("orgs.csv")]).unwrap()),
            ["orgs.csv"]
        );
        assert_eq!(
            names(&open(&[district.join("more/..")]).unwrap())[1],
            "district/orgs.csv"
        );
        let twice = open(&[district.join("orgs.csv"), district.join("orgs.csv")]).unwrap_err();
        assert!(
            twice.to_string().contains("`orgs.csv` was given twice"),
            "{twice}"
        );
        assert!(open(&[district.join("none.csv")]).is_err());
    }

    #[test]
    fn ranges_are_read_in_pieces_and_can_be_stopped() {
        let bytes: Vec<u8> = (0..2_500_000u32).map(|n| n as u8).collect();
        let source = copy("standard input".into(), &mut &bytes[..]).unwrap();
        let read = |start, end, most: usize| {
            let (mut got, mut pieces) = (Vec::new(), 0);
            let result = source.read(Want { start, end }, &mut |piece| {
                got.extend_from_slice(piece);
                pieces += 1;
                pieces < most
            });
            result.map(|()| got)
        };
        assert_eq!(source.size, 2_500_000);
        assert_eq!(read(7, 2_499_999, 99).unwrap(), bytes[7..2_499_999]);
        assert_eq!(read(0, 2_500_000, 1).unwrap().len(), PIECE);
        assert!(read(5, 5, 99).unwrap().is_empty());
        assert!(read(0, 2_500_001, 99).is_err());
    }
}
