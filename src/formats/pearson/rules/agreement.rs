//! What records of one file that share a key have in common, from `agreements.csv`; and which keys no
//! two of them share, from `keys.csv`.

use super::kit::{cell, column, names, rows, subject, words};
use crate::check::{
    BundleContext, BundlePlan, Facts, FilePlan, Fold, Join, Known, Reading, Suspects, View, print,
};
use crate::finding::Told;
use crate::formats::oneroster::rules::kit::relation;
use crate::layout::Condition;
use crate::rules::nth;
use crate::types::CodeList;

/// The texts of a record's fields, if all are there.
pub fn key<'a>(record: &View<'a>, fields: &[usize]) -> Option<Vec<std::borrow::Cow<'a, str>>> {
    fields.iter().map(|field| record.text(*field)).collect()
}

/// What is known of the key that a record has in these fields.
pub fn known<'a>(
    facts: &'a Facts,
    domain: crate::check::DomainId,
    key: &[std::borrow::Cow<'_, str>],
) -> Option<Known<'a>> {
    facts[domain.0].get(print(key.iter().map(|part| part.as_bytes())))
}

/// The files at hand of this family, each with its plan.
fn files<'a>(
    context: &'a BundleContext<'_>,
    plan: &'a BundlePlan,
) -> impl Iterator<Item = (usize, &'a FilePlan)> {
    let files = plan.files.iter().enumerate();
    let known = files.filter_map(|(at, file)| Some((at, file.as_deref()?)));
    known.filter(|(at, _)| context.specs[*at].is_some())
}

/// The condition that a test is of a subject: the codes are a closed list.
fn of_subject(file: &FilePlan, wanted: &str) -> Option<Condition> {
    let test = column(file, "TestCode")?;
    let list = crate::tables::find("pearson/test-codes.csv").unwrap_or_default();
    let list = CodeList::read(list).ok()?;
    let codes = list.codes().iter().map(|code| code.code.clone());
    Some(Condition {
        field: file.spec().fields[test].name.clone(),
        values: codes.filter(|code| subject(code) == Some(wanted)).collect(),
    })
}

/// The checks for the agreements of one rule.
pub fn agreements(
    rule: &str,
    context: &BundleContext<'_>,
    plan: &mut BundlePlan,
) -> Vec<Box<dyn Join>> {
    let mut joins: Vec<Box<dyn Join>> = Vec::new();
    for row in rows("agreements") {
        if cell(&row, 0) != rule {
            continue;
        }
        let (clause, wanted) = (cell(&row, 1).to_owned(), cell(&row, 4));
        let found = files(context, plan).filter_map(|(at, file)| {
            let keys = names(file, &words(&row, 2))?;
            let field = column(file, cell(&row, 3))?;
            let when = match wanted {
                "" => None,
                wanted => Some(of_subject(file, wanted)?),
            };
            let spec = file.spec();
            let fields: Option<Vec<usize>> = keys.iter().map(|key| spec.field(key)).collect();
            Some((
                at,
                spec.name.clone(),
                keys,
                fields?,
                field,
                spec.fields[field].name.clone(),
                when,
            ))
        });
        let found: Vec<_> = found.collect();
        for (at, file, keys, fields, field, name, when) in found {
            let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
            let planner = &mut plan.planner;
            let domain = planner.domain(&file, &keys);
            planner.own(domain, &file, &keys, None);
            let reading = (name.as_str(), Reading::Text);
            let number = planner.number(domain, &file, &keys, reading, Fold::Common, when.clone());
            let differ = move |known: &Known<'_>| known.is_mixed(number);
            let (what, clause) = (keys.join(", "), clause.clone());
            let is_asked = move |text: &str| {
                when.as_ref()
                    .is_none_or(|when| when.values.iter().any(|code| code == text))
            };
            joins.push(relation(
                at,
                move |facts| Suspects::with(facts, domain, differ),
                move |facts, record, out| {
                    if let Some(key) = key(record, &fields)
                        && let Some(known) = known(facts, domain, &key)
                        && differ(&known)
                        && known.first() != record.number()
                        && let Some(text) = record.text(field)
                        && is_asked(&text)
                    {
                        out.field(record.index(), field, || {
                            let (key, first) = (key.join(" "), nth(known.first()));
                            Told::message(format!(
                                "`{text}` is not the {name} of all records with {what} `{key}`, \
                                 the first of which is {first}; expected one in all ({clause})"
                            ))
                        });
                    }
                },
            ));
        }
    }
    joins
}

/// The checks for keys that no two records share.
pub fn keys(context: &BundleContext<'_>, plan: &mut BundlePlan) -> Vec<Box<dyn Join>> {
    let mut joins: Vec<Box<dyn Join>> = Vec::new();
    for row in rows("keys") {
        let found = files(context, plan).filter_map(|(at, file)| {
            let spec = file.spec();
            let keys = (spec.format == cell(&row, 0)).then(|| names(file, &words(&row, 1)))??;
            let fields: Option<Vec<usize>> = keys.iter().map(|key| spec.field(key)).collect();
            Some((at, spec.name.clone(), keys, fields?))
        });
        let found: Vec<_> = found.collect();
        for (at, file, keys, fields) in found {
            let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
            let domain = plan.planner.domain(&file, &keys);
            let own = plan.planner.own(domain, &file, &keys, None);
            let (what, clause) = (keys.join(", "), cell(&row, 2).to_owned());
            joins.push(relation(
                at,
                move |facts| Suspects::with(facts, domain, |known| known.has_twice(own)),
                move |facts, record, out| {
                    if let Some(key) = key(record, &fields)
                        && let Some(known) = known(facts, domain, &key)
                        && known.has_twice(own)
                        && known.first() != record.number()
                    {
                        out.field(record.index(), fields[0], || {
                            let (key, first) = (key.join(" "), nth(known.first()));
                            Told::message(format!(
                                "`{key}` is already the {what} of {first}; expected another ({clause})"
                            ))
                        });
                    }
                },
            ));
        }
    }
    joins
}
