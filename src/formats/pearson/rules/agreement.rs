//! What records of one data type that share a key have in common, from `agreements.csv` (`once` tells of
//! the first only; `across files` goes for records of all data types); and which keys no two of them share,
//! from `keys.csv`.

use std::borrow::Cow;

use super::kit::{self, Row, cell, column, names, nth, rows, subject, words};
use crate::check::{
    BundleContext, BundlePlan, DomainId, Facts, FilePlan, Fold, Join, Known, Mark, Planner,
    Reading, Suspects, View, print,
};
use crate::finding::Told;
use crate::formats::oneroster::rules::kit::relation;
use crate::layout::Condition;
use crate::types::CodeList;

/// The texts of a record's fields, if all are there.
pub fn key<'a>(record: &View<'a>, fields: &[usize]) -> Option<Vec<Cow<'a, str>>> {
    fields.iter().map(|field| record.text(*field)).collect()
}

/// What is known of the key that a record has in these fields.
pub fn known<'a>(
    facts: &'a Facts,
    domain: crate::check::DomainId,
    key: &[Cow<'_, str>],
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

/// What the records of a file that share a key have in common.
struct Agreement {
    clause: String,
    /// The names of the fields of the key, and their places.
    keys: Vec<String>,
    fields: Vec<usize>,
    /// The field that is the same in all, and its name.
    field: usize,
    name: String,
    /// Only of records of which this is true.
    when: Option<Condition>,
}

impl Agreement {
    /// That of a row of the table in a file; none where it lacks a column.
    fn of(row: &Row, file: &FilePlan) -> Option<Agreement> {
        let spec = file.spec();
        let keys = names(file, &words(row, 2))?;
        let fields: Option<Vec<usize>> = keys.iter().map(|key| spec.field(key)).collect();
        let field = column(file, cell(row, 3))?;
        Some(Agreement {
            clause: cell(row, 1).to_owned(),
            fields: fields?,
            keys,
            field,
            name: spec.fields[field].name.clone(),
            when: match cell(row, 4) {
                "" => None,
                wanted => Some(of_subject(file, wanted)?),
            },
        })
    }

    /// Whether records with this text in the field are among those that agree.
    fn asks(&self, text: &str) -> bool {
        let when = self.when.as_ref();
        when.is_none_or(|when| when.values.iter().any(|code| code == text))
    }
}

/// What is gathered of records that agree: a number that stands for the text that all have.
type Common = (DomainId, Mark, usize);

/// The checks for the agreements of one rule.
pub fn agreements(
    rule: &str,
    context: &BundleContext<'_>,
    plan: &mut BundlePlan,
) -> Vec<Box<dyn Join>> {
    let mut joins: Vec<Box<dyn Join>> = Vec::new();
    for row in rows("agreements").filter(|row| cell(row, 0) == rule) {
        let found = files(context, plan).filter_map(|(at, file)| {
            Some((at, file.spec().name.clone(), Agreement::of(&row, file)?))
        });
        let found: Vec<_> = found.collect();
        let mut common: Option<Common> = None;
        for (at, file, all) in found {
            let keys: Vec<&str> = all.keys.iter().map(String::as_str).collect();
            let planner = &mut plan.planner;
            let reading = (all.name.as_str(), Reading::Text);
            let known = common.filter(|_| cell(&row, 5) == "across files");
            let (domain, mark, number) = known.unwrap_or_else(|| {
                let domain = planner.domain(&file, &keys);
                let when = all.when.clone();
                let number = planner.number(domain, &file, &keys, reading, Fold::Common, when);
                (domain, planner.own(domain, &file, &keys, None), number)
            });
            if known.is_some() {
                planner.also_own((domain, mark), &file, &keys, None);
                planner.also_number((domain, number), &file, &keys, reading);
            }
            common = Some((domain, mark, number));
            let once = (cell(&row, 5) == "once").then(|| pairs(planner, &file, &keys, &all.name));
            joins.push(joined(at, all, (domain, number), once, kit::all(context)));
        }
    }
    joins
}

/// What is gathered of each text that the field has beside a key: the first record, and, as a number, how
/// many.
type Pairs = (DomainId, usize);

fn pairs(planner: &mut Planner, file: &str, keys: &[&str], field: &str) -> Pairs {
    let pair = [keys, &[field]].concat();
    let domain = planner.domain(file, &pair);
    planner.own(domain, file, &pair, None);
    (domain, planner.count(domain, file, &pair))
}

fn joined(
    at: usize,
    all: Agreement,
    (domain, number): (DomainId, usize),
    once: Option<Pairs>,
    named: Vec<String>,
) -> Box<dyn Join> {
    let differ = move |known: &Known<'_>| known.is_mixed(number);
    relation(
        at,
        move |facts| match facts[domain.0].has_mixed(number) {
            true => Suspects::with(facts, domain, differ),
            false => Suspects::None,
        },
        move |facts, record, out| {
            let (field, here) = (all.field, record.number());
            let Some((key, text)) = key(record, &all.fields).zip(record.text(field)) else {
                return;
            };
            let Some(known) = known(facts, domain, &key) else {
                return;
            };
            if !differ(&known) || known.first() == here || !all.asks(&text) {
                return;
            }
            let (name, what, clause) = (&all.name, all.keys.join(", "), &all.clause);
            let first = || nth(&named, known.first(), here);
            let Some((pairs, count)) = once else {
                return out.field(record.index(), field, || {
                    let (key, first) = (key.join(" "), first());
                    Told::message(format!(
                        "`{text}` is not the {name} of all records with {what} `{key}`, the first of which is {first}; expected one in all ({clause})"
                    ))
                });
            };
            let pair = [key.as_slice(), std::slice::from_ref(&text)].concat();
            let Some(pair) = self::known(facts, pairs, &pair) else {
                return;
            };
            // Of all records that say this beside the key, the first is told.
            if pair.first() == here {
                out.field(record.index(), field, || {
                    let times = pair.number(count).unwrap_or_default();
                    let (key, first) = (key.join(" "), first());
                    let records = if times == 1 { "record" } else { "records" };
                    Told::message(format!(
                        "`{text}` is the {name} of {times} {records} with {what} `{key}`, and not that of the first, {first}; expected one in all ({clause})"
                    ))
                });
            }
        },
    )
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
            let named = kit::all(context);
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
                            let (key, first) = (key.join(" "), nth(&named, known.first(), record.number()));
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
