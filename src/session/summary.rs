//! What was found, as a report.

use std::collections::HashMap;

use super::{Checked, Known, Session};
use crate::check::{FilePlan, FileRef};
use crate::decode::Start;
use crate::finding::{Finding, Place, Severity};
use crate::legacy::guess;
use crate::report::{self, Outcome, Report, Totals};
use crate::rules::{self, Rule};
use crate::sink::Group;
use crate::{Error, Result, types};

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

/// Causes that a report names.
const CAUSES: usize = 50;

/// A group and where it belongs.
struct Grouped<'a> {
    group: std::borrow::Cow<'a, Group>,
    file: String,
    /// The file's place, for the order of groups; those of no file come first.
    at: usize,
    plan: Option<&'a FilePlan>,
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
            profile: None,
            detected,
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
        cannot_check: session.format.map_or(Vec::new(), |(format, _)| {
            format
                .cannot_check
                .iter()
                .map(|text| (*text).to_owned())
                .collect()
        }),
    })
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

/// Findings about the bundle and about files as such, each with the file's name.
pub(super) fn whole(session: &Session) -> Vec<(String, Finding)> {
    let mut all: Vec<(String, Finding)> = unknown_format(session)
        .into_iter()
        .map(|finding| {
            (
                session
                    .sources
                    .first()
                    .map_or(String::new(), |s| s.name.clone()),
                finding,
            )
        })
        .collect();
    let Some(checked) = &session.checked else {
        return all;
    };
    for (file, finding) in &checked.plan.findings {
        if let FileRef::Named(name) = file {
            all.push((name.clone(), finding.clone()));
        }
    }
    for at in 0..session.files.len() {
        let name = &session.files[at].name;
        all.extend(
            whole_of(session, at)
                .into_iter()
                .map(|finding| (name.clone(), finding)),
        );
    }
    all
}

/// Findings about a file as such and its header.
pub(super) fn whole_of(session: &Session, file: usize) -> Vec<Finding> {
    let Some(checked) = &session.checked else {
        return Vec::new();
    };
    let mut all: Vec<Finding> = checked
        .plan
        .findings
        .iter()
        .filter(|(about, _)| *about == FileRef::At(file))
        .map(|(_, finding)| finding.clone())
        .collect();
    if let Some(plan) = &checked.plan.files[file] {
        all.extend(plan.header_findings().iter().cloned());
        all.extend(at_the_end(session, checked, plan, file));
    }
    all
}

/// What is known of a file only once all of it was read.
fn at_the_end(session: &Session, checked: &Checked, plan: &FilePlan, file: usize) -> Vec<Finding> {
    let Some(partial) = &checked.partials[file] else {
        return Vec::new();
    };
    let mut all = Vec::new();
    if partial.records == partial.blank && !plan.spec().may_be_empty {
        let told = rules::empty_file::told(&session.files[file].name);
        all.push(about(&rules::empty_file::RULE, None, told));
    }
    if let Some((line, told)) = rules::mixed_line_breaks::told(&partial.breaks) {
        all.push(about(&rules::mixed_line_breaks::RULE, Some(line + 1), told));
    }
    all
}

fn about(rule: &'static Rule, line: Option<u64>, told: crate::finding::Told) -> Finding {
    let place = Place {
        line,
        ..Place::default()
    };
    let severity = rule.severity;
    Finding {
        rule,
        severity,
        place,
        key: None,
        value: None,
        told,
        cells: Vec::new(),
    }
}

fn unknown_format(session: &Session) -> Option<Finding> {
    if session.format.is_some() {
        return None;
    }
    let near = session.fits.iter().map(|fit| {
        let (known, all) = fit.labels;
        format!("{} knows {known} of {all} labels", fit.format.title)
    });
    let what = session.peeks.iter().find_map(|peek| peek.foreign);
    let told = rules::unknown_format::told(what, &near.collect::<Vec<_>>());
    Some(about(&rules::unknown_format::RULE, None, told))
}

