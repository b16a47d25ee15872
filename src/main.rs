//! The command line: `docs/report-contract` in commands. Reads paths, drives a [`Session`], writes
//! what it gives. Exit status 0: nothing at or above `--fail-on`; 1: there is; 2: the run failed or
//! was partial.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};
use hallpass::finding::Severity;
use hallpass::report::{Outcome, Report};
use hallpass::session::{Include, Options, Piece, Print, Session, Task};
use hallpass::source::path::{self, Source};
use hallpass::source::save::{Existing, Save};
use hallpass::{Error, Result, formats, types};

/// Checks and repairs student-data files where they are. Nothing leaves this machine.
#[derive(Parser)]
#[command(version, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Tell whether the receiver will take the files, and what is wrong
    Check {
        #[command(flatten)]
        input: Input,
        /// How to write the report
        #[arg(long, value_enum, default_value = "text")]
        report: Form,
        /// Where to write it; standard output where left out
        #[arg(long)]
        out: Option<PathBuf>,
        /// Samples kept of each group of findings: a number, or `all`
        #[arg(long, default_value = "10", value_parser = samples)]
        samples: usize,
        /// The least severity that makes the exit status 1
        #[arg(long, value_enum, default_value = "error")]
        fail_on: FailOn,
        /// Replace what is at `--out`
        #[arg(long)]
        force: bool,
    },
    /// Write a repaired copy and a log of all changes
    Fix {
        #[command(flatten)]
        input: Input,
        /// Where to write it: a zip, a folder, or a file
        #[arg(long)]
        out: PathBuf,
        /// Rules whose fixes are applied; all where left out
        #[arg(long, value_delimiter = ',')]
        only: Vec<String>,
        /// Apply fixes that should be looked at first, too
        #[arg(long, value_enum)]
        include: Option<Also>,
        /// Replace what is at `--out`
        #[arg(long)]
        force: bool,
    },
    /// List the formats
    Formats,
    /// List the rules
    Rules,
    /// Explain a rule
    Explain {
        /// Its name, as reports spell it
        rule: String,
    },
    /// Print the layout of a format
    Layout {
        /// The format's id
        id: String,
        /// In which form
        #[arg(long = "as", value_enum, default_value = "csv")]
        form: LayoutForm,
    },
}

