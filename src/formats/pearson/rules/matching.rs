//! What records of one file have to do with those of another, from `matches.csv`: whether the other
//! has their key in a record of which `when` has one of `values`; `named once` asks that only one has.

use std::borrow::Cow;

use super::agreement::{key, known};
use super::kit::{Row, cell, names, rows, words};
use crate::check::{BundleContext, BundlePlan, DomainId, Facts, FilePlan, Join, Mark, Suspects};
use crate::finding::{Fix, Safety, Told};
use crate::formats::oneroster::rules::kit::relation;
use crate::layout::Condition;

/// Digits of the longest code.
const LONGEST: usize = 15;

/// The files at hand that a format is about, each with its fields of these names.
fn of(plan: &BundlePlan, format: &str, fields: &[String]) -> Vec<(usize, Vec<String>)> {
    let files = plan.files.iter().enumerate();
    let files = files.filter_map(|(at, file)| {
        let file: &FilePlan = file.as_deref()?;
        let names = (file.spec().format == format).then(|| names(file, fields))?;
        Some((at, names?))
    });
    files.collect()
}

/// The checks for the matches of one rule.
pub fn compile(
    rule: &str,
    context: &BundleContext<'_>,
    plan: &mut BundlePlan,
) -> Vec<Box<dyn Join>> {
    let mine = rows("matches").filter(|row| cell(row, 0) == rule);
    mine.flat_map(|row| compile_row(&row, context, plan))
        .collect()
}

/// The checks of a row, one for each file that it is about.
fn compile_row(
    row: &Row,
    context: &BundleContext<'_>,
    plan: &mut BundlePlan,
) -> Vec<Box<dyn Join>> {
    let Some(others) = others(row, context, plan) else {
        return Vec::new();
    };
    let files = of(plan, cell(row, 2), &words(row, 3)).into_iter();
    let mut named = None;
    files
        .filter_map(|(file, mine)| {
            let here = plan.files[file].as_deref()?.spec();
            let fields: Option<Vec<usize>> = mine.iter().map(|name| here.field(name)).collect();
            let (fields, here) = (fields?, here.name.clone());
            let mine: Vec<&str> = mine.iter().map(String::as_str).collect();
            let planner = &mut plan.planner;
            let domain = others.domain;
            let mark = *named.get_or_insert_with(|| planner.named(domain, &here, &mine, None));
            planner.also_named((domain, mark), &here, &mine);
            Some(matched(row, file, fields, mine.join(", "), (&others, mark)))
        })
        .collect()
}

/// The other files of a row: what records of them have.
struct Others {
    domain: DomainId,
    own: Mark,
    /// Their names, for messages.
    called: String,
    /// The condition, for messages.
    condition: String,
}

/// None where there are none.
fn others(row: &Row, context: &BundleContext<'_>, plan: &mut BundlePlan) -> Option<Others> {
    let format = cell(row, 4);
    let mut found: Option<Others> = None;
    for (at, fields) in of(plan, format, &words(row, 5)) {
        let spec = plan.files[at].as_deref()?.spec();
        let when = match cell(row, 6) {
            "" => None,
            field => Some(Condition {
                field: names(plan.files[at].as_deref()?, &[field.to_owned()])?.pop()?,
                values: words(row, 7),
            }),
        };
        let (file, name) = (spec.name.clone(), &context.peeks[at].name);
        let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
        let planner = &mut plan.planner;
        match &mut found {
            Some(others) => {
                planner.also_own((others.domain, others.own), &file, &fields, when);
                others.called = format!("{} or {name}", others.called);
            }
            None => {
                let domain = planner.domain(&file, &fields);
                let with =
                    |when: &Condition| format!(" with {} {}", when.field, when.values.join(" or "));
                found = Some(Others {
                    domain,
                    condition: when.as_ref().map(with).unwrap_or_default(),
                    own: planner.own(domain, &file, &fields, when),
                    called: name.clone(),
                });
            }
        }
    }
    found
}

/// The check of one file.
fn matched(
    row: &Row,
    file: usize,
    fields: Vec<usize>,
    what: String,
    (others, named): (&Others, Mark),
) -> Box<dyn Join> {
    let Others { domain, own, .. } = *others;
    let (called, with) = (others.called.clone(), others.condition.clone());
    let (wanted, clause) = (cell(row, 8).to_owned(), cell(row, 1).to_owned());
    let fault = move |known: &crate::check::Known<'_>| match (wanted.as_str(), known.has(own)) {
        ("not named", true) => Some(
            "is the {what} of a record{with} in {file}, and importing it makes a second assignment; expected a test that is not completed",
        ),
        ("not named", false) => None,
        (_, false) => Some("is the {what} of no record{with} in {file}; expected one"),
        ("named once", true) if known.has_twice(own) => Some(
            "is the {what} of several records{with} in {file}, so it is not certain which is meant; expected one",
        ),
        _ => None,
    };
    let odd = fault.clone();
    relation(
        file,
        move |facts| {
            Suspects::with(facts, domain, |known| {
                known.has(named) && odd(known).is_some()
            })
        },
        move |facts, record, out| {
            if let Some(key) = key(record, &fields)
                && let Some(known) = known(facts, domain, &key)
                && let Some(why) = fault(&known)
            {
                out.field(record.index(), fields[0], || {
                    let why = why.replace("{what}", &what).replace("{with}", &with);
                    let why = why.replace("{file}", &called);
                    let twin = (!known.has(own)).then(|| twin(facts, domain, own, &key));
                    let (zeros, fix) = twin.flatten().map_or_else(Default::default, |twin| {
                        let is_short = key[0].len() < twin.len();
                        let place = if is_short { "here" } else { "there" };
                        let told = format!(", and `{twin}` is one: zeros may be lost {place}");
                        let fix = is_short.then(|| Fix::write(twin, Safety::Review));
                        (told, fix)
                    });
                    let key = key.join(" ");
                    Told::message(format!("`{key}` {why}{zeros} ({clause})")).with(fix)
                });
            }
        },
    )
}

/// What a record has as its own where this key has the same number, but for zeros before it, in its
/// first field.
fn twin(facts: &Facts, domain: DomainId, own: Mark, key: &[Cow<'_, str>]) -> Option<String> {
    let (first, rest) = key.split_first()?;
    let number = first.trim_start_matches('0');
    if number.is_empty() || !first.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let mut widths = (number.len()..=LONGEST).filter(|width| *width != first.len());
    widths.find_map(|width| {
        let twin = format!("{number:0>width$}");
        let parts = std::iter::once(Cow::Borrowed(twin.as_str())).chain(rest.iter().cloned());
        let parts: Vec<Cow<'_, str>> = parts.collect();
        let known = known(facts, domain, &parts)?;
        known.has(own).then_some(twin)
    })
}
