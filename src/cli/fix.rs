//! `hallpass fix`: a repaired copy, and beside it the log of all changes.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use hallpass::records::{Dialect, Reader};
use hallpass::report::{Outcome, Report, words};
use hallpass::session::{Include, Piece, Task};
use hallpass::source::path::Source;
use hallpass::source::print::{Listener, print};
use hallpass::source::save::{Existing, Save};
use hallpass::{Error, Result, formats};

use super::arguments::{FailOn, Fix, Input};
use super::check::status;
use super::drive::{drive, session, session_of};
use super::{own, threads};

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
    let tables = own::tables(&input.layout);
    let read = || {
        let tables = tables.iter().map(PathBuf::as_path);
        sources.iter().filter_map(Source::path).chain(tables)
    };
    let mut save = Save::new(out, existing)?.sparing(read())?;
    let mut log = Save::new(&log_path, existing)?.sparing(read())?;
    threads::check(&mut session, &sources)?;

    log.start("changes.csv")?;
    let mut names: Vec<String> = Vec::new();
    // The label record is no change.
    let (mut records, mut rows) = (0, Reader::new(Dialect::CSV, None, 0..u64::MAX));
    let include = arguments.include.map_or(Include::Safe, |_| Include::Review);
    let only = only.clone();
    let task = Task::Fix { include, only };
    drive(&mut session, &sources, task, &mut |piece| {
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
                rows.push(&bytes, &mut |batch| records += batch.len());
                log.write(&bytes)?;
            }
        }
        Ok(Listener::There)
    })?;
    if !names.is_empty() {
        save.finish_member()?;
    }
    save.finish()?;
    log.finish_member()?;
    log.finish()?;

    let changes = words::plural(records.saturating_sub(1) as u64, "change");
    let (shown, log) = (out.display(), log_path.display());
    print(format!("{changes} written to {shown}; the log is {log}\n").as_bytes())?;
    if session.report()?.outcome != Outcome::Complete {
        eprintln!("hallpass: not everything could be checked, so not everything was repaired");
    }
    let left = checked_again(input, out, &names)?;
    let headline = words::headline(&left);
    print(format!("Of the repaired copy: {headline}\n").as_bytes())?;
    Ok(status(&left, FailOn::Error))
}

/// What a check says of the copy: nobody should have to take its word that it is ready.
fn checked_again(input: &Input, out: &Path, names: &[String]) -> Result<Report> {
    let copy = if out.is_dir() {
        let files = names
            .iter()
            .map(|name| Source::named(name, &out.join(name)));
        files.collect::<Result<Vec<Source>>>()?
    } else {
        let packed = out
            .extension()
            .is_some_and(|x| x.eq_ignore_ascii_case("zip"));
        let name = names.first().filter(|_| !packed).cloned();
        let name = name.unwrap_or_else(|| out.display().to_string());
        vec![Source::named(&name, out)?]
    };
    let mut session = session_of(input, &copy, 1)?;
    threads::check(&mut session, &copy)?;
    session.report()
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