#[derive(clap::Args)]
struct Input {
    /// Files, folders or zips; `-` is standard input
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// The format, where it is not recognised
    #[arg(long)]
    format: Option<String>,
    /// The day that counts as today, YYYY-MM-DD
    #[arg(long)]
    as_of: Option<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Form {
    Text,
    Json,
    Csv,
    Html,
    Sarif,
}

#[derive(Clone, Copy, ValueEnum)]
enum FailOn {
    Error,
    Warning,
}

#[derive(Clone, Copy, ValueEnum)]
enum Also {
    Review,
}

#[derive(Clone, Copy, ValueEnum)]
enum LayoutForm {
    Csv,
    Datapackage,
}

fn samples(text: &str) -> std::result::Result<usize, String> {
    match text {
        "all" => Ok(usize::MAX),
        text => text
            .parse()
            .map_err(|_| "expected a number or `all`".to_owned()),
    }
}

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("hallpass: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(command: Command) -> Result<ExitCode> {
    match command {
        Command::Check {
            input,
            report,
            out,
            samples,
            fail_on,
            force,
        } => check(
            &input,
            report,
            out.as_deref(),
            samples,
            fail_on,
            existing(force),
        ),
        Command::Fix {
            input,
            out,
            only,
            include,
            force,
        } => {
            let include = if include.is_some() {
                Include::Review
            } else {
                Include::Safe
            };
            fix(&input, &out, only, include, existing(force))
        }
        Command::Formats => {
            let lines = formats::FORMATS
                .iter()
                .map(|f| format!("{:<16} {}\n", f.id, f.title));
            print(&lines.collect::<String>())
        }
        Command::Rules => {
            let rules = formats::rules();
            let lines = rules
                .iter()
                .map(|rule| format!("{:<28} {}\n", rule.name, rule.summary()));
            print(&lines.collect::<String>())
        }
        Command::Explain { rule } => match formats::rule(&rule) {
            Some(rule) => print(rule.page),
            None => Err(Error::usage(format!(
                "`{rule}` is no rule; `hallpass rules` lists them"
            ))),
        },
        Command::Layout { id, form } => {
            let known = formats::find(&id).ok_or_else(|| {
                Error::usage(format!(
                    "`{id}` is no format; `hallpass formats` lists them"
                ))
            })?;
            let layout = (known.layout)()?;
            print(&match form {
                LayoutForm::Csv => hallpass::layout::to_csv(&layout),
                LayoutForm::Datapackage => hallpass::layout::to_data_package(&layout, known.id),
            })
        }
    }
}

fn existing(force: bool) -> Existing {
    if force {
        Existing::Replace
    } else {
        Existing::Keep
    }
}

fn print(text: &str) -> Result<ExitCode> {
    // A reader that has seen enough closes the pipe; that is no failure.
    let _ = std::io::stdout().write_all(text.as_bytes());
    Ok(ExitCode::SUCCESS)
}

fn session(input: &Input, samples: usize) -> Result<(Session, Vec<Source>)> {
    let as_of = match &input.as_of {
        Some(text) => types::date::days(text.as_bytes())
            .ok_or_else(|| Error::usage(format!("`{text}` is not a date; expected YYYY-MM-DD")))?,
        None => today(),
    };
    let sources = path::open(&input.paths)?;
    let mut session = Session::new(Options {
        as_of,
        format: input.format.clone(),
        samples,
    });
    for source in &sources {
        session.add(&source.name, source.size);
    }
    Ok((session, sources))
}

/// Days since 1970, by the clock: the only place that reads it.
fn today() -> i32 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map_or(0, |since| {
        i32::try_from(since.as_secs() / 86_400).unwrap_or(0)
    })
}

/// Runs a task to its end; hands on what it writes.
fn drive(
    session: &mut Session,
    sources: &[Source],
    task: Task,
    each: &mut dyn FnMut(Piece) -> Result<()>,
) -> Result<()> {
    session.begin(task)?;
    let mut bar = Bar::new();
    loop {
        for piece in session.take() {
            each(piece)?;
        }
        let Some((source, want)) = session.want()? else {
            break;
        };
        let mut failed = None;
        sources[source].read(want, &mut |bytes| {
            let more = session.push(bytes).and_then(|more| {
                session.take().into_iter().try_for_each(&mut *each)?;
                Ok(more)
            });
            bar.show(session.progress());
            more.unwrap_or_else(|error| {
                failed = Some(error);
                false
            })
        })?;
        if let Some(error) = failed {
            bar.clear();
            return Err(error);
        }
        session.end()?;
    }
    bar.clear();
    session.take().into_iter().try_for_each(each)
}

/// Progress on a terminal.
struct Bar {
    shown: Option<u64>,
    wanted: bool,
}

impl Bar {
    fn new() -> Bar {
        Bar {
            shown: None,
            wanted: std::io::stderr().is_terminal(),
        }
    }

    fn show(&mut self, (done, total): (u64, u64)) {
        let percent = (done * 100)
            .checked_div(total)
            .map(|percent| percent.min(100));
        if self.wanted && total > 4 << 20 && percent != self.shown {
            self.shown = percent;
            let mb = |bytes: u64| bytes as f64 / 1e6;
            let percent = percent.unwrap_or(0);
            eprint!(
                "\r{percent:>3} % of {:.0} MB ({:.0} MB read) ",
                mb(total),
                mb(done)
            );
        }
    }

    fn clear(&mut self) {
        if self.shown.take().is_some() {
            eprint!("\r{:60}\r", "");
        }
    }
}

