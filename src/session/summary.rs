//! What was found, as a report.

use std::sync::Arc;

use super::Session;
use super::causes::causes;
use super::groups::{Grouped, grouped};
use crate::check::{FAULTS, FilePlan};
use crate::decode::Start;
use crate::finding::{Authority, Consequence, Finding, Severity};
use crate::layout::Refuses;
use crate::profile::{Does, Profile};
use crate::report::{self, Outcome, Report, Totals};
use crate::sink::Group;
use crate::{Error, Result, evidence, types};

/// A record and its labels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Context {
    /// The file.
    pub file: String,
    /// The record's first line, from 1.
    pub line: u64,
    /// The labels of its columns.
    pub labels: Vec<String>,
    /// Its cells.
    pub cells: Vec<String>,
    /// The position of the faulty cell.
    pub marked: Option<usize>,
}

/// The report on everything read so far.
pub(super) fn report(session: &Session) -> Result<Report> {
    if session.peeks.len() < session.files.len() || session.sources.is_empty() {
        return Err(Error::bug("a report was asked for before the check"));
    }
    let grouped = grouped(session);
    let mut totals = Totals::default();
    for item in &grouped {
        *match item.group.severity {
            Severity::Error => &mut totals.error,
            Severity::Warning => &mut totals.warning,
            Severity::Info => &mut totals.info,
        } += item.group.total;
    }
    let not_checked = not_checked(session);
    let outcome = match (session.format, not_checked.is_empty()) {
        (None, _) => Outcome::Failed,
        (Some(_), false) => Outcome::Partial,
        (Some(_), true) => Outcome::Complete,
    };
    Ok(Report {
        schema: report::SCHEMA,
        tool: report::TOOL,
        format: session.format.map(|(format, detected)| report::Format {
            id: format.id.to_owned(),
            title: format.title.to_owned(),
            profile: session.profile.as_ref().map(|p| p.title.id.clone()),
            detected,
            why: session.why.clone(),
        }),
        as_of: types::date::text(session.options.as_of),
        outcome,
        verdict: report::verdict(outcome, totals),
        files: (0..session.files.len())
            .map(|at| file(session, at))
            .collect(),
        totals,
        causes: causes(session),
        groups: grouped.iter().map(|item| group(session, item)).collect(),
        not_checked,
        cannot_check: cannot_check(session),
    })
}

/// What no look at the files can tell: of the format, and of what the profile asks.
fn cannot_check(session: &Session) -> Vec<String> {
    let format = session.format.iter();
    let format = format.flat_map(|(format, _)| format.cannot_check);
    let profile = session.profile.iter();
    let asked = profile.flat_map(|profile| profile.that(Does::CannotCheck));
    let format = format.map(|text| (*text).to_owned());
    let own = session.layout.iter();
    let own = own.flat_map(|layout| layout.unread.iter().cloned());
    let asked = asked.map(|row| row.note.clone());
    let headers: Vec<&[String]> = session.peeks.iter().map(|peek| &*peek.labels).collect();
    let unused = session.columns.iter().flat_map(|map| map.unused(&headers));
    let checked = session.checked.iter();
    let series = checked.flat_map(|checked| checked.series());
    let lost = series.filter(|(_, _, _, runs)| runs.is_lost());
    let lost =
        lost.map(|(at, _, series, _)| format!("{}: {}", session.files[at].name, series.unknown()));
    format
        .chain(asked)
        .chain(own)
        .chain(unused)
        .chain(lost)
        .collect()
}

/// The record of a sample, with its labels.
pub(super) fn context(session: &Session, group: usize, sample: usize) -> Option<Context> {
    let grouped = grouped(session);
    let item = grouped.get(group)?;
    let finding = item.group.samples.get(sample)?;
    let labels = item.plan.map_or(Vec::new(), |plan| plan.labels.clone());
    let cells = match finding.place.record {
        Some(_) => finding.cells.clone(),
        // A finding about the header shows the header.
        None => labels.clone(),
    };
    Some(Context {
        file: item.file.clone(),
        line: finding.place.line?,
        labels,
        cells,
        marked: finding.place.column.map(|column| column as usize),
    })
}

fn group(session: &Session, item: &Grouped<'_>) -> report::Group {
    let group = &item.group;
    let samples = group.samples.iter().take(session.options.samples);
    report::Group {
        samples: samples.map(sample).collect(),
        ..bare(session, item)
    }
}

/// A group without its samples.
pub(super) fn bare(session: &Session, item: &Grouped<'_>) -> report::Group {
    named(session, &item.file, item.plan, &item.group)
}

