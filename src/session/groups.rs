//! What was found, in groups: about the bundle, files and headers here, about records from the
//! files' results.

use std::borrow::Cow;
use std::sync::Arc;

use super::plan::Checked;
use super::{Session, summary};
use crate::check::{FilePlan, FileRef};
use crate::finding::{Finding, Place, Told};
use crate::formats::Fit;
use crate::order::sort_by_key;
use crate::rules::{self, Rule};
use crate::sink::Group;

/// A group and where it belongs.
pub(super) struct Grouped<'a> {
    /// The group.
    pub group: Cow<'a, Group>,
    /// The file's name, or that of something in or around the bundle.
    pub file: String,
    /// The file's place, for the order of groups; those of no file come first.
    pub at: usize,
    /// The file's plan, which names fields.
    pub plan: Option<&'a FilePlan>,
}

/// All groups, in the order of the report: by severity, consequence, file, rule and field.
pub(super) fn grouped(session: &Session) -> Vec<Grouped<'_>> {
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
                    group: Cow::Owned(group),
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
                group: Cow::Borrowed(group),
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
    sort_by_key(&mut all, |item| {
        (
            item.group.severity,
            summary::consequence(session, &item.file, item.plan, &item.group),
            item.at,
            item.file.clone(),
            rank(item.group.rule),
            item.group.field,
        )
    });
    all
}

/// A finding about the bundle, or about a file as such.
pub(super) struct Whole {
    /// The file's name, or that of something in or around the bundle.
    pub file: String,
    /// The field, where it is about one.
    pub field: Option<String>,
    /// The finding.
    pub finding: Finding,
}

impl Whole {
    fn new(file: &str, finding: Finding) -> Whole {
        Whole {
            file: file.to_owned(),
            field: None,
            finding,
        }
    }
}

/// Findings about the bundle and about files as such.
pub(super) fn whole(session: &Session) -> Vec<Whole> {
    let source = session.sources.first().map_or("", |source| &source.name);
    let unknown = unknown_format(session).into_iter();
    let mut all: Vec<Whole> = unknown.map(|finding| Whole::new(source, finding)).collect();
    let Some(checked) = &session.checked else {
        return all;
    };
    for (file, finding) in &checked.plan.findings {
        if let FileRef::Named(name) = file {
            all.push(Whole::new(name, finding.clone()));
        }
    }
    for (at, file) in session.files.iter().enumerate() {
        let plan = checked.plan.files[at].as_deref();
        all.extend(whole_of(session, at).into_iter().map(|finding| Whole {
            field: summary::field_name(plan, finding.place.field),
            ..Whole::new(&file.name, finding)
        }));
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
        all.extend(of_header(checked, plan, file));
        all.extend(at_the_end(session, checked, plan, file));
    }
    all
}

/// Findings about the header of a file that was read.
pub(super) fn of_header(
    checked: &Checked,
    plan: &FilePlan,
    file: usize,
) -> impl Iterator<Item = Finding> {
    let partial = checked.partials[file].as_ref();
    let is_cut = partial.is_some_and(|partial| partial.sink.has_cut_records());
    plan.header_findings()
        .iter()
        .cloned()
        .map(move |mut finding| {
            if is_cut {
                finding.doubt_columns();
            }
            finding
        })
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
    if let Some(told) = rules::lone_carriage_return::told(&partial.breaks) {
        all.push(about(&rules::lone_carriage_return::RULE, None, told));
    }
    if let Some((line, told)) = rules::mixed_line_breaks::told(&partial.breaks) {
        all.push(about(&rules::mixed_line_breaks::RULE, Some(line + 1), told));
    }
    let records = partial.records - partial.blank;
    if let Some(most) = plan.spec().stops
        && let Some((severity, line, told)) =
            rules::early_stop::told(most, records, partial.sink.in_error())
    {
        let finding = about(&rules::early_stop::RULE, line, told);
        all.push(Finding {
            severity,
            ..finding
        });
    }
    all.iter_mut().for_each(|finding| plan.grade(finding));
    all
}

fn about(rule: &'static Rule, line: Option<u64>, told: Told) -> Finding {
    let place = Place {
        line,
        ..Place::default()
    };
    Finding::whole(rule, place, told)
}

fn unknown_format(session: &Session) -> Option<Finding> {
    if session.format.is_some() {
        return None;
    }
    let near = session.fits.iter().enumerate().filter(|(at, fit)| {
        let same = |other: &Fit| Arc::ptr_eq(&other.layout, &fit.layout);
        fit.labels.0 > 0 && !session.fits[..*at].iter().any(same)
    });
    let near = near.map(|(_, fit)| fit).map(|fit| {
        let (known, all) = fit.labels;
        format!("{} knows {known} of {all} labels", fit.format.title)
    });
    let source = session.sources.first().map_or("", |source| &source.name);
    let peeks = &session.peeks;
    let empty = peeks.iter().all(|peek| peek.size == 0);
    let odd = peeks.iter().find_map(|peek| match peek.foreign {
        None if empty => Some((peek.name.as_str(), "an empty file")),
        what => Some((peek.name.as_str(), what?)),
    });
    let odd = match peeks.as_slice() {
        [] => Some((source, "an empty archive")),
        _ => odd,
    };
    let odd = odd.map(|(name, what)| rules::unknown_format::Odd {
        name,
        what,
        others: peeks.len().saturating_sub(1),
    });
    let told = rules::unknown_format::told(odd, &near.collect::<Vec<_>>());
    Some(about(&rules::unknown_format::RULE, None, told))
}