fn check(
    input: &Input,
    form: Form,
    out: Option<&Path>,
    samples: usize,
    fail_on: FailOn,
    existing: Existing,
) -> Result<ExitCode> {
    let (mut session, sources) = session(input, samples)?;
    drive(&mut session, &sources, Task::Check, &mut |_| Ok(()))?;
    let print = match form {
        Form::Text => Print::Text,
        Form::Json => Print::Json,
        Form::Csv => Print::Csv,
        Form::Html => Print::Html,
        Form::Sarif => Print::Sarif,
    };
    match out {
        None => {
            let mut stdout = std::io::stdout().lock();
            drive(&mut session, &sources, Task::Print(print), &mut |piece| {
                if let Piece::Bytes(bytes) = piece {
                    let _ = stdout.write_all(&bytes);
                }
                Ok(())
            })?;
        }
        Some(path) => {
            let mut save = Save::new(path, existing)?;
            let name = path
                .file_name()
                .map(|name| name.to_string_lossy().into_owned());
            save.start(&name.unwrap_or_default())?;
            drive(
                &mut session,
                &sources,
                Task::Print(print),
                &mut |piece| match piece {
                    Piece::Bytes(bytes) => save.write(&bytes),
                    Piece::File(_) | Piece::Log(_) => Ok(()),
                },
            )?;
            save.finish_member()?;
            save.finish()?;
        }
    }
    Ok(status(&session.report()?, fail_on))
}

fn status(report: &Report, fail_on: FailOn) -> ExitCode {
    let least = match fail_on {
        FailOn::Error => Severity::Error,
        FailOn::Warning => Severity::Warning,
    };
    let totals = report.totals;
    let bad = totals.error > 0 || least == Severity::Warning && totals.warning > 0;
    match (report.outcome, bad) {
        (Outcome::Partial | Outcome::Failed, _) => ExitCode::from(2),
        (Outcome::Complete, true) => ExitCode::from(1),
        (Outcome::Complete, false) => ExitCode::SUCCESS,
    }
}

fn fix(
    input: &Input,
    out: &Path,
    only: Vec<String>,
    include: Include,
    existing: Existing,
) -> Result<ExitCode> {
    if let Some(name) = only.iter().find(|name| formats::rule(name).is_none()) {
        return Err(Error::usage(format!(
            "`{name}` is no rule; `hallpass rules` lists them"
        )));
    }
    let (mut session, sources) = session(input, 10)?;
    drive(&mut session, &sources, Task::Check, &mut |_| Ok(()))?;
    let log_path = log_path(out);
    let mut save = Save::new(out, existing)?;
    let mut log = Save::new(&log_path, existing)?;
    let name = log_path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned());
    log.start(&name.unwrap_or_default())?;
    let mut open = false;
    let mut changes = 0_u64;
    drive(
        &mut session,
        &sources,
        Task::Fix { include, only },
        &mut |piece| match piece {
            Piece::File(name) => {
                if std::mem::replace(&mut open, true) {
                    save.finish_member()?;
                }
                save.start(&name)
            }
            Piece::Bytes(bytes) => save.write(&bytes),
            Piece::Log(bytes) => {
                changes += bytes.windows(2).filter(|pair| pair == b"\r\n").count() as u64;
                log.write(&bytes)
            }
        },
    )?;
    if open {
        save.finish_member()?;
    }
    save.finish()?;
    log.finish_member()?;
    log.finish()?;
    let changes = changes.saturating_sub(1);
    println!(
        "{changes} {} written to {}; the log is {}",
        if changes == 1 { "change" } else { "changes" },
        out.display(),
        log_path.display()
    );
    Ok(ExitCode::SUCCESS)
}

/// The change log stands beside the repaired copy.
fn log_path(out: &Path) -> PathBuf {
    let stem = out
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    out.with_file_name(format!("{stem}.changes.csv"))
}
