//! See `several_primary_teachers.md`.

use super::kit::{fields, is, key, relation};
use crate::check::{BundleContext, BundlePlan, Fold, Join, Known, Reading, Suspects};
use crate::finding::{Consequence, Told};
use crate::rules::{Rule, nth};

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::AcceptedButWrong,
    join: Some(|context, plan| compile(context, plan).into_iter().collect()),
    ..Rule::new(
        "several-primary-teachers",
        include_str!("several_primary_teachers.md"),
    )
};

fn compile(context: &BundleContext<'_>, plan: &mut BundlePlan) -> Option<Box<dyn Join>> {
    let name = "enrollments.csv";
    let names = ["classSourcedId", "role", "primary"];
    let (file, [class, role, primary]) = fields(context, plan, name, names)?;
    let planner = &mut plan.planner;
    let domain = planner.domain(name, &names);
    let when = is("primary", &["true"]);
    let own = planner.own(domain, name, &names[..2], when.clone());
    let mut number = |field, fold| {
        let reading = (field, Reading::Date);
        planner.number(domain, name, &names[..2], reading, fold, when.clone())
    };
    let begin = number("beginDate", Fold::Greatest);
    let end = number("endDate", Fold::Least);
    // One may follow the other: only if all are there on some day are there several.
    let several = move |known: &Known<'_>| {
        let (begin, end) = (known.number(begin), known.number(end));
        known.has_twice(own) && begin.zip(end).is_none_or(|(begin, end)| begin < end)
    };
    Some(relation(
        file,
        move |facts| Suspects::with(facts, domain, several),
        move |facts, record, out| {
            if record.text(role).as_deref() == Some("teacher")
                && record.text(primary).as_deref() == Some("true")
                && let Some(id) = record.text(class)
                && let Some(known) = facts[domain.0].get(key([&id, "teacher"]))
                && several(&known)
                && known.first() != record.number()
            {
                out.field(record.index(), primary, || {
                    Told::message(format!(
                        "`true` for another teacher of `{id}`, as in {}; \
                         expected one primary teacher at a time",
                        nth(known.first())
                    ))
                });
            }
        },
    ))
}
