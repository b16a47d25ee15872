//! `hallpass fix`: a repaired copy, and beside it the log of all changes.

use std::process::ExitCode;

use hallpass::records::{Dialect, Reader};
use hallpass::report::{Outcome, text, words};
use hallpass::session::{Include, Task};
use hallpass::source::print::say;
use hallpass::source::save::Existing;
use hallpass::{Error, Result, formats};

use super::arguments::{FailOn, Fix};
use super::check::status;
use super::drive::session;
use super::outputs::{LEFT, Outputs};
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
    let (mut session, sources) = session(input, 10)?;
    let existing = Existing::with_force(arguments.force);
    let outputs = Outputs::new(out, "changes", existing, &sources, input)?;
    threads::check(&mut session, &sources)?;

    // The label record is no change.
    let (mut records, mut rows) = (0, Reader::new(Dialect::CSV, None, 0..u64::MAX));
    let include = arguments.include.map_or(Include::Safe, |_| Include::Review);
    let only = only.clone();
    let task = Task::Fix { include, only };
    let written = outputs.write(&mut session, &sources, task, &mut |log| {
        rows.push(log, &mut |batch| records += batch.len());
    })?;

    let changes = words::plural(records.saturating_sub(1) as u64, "change");
    let (shown, log) = (out.display(), written.log.display());
    say(&format!("{changes} written to {shown}; the log is {log}\n"))?;
    if session.report()?.outcome != Outcome::Complete {
        eprintln!("hallpass: not everything could be checked, so not everything was repaired");
    }
    let left = written.check(input)?;
    say(&format!(
        "Of the repaired copy: {}",
        text::brief(&left, LEFT)
    ))?;
    Ok(status(&left, FailOn::Error))
}
