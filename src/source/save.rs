//! Native outputs: a file, a zip or a folder, written beside the place asked for and renamed when
//! whole, so that nobody ever finds half a file. Overwrites nothing unless told to.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::{NamedTempFile, TempDir};

use open::Open;
pub use open::remove_all;
use room::{exists, has_room, is_name, real, refuse};

use super::safe_name;
use super::zip::Pack;
use crate::error::{Error, Result};

/// What to do about what is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    /// Leave it and say so.
    Keep,
    /// Replace files of the same name (`--force`). Other files of a folder stay.
    Replace,
}

impl Existing {
    /// What `--force`, given or not, says.
    pub fn with_force(force: bool) -> Self {
        if force {
            Existing::Replace
        } else {
            Existing::Keep
        }
    }
}

/// An output that is being written: for each member `start`, `write`, `finish_member`, then
/// `finish`. Dropped before that, it leaves nothing behind.
#[derive(Debug)]
pub struct Save {
    path: PathBuf,
    existing: Existing,
    kind: Kind,
    /// Files that are never written over.
    spared: Vec<PathBuf>,
    open: Open,
}

#[derive(Debug)]
enum Kind {
    File {
        file: NamedTempFile,
        members: usize,
    },
    Zip {
        file: NamedTempFile,
        pack: Box<Pack>,
    },
    Folder {
        dir: TempDir,
        names: Vec<String>,
        open: Option<File>,
    },
}

impl Save {
    /// Begins an output at `path`: `….zip` is a zip, a name without an extension or a folder that is
    /// there is a folder, anything else is one file.
    ///
    /// # Errors
    /// It exists and is to be kept (an empty folder may be filled), or the folder it would be in
    /// cannot be written to.
    pub fn new(path: &Path, existing: Existing) -> Result<Self> {
        let is_folder = path.is_dir() || path.extension().is_none();
        Save::begin(path, existing, is_folder)
    }

    /// Begins an output that is one file, whatever its name; `….zip` is a zip that holds it.
    ///
    /// # Errors
    /// As those of [`Save::new`], or it is a folder.
    pub fn file(path: &Path, existing: Existing) -> Result<Self> {
        if path.is_dir() {
            return Err(Error::path(
                path,
                "is a folder; expected the name of a file",
            ));
        }
        Save::begin(path, existing, false)
    }

    fn begin(path: &Path, existing: Existing, is_folder: bool) -> Result<Self> {
        let is_dir = path.is_dir();
        let empty = || fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_none());
        let there = if is_dir {
            !empty()
        } else {
            fs::symlink_metadata(path).is_ok()
        };
        if there && existing == Existing::Keep {
            return Err(exists(path));
        }
        if !is_dir {
            is_name(path)?;
        }
        // A device, a pipe or a link would be replaced, not written to.
        if there && !is_dir && !fs::symlink_metadata(path).is_ok_and(|meta| meta.is_file()) {
            return Err(Error::path(
                path,
                "is no ordinary file; give another name, or leave the option out for standard output",
            ));
        }
        let beside = match path.parent() {
            _ if is_dir => path,
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        if !beside.is_dir() {
            let what = format!(
                "cannot be written, because there is no folder `{}`",
                beside.display()
            );
            return Err(Error::path(path, what));
        }
        let extension = path.extension().map(|x| x.to_ascii_lowercase());
        let make = || {
            if is_folder {
                let dir = temporary(0o777).tempdir_in(beside)?;
                return Ok(Kind::Folder {
                    dir,
                    names: Vec::new(),
                    open: None,
                });
            }
            let file = temporary(0o666).tempfile_in(beside)?;
            Ok(match extension {
                Some(zip) if zip == "zip" => Kind::Zip {
                    file,
                    pack: Box::new(Pack::new()),
                },
                _ => Kind::File { file, members: 0 },
            })
        };
        let made = Open::make(make, |kind| match kind {
            Kind::File { file, .. } | Kind::Zip { file, .. } => file.path(),
            Kind::Folder { dir, .. } => dir.path(),
        });
        // The error itself names the temporary file, which is no name that anyone gave.
        let (kind, open) = made.map_err(|e| Error::file(path, "written", e.kind().into()))?;
        Ok(Save {
            open,
            path: path.into(),
            existing,
            kind,
            spared: Vec::new(),
        })
    }