/// All groups, in the order of the report: by severity, file, rule and field.
fn grouped(session: &Session) -> Vec<Grouped<'_>> {
    let mut all: Vec<Grouped<'_>> = Vec::new();
    let mut add = |file: &str, at: usize, plan, finding: Finding| {
        let same = all.iter_mut().find(|item: &&mut Grouped<'_>| {
            item.file == file
                && std::ptr::eq(item.group.rule, finding.rule)
                && item.group.severity == finding.severity
                && item.group.field == finding.place.field
        });
        match same {
            Some(item) => {
                let group = item.group.to_mut();
                group.total += 1;
                if group.samples.len() < session.options.samples {
                    group.samples.push(finding);
                }
            }
            None => {
                let (rule, severity, field) = (finding.rule, finding.severity, finding.place.field);
                let samples = vec![finding];
                let group = Group {
                    rule,
                    severity,
                    field,
                    total: 1,
                    samples,
                };
                all.push(Grouped {
                    group: std::borrow::Cow::Owned(group),
                    file: file.to_owned(),
                    at,
                    plan,
                });
            }
        }
    };
    if let Some(finding) = unknown_format(session) {
        add(
            session.sources.first().map_or("", |source| &source.name),
            0,
            None,
            finding,
        );
    }
    let Some(checked) = &session.checked else {
        return all;
    };
    for (file, finding) in &checked.plan.findings {
        match file {
            FileRef::Named(name) => add(name, 0, None, finding.clone()),
            FileRef::At(at) => {
                let plan = checked.plan.files[*at].as_deref();
                add(&session.files[*at].name, at + 1, plan, finding.clone());
            }
        }
    }
    for (at, plan) in checked.plan.files.iter().enumerate() {
        let Some(plan) = plan.as_deref() else {
            continue;
        };
        for finding in at_the_end(session, checked, plan, at) {
            add(&session.files[at].name, at + 1, Some(plan), finding);
        }
    }
    for (at, partial) in checked.partials.iter().enumerate() {
        let plan = checked.plan.files[at].as_deref();
        for group in partial.iter().flat_map(|partial| partial.sink.groups()) {
            all.push(Grouped {
                group: std::borrow::Cow::Borrowed(group),
                file: session.files[at].name.clone(),
                at: at + 1,
                plan,
            });
        }
    }
    let rules = session
        .format
        .map(|(format, _)| format.all_rules())
        .unwrap_or_default();
    let rank = |rule: &Rule| rules.iter().position(|known| std::ptr::eq(*known, rule));
    all.sort_by_key(|item| {
        (
            item.group.severity,
            item.at,
            item.file.clone(),
            rank(item.group.rule),
            item.group.field,
        )
    });
    all
}

fn group(session: &Session, item: &Grouped<'_>) -> report::Group {
    let group = &item.group;
    let samples = group.samples.iter().map(|finding| report::Sample {
        line: finding.place.line,
        record: finding.place.record,
        column: finding.place.column.map(|column| u64::from(column) + 1),
        key: finding.key.clone(),
        value: finding.value.clone(),
        message: finding.told.message.clone(),
        fix: finding.told.fix.as_ref().map(|fix| report::Fix {
            title: fix.title.clone(),
            safety: fix.safety,
            replacement: fix.replacement().map(str::to_owned),
        }),
    });
    report::Group {
        rule: group.rule.name.to_owned(),
        severity: group.severity,
        authority: group.rule.authority,
        consequence: group.rule.consequence,
        file: item.file.clone(),
        field: field_name(item.plan, group.field),
        total: group.total,
        samples: samples.take(session.options.samples).collect(),
    }
}

fn field_name(plan: Option<&FilePlan>, slot: Option<u32>) -> Option<String> {
    Some(plan?.field_name(slot?)?.to_owned())
}

fn file(session: &Session, at: usize) -> report::File {
    let peek = &session.peeks[at];
    let partial = session
        .checked
        .as_ref()
        .and_then(|checked| checked.partials[at].as_ref());
    let legacy = partial.map_or(&[] as &[u8], |partial| &partial.legacy);
    let encoding = match peek.start {
        Start::Plain if !legacy.is_empty() => guess(legacy).name().to_owned(),
        start => start.name().to_owned(),
    };
    let readable = peek.foreign.is_none();
    report::File {
        name: peek.name.clone(),
        bytes: peek.size,
        records: partial.map_or(0, |partial| partial.records - partial.blank),
        encoding: readable.then_some(encoding),
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

/// Missing keys, the one that explains most findings first.
fn causes(session: &Session) -> Vec<report::Cause> {
    let Some(checked) = &session.checked else {
        return Vec::new();
    };
    let Known::Whole(_) = &checked.facts else {
        return Vec::new();
    };
    // By domain and key, over all files that name it.
    let mut all: HashMap<(usize, u128), (String, Vec<report::CausePlace>)> = HashMap::new();
    for (at, partial) in checked.partials.iter().enumerate() {
        let (Some(partial), Some(plan)) = (partial, &checked.plan.files[at]) else {
            continue;
        };
        for (domain, print, cause) in partial.sink.causes() {
            let (_, places) = all
                .entry((domain, print))
                .or_insert_with(|| (cause.key.clone(), Vec::new()));
            let mut fields: Vec<(&u32, &u64)> = cause.explains.iter().collect();
            fields.sort();
            places.extend(fields.into_iter().map(|(slot, total)| report::CausePlace {
                file: session.files[at].name.clone(),
                field: plan.field_name(*slot).map(str::to_owned),
                total: *total,
            }));
        }
    }
    let mut causes: Vec<report::Cause> = all
        .into_iter()
        .map(|((domain, _), (key, places))| {
            let (file, field) = checked.plan.planner.domain_name(domain);
            let explains = places.iter().map(|place| place.total).sum();
            let findings = if explains == 1 { "finding" } else { "findings" };
            report::Cause {
                rule: rules::dangling_reference::RULE.name.to_owned(),
                file: file.to_owned(),
                field: Some(field.to_owned()),
                message: format!(
                    "`{key}` is missing from {file}; this explains {explains} {findings}"
                ),
                key: Some(key),
                explains,
                places,
            }
        })
        .collect();
    causes.sort_by(|a, b| (b.explains, &a.file, &a.key).cmp(&(a.explains, &b.file, &b.key)));
    causes.truncate(CAUSES);
    causes
}
