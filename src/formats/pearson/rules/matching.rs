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

/// A file at hand that a format is about, and its fields of these names.
fn of(plan: &BundlePlan, format: &str, fields: &[String]) -> Option<(usize, Vec<String>)> {
    let mut files = plan.files.iter().enumerate();
    files.find_map(|(at, file)| {
        let file: &FilePlan = file.as_deref()?;
        let names = (file.spec().format == format).then(|| names(file, fields))?;
        Some((at, names?))
    })
}

/// The checks for the matches of one rule.
pub fn compile(
    rule: &str,
    context: &BundleContext<'_>,
    plan: &mut BundlePlan,
) -> Vec<Box<dyn Join>> {
    let mine = rows("matches").filter(|row| cell(row, 0) == rule);
    mine.filter_map(|row| compile_one(&row, context, plan))
        .collect()
}

fn compile_one(
    row: &Row,
    context: &BundleContext<'_>,
    plan: &mut BundlePlan,
) -> Option<Box<dyn Join>> {
    let (file, mine) = of(plan, cell(row, 2), &words(row, 3))?;
    let (other, theirs) = of(plan, cell(row, 4), &words(row, 5))?;
    let when = match cell(row, 6) {
        "" => None,
        field => Some(Condition {
            field: of(plan, cell(row, 4), &[field.to_owned()])?.1.pop()?,
            values: words(row, 7),
        }),
    };
    let spec = |at: usize| plan.files[at].as_deref().map(FilePlan::spec);
    let (here, there) = (spec(file)?, spec(other)?);
    let fields: Option<Vec<usize>> = mine.iter().map(|name| here.field(name)).collect();
    let (fields, called) = (fields?, context.peeks[other].name.clone());
    let (here, there) = (here.name.clone(), there.name.clone());
    let mine: Vec<&str> = mine.iter().map(String::as_str).collect();
    let theirs: Vec<&str> = theirs.iter().map(String::as_str).collect();
    let planner = &mut plan.planner;
    let domain = planner.domain(&there, &theirs);
    let own = planner.own(domain, &there, &theirs, when.clone());
    let named = planner.named(domain, &here, &mine, None);
    let (wanted, clause) = (cell(row, 8).to_owned(), cell(row, 1).to_owned());
    let what = mine.join(", ");
    let condition = when.map(|when| format!(" with {} {}", when.field, when.values.join(" or ")));
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
    Some(relation(
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
                    let with = condition.as_deref().unwrap_or_default();
                    let why = why.replace("{what}", &what).replace("{with}", with);
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
    ))
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