    /// Never writes over these files, even where others are replaced: they are what is read.
    ///
    /// # Errors
    /// The output is one of them.
    pub fn sparing<'a>(mut self, files: impl IntoIterator<Item = &'a Path>) -> Result<Self> {
        self.spared.extend(files.into_iter().filter_map(real));
        refuse(&self.spared, &self.path)?;
        Ok(self)
    }

    /// Begins a member; a relative name, parts divided by `/`. One file takes one member, whatever
    /// its name.
    ///
    /// # Errors
    /// The name is not safe or there already, one file is asked to hold two, or the system refuses.
    pub fn start(&mut self, name: &str) -> Result<()> {
        match &mut self.kind {
            Kind::Zip { pack, .. } => pack.start(name),
            Kind::File { members, .. } => {
                *members += 1;
                if *members == 1 {
                    Ok(())
                } else {
                    Err(self.one_file())
                }
            }
            Kind::Folder { dir, names, open } => {
                let name = safe_name(name).map_err(|why| Error::path(name, why))?;
                let to = self.path.join(&name);
                refuse(&self.spared, &to)?;
                has_room(&self.path, &to)?;
                let path = dir.path().join(&name);
                let file = folders_above(&path).and_then(|()| File::create_new(&path));
                *open = Some(file.map_err(|e| Error::file(&name, "created", e))?);
                names.push(name);
                Ok(())
            }
        }
    }

    /// Adds bytes to the member.
    ///
    /// # Errors
    /// The system refuses (disk full), or, a bug, no member was started.
    pub fn write(&mut self, bytes: &[u8]) -> Result<()> {
        let written = match &mut self.kind {
            Kind::Zip { file, pack } => {
                pack.write(bytes)?;
                file.as_file_mut().write_all(&pack.take())
            }
            Kind::File { file, members: 1 } => file.as_file_mut().write_all(bytes),
            Kind::Folder {
                open: Some(file), ..
            } => file.write_all(bytes),
            _ => return Err(Error::bug("an output was written in the wrong order")),
        };
        written.map_err(|e| self.failed(e))
    }

    /// Ends the member.
    ///
    /// # Errors
    /// The system refuses, or, a bug, no member was started.
    pub fn finish_member(&mut self) -> Result<()> {
        self.write(&[])?;
        match &mut self.kind {
            Kind::Zip { pack, .. } => pack.finish_member(),
            Kind::File { .. } => Ok(()),
            Kind::Folder { open, .. } => match open.take() {
                Some(file) => file.sync_all().map_err(|e| self.failed(e)),
                None => Ok(()),
            },
        }
    }

    /// Puts the whole output where it was asked for.
    ///
    /// # Errors
    /// The system refuses, or something came to be there in the meantime and is to be kept.
    pub fn finish(mut self) -> Result<()> {
        if let Kind::Zip { file, pack } = &mut self.kind {
            pack.finish()?;
            file.as_file_mut()
                .write_all(&pack.take())
                .map_err(|e| Error::file(&self.path, "written", e))?;
        }
        let Save {
            path,
            existing,
            kind,
            open,
            ..
        } = self;
        let failed = |path: &Path, e: io::Error| match e.kind() {
            io::ErrorKind::AlreadyExists => exists(path),
            _ => Error::file(path, "written", e),
        };
        let done = match kind {
            Kind::Zip { file, .. } | Kind::File { file, .. } => {
                rename(file, &path, existing).map_err(|e| failed(&path, e))
            }
            Kind::Folder { dir, names, .. } if path.is_dir() => names.iter().try_for_each(|name| {
                let to = path.join(name);
                move_in(&dir.path().join(name), &to, existing).map_err(|e| failed(&to, e))
            }),
            Kind::Folder { dir, .. } => fs::rename(dir.path(), &path).map_err(|e| failed(&path, e)),
        };
        drop(open);
        done
    }

    fn failed(&self, cause: io::Error) -> Error {
        Error::file(&self.path, "written", cause)
    }

    fn one_file(&self) -> Error {
        Error::path(
            &self.path,
            "is one file, but there are several to write; give a folder or a name that ends in .zip",
        )
    }
}

/// Names that begin with a dot, and the permissions any new file or folder would get: `mode`
/// without what the user's umask takes away.
fn temporary<'a>(mode: u32) -> tempfile::Builder<'a, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".hallpass-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(mode));
    #[cfg(not(unix))]
    let _ = mode;
    builder
}

fn folders_above(path: &Path) -> io::Result<()> {
    path.parent().map_or(Ok(()), fs::create_dir_all)
}

fn rename(file: NamedTempFile, path: &Path, existing: Existing) -> io::Result<()> {
    file.as_file().sync_all()?;
    let done = match existing {
        Existing::Keep => file.persist_noclobber(path),
        Existing::Replace => file.persist(path),
    };
    done.map(drop).map_err(|e| e.error)
}

fn move_in(from: &Path, to: &Path, existing: Existing) -> io::Result<()> {
    if existing == Existing::Keep && fs::symlink_metadata(to).is_ok() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    folders_above(to)?;
    fs::rename(from, to)
}

mod open;
mod room;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