/// A group of the file of that name, without its samples.
pub(super) fn named(
    session: &Session,
    file: &str,
    plan: Option<&FilePlan>,
    group: &Group,
) -> report::Group {
    let field = field_name(plan, group.field);
    let (name, judged) = judged(file, plan, group);
    let refuses = |profile: &Arc<Profile>| profile.refuses(group.rule, name, judged);
    report::Group {
        rule: group.rule.name.to_owned(),
        severity: group.severity,
        authority: match session.profile.as_ref().is_some_and(refuses) {
            true => Authority::Vendor,
            false => group.rule.authority,
        },
        consequence: consequence(session, file, plan, group),
        file: file.to_owned(),
        field,
        total: group.total,
        samples: Vec::new(),
    }
}

/// What profiles call the file and the field of a group.
fn judged<'a>(
    file: &'a str,
    plan: Option<&'a FilePlan>,
    group: &Group,
) -> (&'a str, Option<&'a str>) {
    let name = plan.map_or(file, |plan| &plan.spec().name);
    (name, plan.and_then(|plan| plan.judged(group.field)))
}

/// What the receiver does: with the record what the rule says, unless one error costs the file or the
/// record, or the profile knows otherwise. An error is never taken as it is, and what is only worth knowing costs no file.
pub(super) fn consequence(
    session: &Session,
    file: &str,
    plan: Option<&FilePlan>,
    group: &Group,
) -> Consequence {
    let Group { rule, severity, .. } = group;
    let all = plan.is_some_and(|plan| plan.spec().refuses == Refuses::File);
    // Where records in error are counted, an error in a value makes one of its record.
    let counts = plan.is_some_and(|plan| plan.spec().stops.is_some());
    let known = match (rule.consequence, severity) {
        (Consequence::ValueDropped, Severity::Error) if counts => Consequence::RecordDropped,
        (Consequence::RecordDropped, Severity::Error) if all => Consequence::FileRefused,
        (Consequence::Note, Severity::Error) => Consequence::FileRefused,
        (Consequence::FileRefused, Severity::Info) => Consequence::Note,
        (known, _) => known,
    };
    let (name, field) = judged(file, plan, group);
    match &session.profile {
        Some(profile) => profile.consequence(rule, name, field, *severity, known),
        None => known,
    }
}

/// A finding as reports show it.
pub(super) fn sample(finding: &Finding) -> report::Sample {
    let place = finding.place;
    let fix = finding.told.fix.as_ref();
    report::Sample {
        line: place.line,
        record: place.record,
        column: place.column.map(|column| u64::from(column) + 1),
        key: finding.key.as_deref().map(evidence::value),
        value: finding.value.as_deref().map(evidence::value),
        message: evidence::message(&finding.told.message),
        fix: fix.map(|fix| report::Fix {
            title: evidence::value(&fix.title),
            safety: fix.safety,
            replacement: fix
                .replacement()
                .filter(|text| !evidence::is_long(text))
                .map(str::to_owned),
        }),
    }
}

/// The name of a field, or of a column that is none.
pub(super) fn field_name(plan: Option<&FilePlan>, slot: Option<u32>) -> Option<String> {
    Some(plan?.field_name(slot?)?.to_owned())
}

fn file(session: &Session, at: usize) -> report::File {
    let peek = &session.peeks[at];
    let partial = session
        .checked
        .as_ref()
        .and_then(|checked| checked.partials[at].as_ref());
    let legacy = partial.filter(|partial| !partial.legacy.is_empty());
    let encoding = match (peek.start, legacy) {
        (Start::Plain, Some(partial)) => partial.encoding().name(),
        (start, _) => start.name(),
    };
    let readable = peek.foreign.is_none();
    report::File {
        name: peek.name.clone(),
        bytes: peek.size,
        records: partial.map_or(0, |partial| partial.records - partial.blank),
        encoding: readable.then(|| encoding.to_owned()),
        delimiter: readable.then(|| char::from(peek.dialect.delimiter).to_string()),
    }
}

fn not_checked(session: &Session) -> Vec<report::NotChecked> {
    let Some(checked) = &session.checked else {
        return Vec::new();
    };
    let mut all: Vec<report::NotChecked> = Vec::new();
    for skipped in &checked.plan.skipped {
        all.push(report::NotChecked {
            rule: skipped.rule.map(str::to_owned),
            file: skipped.file.clone(),
            reason: skipped.reason.clone(),
        });
    }
    for (at, rule, _, runs) in checked.series() {
        if runs.has_more() {
            all.push(report::NotChecked {
                rule: Some(rule.name.to_owned()),
                file: session.files[at].name.clone(),
                reason: format!("more than {FAULTS} values differ, and only so many are told"),
            });
        }
    }
    for (at, partial) in checked.partials.iter().enumerate() {
        if partial
            .as_ref()
            .is_some_and(|partial| partial.oversized > 0)
        {
            all.push(report::NotChecked {
                rule: None,
                file: session.files[at].name.clone(),
                reason: "a record is so long that its end was left out".to_owned(),
            });
        }
    }
    all
}
