//! `hallpass fix`: a repaired copy, and beside it the log of all changes.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use hallpass::records::{Dialect, Reader};
use hallpass::report::Outcome;
use hallpass::session::{Include, Piece, Task};
use hallpass::source::print::print;
use hallpass::source::save::{Existing, Save};
use hallpass::{Error, Result, formats};

use super::arguments::Fix;
use super::drive::{drive, session};
use super::threads;

/// Checks, and writes the copy and the log.
///
/// # Errors
/// A file cannot be read or written, or nothing is known about repairing it.
pub fn fix(arguments: &Fix) -> Result<ExitCode> {
    let Fix {
        input, out, only, ..
    } = arguments;
    let unknown = only.iter().find(|name| formats::rule(name).is_none());
    if let Some(name) = unknown {
        let text = format!("`{name}` is no rule; `hallpass rules` lists them");
        return Err(Error::usage(text));
    }
    let existing = Existing::with_force(arguments.force);
    let (mut session, sources) = session(input, 10)?;
    let log_path = log_path(out)?;
    let mut save = Save::new(out, existing)?;
    let mut log = Save::new(&log_path, existing)?;
    threads::check(&mut session, &sources)?;

    log.start("changes.csv")?;
    let mut open = false;
    // The label record is no change.
    let (mut records, mut rows) = (0, Reader::new(Dialect::CSV, None, 0..u64::MAX));
    let include = arguments.include.map_or(Include::Safe, |_| Include::Review);
    let only = only.clone();
    let task = Task::Fix { include, only };
    drive(&mut session, &sources, task, &mut |piece| match piece {
        Piece::File(name) => {
            if std::mem::replace(&mut open, true) {
                save.finish_member()?;
            }
            save.start(&name)
        }
        Piece::Bytes(bytes) => save.write(&bytes),
        Piece::Log(bytes) => {
            rows.push(&bytes, &mut |batch| records += batch.len());
            log.write(&bytes)
        }
    })?;
    if open {
        save.finish_member()?;
    }
    save.finish()?;
    log.finish_member()?;
    log.finish()?;

    let (out, log) = (out.display(), log_path.display());
    let changes = match records.saturating_sub(1) {
        1 => "1 change".to_owned(),
        n => format!("{n} changes"),
    };
    print(format!("{changes} written to {out}; the log is {log}\n").as_bytes())?;
    let whole = session.report()?.outcome == Outcome::Complete;
    if !whole {
        eprintln!("hallpass: not everything could be checked, so not everything was repaired");
    }
    Ok(ExitCode::from(if whole { 0 } else { 2 }))
}

/// The log stands beside the copy: `june.changes.csv` for `june.zip`, and for the folder `june`.
fn log_path(out: &Path) -> Result<PathBuf> {
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
            Ok(real.with_file_name(format!("{}.changes.csv", name.to_string_lossy())))
        }
        _ => Err(Error::usage(format!(
            "`{}` is no name for an output; give a zip, a folder or a file",
            out.display()
        ))),
    }
}
