//! `hallpass check`: the report, and what it means as an exit status.

use std::path::PathBuf;
use std::process::ExitCode;

use hallpass::Result;
use hallpass::report::{Outcome, Report};
use hallpass::session::{Piece, Print, Task};
use hallpass::source::path::Source;
use hallpass::source::print::{Listener, print};
use hallpass::source::save::{Existing, Save};

use super::arguments::{Check, FailOn, Form};
use super::drive::{drive, session};
use super::{own, threads};

/// Checks, and writes the report.
///
/// # Errors
/// A file cannot be read or the report cannot be written.
pub fn check(arguments: &Check) -> Result<ExitCode> {
    let (mut session, sources) = session(&arguments.input, arguments.samples)?;
    // Whether there is room for the report is better known before the work than behind it.
    let save = arguments
        .out
        .as_deref()
        .filter(|out| out.as_os_str() != "-");
    let save = save.map(|out| {
        let save = Save::file(out, Existing::with_force(arguments.force))?;
        let tables = own::tables(&arguments.input.layout);
        let tables = tables.iter().map(PathBuf::as_path);
        save.sparing(sources.iter().filter_map(Source::path).chain(tables))
    });
    let save = save.transpose()?;
    threads::check(&mut session, &sources)?;
    let status = status(&session.report()?, arguments.fail_on);
    let task = Task::Print(match arguments.report {
        Form::Text => Print::Text,
        Form::Json => Print::Json,
        Form::Csv => Print::Csv,
        Form::Html => Print::Html,
        Form::Sarif => Print::Sarif,
    });
    match save {
        Some(mut save) => {
            drive(&mut session, &sources, task, &mut |piece| {
                match piece {
                    Piece::File(name) => save.start(&name),
                    Piece::Bytes(bytes) => save.write(&bytes),
                    Piece::Log(_) => Ok(()),
                }?;
                Ok(Listener::There)
            })?;
            save.finish_member()?;
            save.finish()?;
        }
        None => {
            drive(&mut session, &sources, task, &mut |piece| match piece {
                Piece::Bytes(bytes) => print(&bytes),
                Piece::File(_) | Piece::Log(_) => Ok(Listener::There),
            })?;
        }
    }
    Ok(status)
}

/// What a report means as an exit status.
pub fn status(report: &Report, fail_on: FailOn) -> ExitCode {
    let totals = report.totals;
    let bad = totals.error > 0 || fail_on == FailOn::Warning && totals.warning > 0;
    match (report.outcome, bad) {
        (Outcome::Partial | Outcome::Failed, _) => ExitCode::from(2),
        (Outcome::Complete, true) => ExitCode::from(1),
        (Outcome::Complete, false) => ExitCode::SUCCESS,
    }
}
