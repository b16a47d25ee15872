//! `hallpass convert`: the files as those of another format, and beside them the list of what is lost.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::process::ExitCode;

use hallpass::convert::Becomes;
use hallpass::finding::Severity;
use hallpass::report::{Outcome, text, words};
use hallpass::session::{Reading, Session, Task};
use hallpass::source::path::Source;
use hallpass::source::print::say;
use hallpass::source::save::Existing;
use hallpass::{Error, Result};

use super::arguments::{Convert, FailOn, Input};
use super::check::status;
use super::drive::session;
use super::outputs::{LEFT, Outputs};
use super::{threads, values};

/// Kinds of loss that are told; the log has all.
const TOLD: usize = 10;

/// Checks, converts, and checks what came out.
///
/// # Errors
/// A file cannot be read or written, or the files cannot become that.
pub fn convert(arguments: &Convert) -> Result<ExitCode> {
    let Convert {
        input,
        set,
        to,
        out,
        ..
    } = arguments;
    // A profile is that of who receives the result.
    let given = Input {
        profile: None,
        ..input.clone()
    };
    let (mut session, sources) = session(&given, 10)?;
    let (Some(to), Some(out)) = (to, out) else {
        threads::check(&mut session, &sources)?;
        return list(&session, &sources, to.as_deref());
    };
    let existing = Existing::with_force(arguments.force);
    let values = values::read(to, set)?;
    let outputs = Outputs::new(out, "losses", existing, &sources, input)?;
    let outputs = outputs.sparing(&values.files)?;
    threads::check(&mut session, &sources)?;
    say(&unmended(&session)?)?;
    let task = Task::Convert {
        to: to.clone(),
        set: values.set,
    };
    let written = outputs.write(&mut session, &sources, task, &mut |_| {})?;
    let reading = session.reading();
    if reading == Reading::InPart {
        eprintln!("hallpass: not everything could be read, so not everything may be converted");
    }
    let lost = session.lost();
    let mut text = match lost.len() {
        0 => "Nothing was lost.\n".to_owned(),
        kinds => format!("{} of loss:\n", words::plural(kinds as u64, "kind")),
    };
    for lost in lost.iter().take(TOLD) {
        writeln!(text, "  {}", lost.sentence()).ok();
    }
    let (shown, log) = (out.display(), written.log.display());
    if let Some(more) = words::more(lost.len() as u64, TOLD as u64) {
        writeln!(text, "  {more}, in {log}").ok();
    }
    writeln!(text, "Written to {shown}; what was lost is in {log}").ok();
    say(&text)?;
    let result = written.check(&Input {
        paths: Vec::new(),
        format: Some(to.clone()),
        profile: input.profile.clone(),
        layout: Vec::new(),
        columns: None,
        as_of: input.as_of.clone(),
    })?;
    say(&format!("Of the result: {}", text::brief(&result, LEFT)))?;
    Ok(match reading {
        Reading::Whole => status(&result, FailOn::Error),
        Reading::InPart => ExitCode::from(2),
    })
}

/// What has to be known of files with errors before they are converted; else nothing. What was not checked
/// to the end, such as an export of another program, is told by what the conversion could read.
fn unmended(session: &Session) -> Result<String> {
    let report = session.report()?;
    let groups = report.groups.iter();
    let errors = groups.filter(|group| group.severity == Severity::Error);
    let rules: BTreeSet<&str> = errors.map(|group| group.rule.as_str()).collect();
    let rules: Vec<&str> = rules.into_iter().collect();
    Ok(match report.totals.error {
        0 => String::new(),
        _ if report.outcome != Outcome::Complete => String::new(),
        errors => format!(
            "The check found {} ({}). Converting repairs nothing: what cannot be read may be left out,\nand the rest stays wrong. `hallpass check` tells them, `hallpass fix` repairs what it can.\n",
            words::plural(errors, "error"),
            rules.join(", ")
        ),
    })
}

/// Tells what the files can become: all of it in short, or one thing with all that it would lose.
fn list(session: &Session, sources: &[Source], to: Option<&str>) -> Result<ExitCode> {
    let mut targets = session.targets()?;
    if targets.is_empty() {
        let name = sources.first().map_or("", |source| &source.name);
        let text =
            format!("`{name}` cannot become another format; `hallpass check` says what it is");
        return Err(Error::usage(text));
    }
    if let Some(to) = to {
        let ids: Vec<String> = targets.iter().map(|one| format!("`{}`", one.id)).collect();
        targets.retain(|one| one.id == to);
        if targets.is_empty() {
            let ids = ids.join(" or ");
            let text = format!("`{to}` is nothing that these files can become; expected {ids}");
            return Err(Error::usage(text));
        }
    }
    let told = to.map_or(TOLD, |_| usize::MAX);
    let mut text = String::new();
    for Becomes {
        id,
        title,
        asks,
        loses,
        ..
    } in &targets
    {
        writeln!(text, "{id:<28} {title}").ok();
        let mut group = "";
        for ask in asks {
            if ask.group != group {
                group = &ask.group;
                writeln!(text, "  {group}:").ok();
            }
            let needed = if ask.required { "needed" } else { "optional" };
            let (name, title, kind) = (&ask.name, &ask.title, &ask.kind);
            writeln!(text, "  --set {name}={kind} ({needed}): {title}").ok();
        }
        for lost in loses.iter().take(told) {
            writeln!(text, "  loses or changes {lost}").ok();
        }
        if let Some(more) = words::more(loses.len() as u64, told as u64) {
            writeln!(text, "  {more}; --to {id} alone lists all").ok();
        }
    }
    text += "How often, and which values besides, is told when it is done: --to ID --out PATH\n";
    text += &unmended(session)?;
    say(&text)?;
    Ok(ExitCode::SUCCESS)
}
