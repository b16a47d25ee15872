//! `hallpass compare`: what an import would change, and the bundles made of both.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use hallpass::compare::{Comparison, Options, Print, Side, Task, as_of, instant};
use hallpass::finding::Severity;
use hallpass::report::Outcome;
use hallpass::report::compare::Comparison as Report;
use hallpass::session::Piece;
use hallpass::source::path::{self, Source};
use hallpass::source::print::{Listener, print, say};
use hallpass::source::save::{Existing, Save};
use hallpass::{Error, Result, formats};

use super::arguments::{Compare, CompareForm, FailOn};
use super::drive::{run, today, unknown_format};
use super::own::{self, own_layout};

/// Compares, and writes the report and what else is asked for.
///
/// # Errors
/// A file cannot be read, or an output cannot be written.
pub fn compare(arguments: &Compare) -> Result<ExitCode> {
    let mut comparison = empty(arguments)?;
    let is_input = |path: &Path| path.as_os_str() == "-";
    if is_input(&arguments.old) && is_input(&arguments.new) {
        return Err(Error::usage("`-` is standard input; expected it once"));
    }
    let open = |path: &PathBuf| path::open(std::slice::from_ref(path));
    let (old, new) = (open(&arguments.old)?, open(&arguments.new)?);
    for (side, sources) in [(Side::Old, &old), (Side::New, &new)] {
        for source in sources {
            match source.path() {
                Some(_) => comparison.add(side, &source.name, source.size),
                None => comparison.add_unnamed(side, &source.name, source.size),
            }
        }
    }
    let sources: Vec<Source> = old.into_iter().chain(new).collect();
    // Whether there is room for the outputs is better known before the work than behind it.
    let existing = Existing::with_force(arguments.force);
    let tables = own::tables(&arguments.layout);
    let spare = |save: Save| {
        let tables = tables.iter().map(PathBuf::as_path);
        save.sparing(sources.iter().filter_map(Source::path).chain(tables))
    };
    let out = arguments.out.as_deref().filter(|out| !is_input(out));
    let out = out
        .map(|out| spare(Save::file(out, existing)?))
        .transpose()?;
    let bundle = match (&arguments.delta, &arguments.fold) {
        (Some(path), _) => Some((Task::Delta, path)),
        (None, Some(path)) => Some((Task::Fold, path)),
        (None, None) => None,
    };
    if let (Some(_), Some(out), Some((_, path))) = (&out, &arguments.out, &bundle)
        && std::path::absolute(out).ok() == std::path::absolute(path).ok()
    {
        let text = format!(
            "`{}` was given for two outputs; expected another name for one of them",
            out.display()
        );
        return Err(Error::usage(text));
    }
    let told = bundle.map(|(task, path)| said(task, path));
    let begun = |(task, path): (Task, &PathBuf)| -> Result<(Task, Save)> {
        Ok((task, spare(Save::new(path, existing)?)?))
    };
    let bundle = bundle.map(begun).transpose()?;

    comparison.begin(Task::Compare)?;
    run(&mut comparison, &sources, &mut |_| Ok(Listener::There))?;
    let report = comparison.report()?;
    // What was not compared makes no bundle, and the report says why. Where there is none for another
    // reason, the report is as good without it.
    let bundle = bundle.filter(|_| report.outcome != Outcome::Failed);
    let written = bundle.map(|(task, save)| write(&mut comparison, &sources, task, save));
    let task = Task::Print(match arguments.report {
        CompareForm::Text => Print::Text,
        CompareForm::Json => Print::Json,
        CompareForm::Csv => Print::Csv,
    });
    match out {
        Some(save) => write(&mut comparison, &sources, task, save)?,
        None => {
            comparison.begin(task)?;
            run(&mut comparison, &sources, &mut |piece| match piece {
                Piece::Bytes(bytes) => print(&bytes),
                Piece::File(_) | Piece::Log(_) => Ok(Listener::There),
            })?;
        }
    }
    let is_written = written.transpose()?.is_some();
    // A table, or JSON, has standard output for itself.
    let is_alone = arguments.out.is_some() || matches!(arguments.report, CompareForm::Text);
    if let Some(told) = told.filter(|_| is_written && is_alone) {
        say(&told)?;
    }
    Ok(status(&report, arguments.fail_on))
}

fn empty(arguments: &Compare) -> Result<Comparison> {
    let (day, instant) = match &arguments.as_of {
        None => {
            let day = today();
            (day, instant(day))
        }
        Some(text) => as_of(text).ok_or_else(|| {
            Error::usage(format!(
                "`{text}` is neither a date nor an instant; expected YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ"
            ))
        })?,
    };
    if let Some(id) = &arguments.format
        && formats::find(id).is_none()
    {
        return Err(unknown_format(id));
    }
    if let Some(id) = &arguments.profile {
        formats::find_profile(id)?;
    }
    let comparison = Comparison::new(Options {
        as_of: day,
        instant,
        format: arguments.format.clone(),
        samples: arguments.samples,
        threshold: arguments.threshold,
        profile: arguments.profile.clone(),
    });
    // Each side has tables of its own.
    let layouts = (
        own_layout(&arguments.layout)?,
        own_layout(&arguments.layout)?,
    );
    Ok(match layouts {
        (Some(old), Some(new)) => comparison.with_layouts(old, new),
        _ => comparison,
    })
}

/// Writes what a task gives.
fn write(
    comparison: &mut Comparison,
    sources: &[Source],
    task: Task,
    mut save: Save,
) -> Result<()> {
    comparison.begin(task)?;
    let mut begun = false;
    run(comparison, sources, &mut |piece| {
        match piece {
            Piece::File(name) => {
                if std::mem::replace(&mut begun, true) {
                    save.finish_member()?;
                }
                save.start(&name)?;
            }
            Piece::Bytes(bytes) => save.write(&bytes)?,
            Piece::Log(_) => {}
        }
        Ok(Listener::There)
    })?;
    if begun {
        save.finish_member()?;
    }
    save.finish()
}

/// That a bundle was written.
fn said(task: Task, path: &Path) -> String {
    let what = match task {
        Task::Fold => "Bulk bundle",
        _ => "Delta",
    };
    format!("{what} written to {}\n", path.display())
}

/// What a comparison means as an exit status.
fn status(report: &Report, fail_on: FailOn) -> ExitCode {
    let least = match fail_on {
        FailOn::Error => Severity::Error,
        FailOn::Warning => Severity::Warning,
    };
    let bad = report.findings.iter().any(|found| found.severity <= least);
    match (report.outcome, bad) {
        (Outcome::Partial | Outcome::Failed, _) => ExitCode::from(2),
        (Outcome::Complete, true) => ExitCode::from(1),
        (Outcome::Complete, false) => ExitCode::SUCCESS,
    }
}
