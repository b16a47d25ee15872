//! A copy of the files and the log beside it, as `fix` and `convert` write them: nothing that is
//! read is written over, and outputs are there when they are whole.

use std::path::{Path, PathBuf};

use hallpass::report::Report;
use hallpass::session::{Piece, Session, Task};
use hallpass::source::path::Source;
use hallpass::source::print::Listener;
use hallpass::source::save::{Existing, Save};
use hallpass::{Error, Result, formats};

use super::arguments::Input;
use super::drive::{drive, session_of};
use super::{interrupt, own, threads};

/// Groups of what remains in a copy that are told; a check of it tells all.
pub const LEFT: usize = 5;

/// Where a copy and its log go.
pub struct Outputs<'a> {
    out: &'a Path,
    log_path: PathBuf,
    save: Save,
    log: Save,
}

/// A copy that is written.
pub struct Copied<'a> {
    out: &'a Path,
    /// Its files.
    names: Vec<String>,
    /// Where its log is.
    pub log: PathBuf,
}

impl<'a> Outputs<'a> {
    /// Makes sure that there is room for both before any work is done. `what` the log is of is part
    /// of its name.
    ///
    /// # Errors
    /// Something is there already and `force` does not say that it may go, or it is a file that is
    /// read.
    pub fn new(
        out: &'a Path,
        what: &str,
        existing: Existing,
        sources: &[Source],
        input: &Input,
    ) -> Result<Outputs<'a>> {
        let log_path = log_path(out, what)?;
        let tables = own::tables(&input.layout);
        let read = || {
            let tables = tables.iter().map(PathBuf::as_path);
            let map = input.columns.as_deref();
            sources
                .iter()
                .filter_map(Source::path)
                .chain(tables)
                .chain(map)
        };
        let save = Save::new(out, existing)?.sparing(read())?;
        let log = Save::new(&log_path, existing)?.sparing(read())?;
        Ok(Outputs {
            out,
            log_path,
            save,
            log,
        })
    }

    /// Has it spare files that are read beside the sources.
    ///
    /// # Errors
    /// An output would take the place of one of them.
    pub fn sparing(mut self, files: &[PathBuf]) -> Result<Outputs<'a>> {
        let files = || files.iter().map(PathBuf::as_path);
        self.save = self.save.sparing(files())?;
        self.log = self.log.sparing(files())?;
        Ok(self)
    }

    /// Does the task and writes what it gives. `logged` is shown each piece of the log.
    ///
    /// # Errors
    /// A file cannot be read or written.
    pub fn write(
        mut self,
        session: &mut Session,
        sources: &[Source],
        task: Task,
        logged: &mut dyn FnMut(&[u8]),
    ) -> Result<Copied<'a>> {
        let (save, log) = (&mut self.save, &mut self.log);
        log.start("log.csv")?;
        let mut names: Vec<String> = Vec::new();
        drive(session, sources, task, &mut |piece| {
            match piece {
                Piece::File(name) => {
                    if !names.is_empty() {
                        save.finish_member()?;
                    }
                    save.start(&name)?;
                    names.push(name);
                }
                Piece::Bytes(bytes) => save.write(&bytes)?,
                Piece::Log(bytes) => {
                    logged(&bytes);
                    log.write(&bytes)?;
                }
            }
            Ok(Listener::There)
        })?;
        if !names.is_empty() {
            save.finish_member()?;
        }
        self.save.finish()?;
        self.log.finish_member()?;
        self.log.finish()?;
        interrupt::written();
        Ok(Copied {
            out: self.out,
            names,
            log: self.log_path,
        })
    }
}

impl Copied<'_> {
    /// What a check says of the copy: nobody should have to take its word that it is ready.
    ///
    /// # Errors
    /// The copy cannot be read.
    pub fn check(&self, input: &Input) -> Result<Report> {
        let Copied { out, names, .. } = self;
        let copy = if out.is_dir() {
            let files = names
                .iter()
                .map(|name| Source::named(name, &out.join(name)));
            files.collect::<Result<Vec<Source>>>()?
        } else {
            let packed = out
                .extension()
                .is_some_and(|x| x.eq_ignore_ascii_case("zip"));
            let name = names.first().filter(|_| !packed);
            let own = out.file_name().unwrap_or(out.as_os_str());
            let own = own.to_string_lossy();
            let name = name.filter(|name| !is_free(input, name, &own));
            vec![Source::named(name.unwrap_or(&own.into_owned()), out)?]
        };
        let mut session = session_of(input, &copy, 1)?;
        threads::check(&mut session, &copy)?;
        session.report()
    }
}

/// Whether a file that the format calls `name` may be called `own` as well.
fn is_free(input: &Input, name: &str, own: &str) -> bool {
    let Some(format) = input.format.as_deref().and_then(formats::find) else {
        return false;
    };
    (format.layout)().is_ok_and(|layout| {
        let mut files = layout.of(format.id).files.into_iter();
        files.any(|file| file.usual_name() == name && file.is_called(own))
    })
}

/// The log stands beside the copy: `june.changes.csv` for `june.zip`, and for the folder `june`.
fn log_path(out: &Path, what: &str) -> Result<PathBuf> {
    // `.` has a name only once it is resolved.
    let real = match out.file_name() {
        Some(_) => out.to_path_buf(),
        None => std::fs::canonicalize(out).unwrap_or_default(),
    };
    let name = if real.is_dir() {
        real.file_name()
    } else {
        real.file_stem()
    };
    match name {
        Some(name) if name != "-" => {
            Ok(real.with_file_name(format!("{}.{what}.csv", name.to_string_lossy())))
        }
        _ => Err(Error::usage(format!(
            "`{}` is no name for an output; give a zip, a folder or a file",
            out.display()
        ))),
    }
}
