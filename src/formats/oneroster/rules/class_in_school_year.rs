//! See `class_in_school_year.md`.

use super::kit::{fields, is, key, knows, relation};
use crate::check::{BundleContext, BundlePlan, Facts, Join, Suspects};
use crate::finding::{Authority, Consequence, Severity, Told};
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Info,
    consequence: Consequence::Note,
    authority: Authority::Practice,
    poisons: false,
    join: Some(|context, plan| compile(context, plan).into_iter().collect()),
    ..Rule::new(
        "class-in-school-year",
        include_str!("class_in_school_year.md"),
    )
};

fn compile(context: &BundleContext<'_>, plan: &mut BundlePlan) -> Option<Box<dyn Join>> {
    let sessions = "academicSessions.csv";
    let (file, [terms]) = fields(context, plan, "classes.csv", ["termSourcedIds"])?;
    fields(context, plan, sessions, ["sourcedId", "type"])?;
    let planner = &mut plan.planner;
    let domain = planner.domain(sessions, &["sourcedId"]);
    let used = planner.named(domain, "classes.csv", &["termSourcedIds"], None);
    let year = is("type", &["schoolYear"]);
    let year = planner.own(domain, sessions, &["sourcedId"], year);
    let types = planner.domain(sessions, &["type"]);
    planner.own(types, sessions, &["type"], None);
    // Where years have no parts, classes run in years.
    let parted = move |facts: &Facts| {
        let mut parts = ["term", "semester"].into_iter();
        parts.any(|part| knows(facts, types, key([part])))
    };
    Some(relation(
        file,
        move |facts| match parted(facts) {
            true => Suspects::with(facts, domain, |session| {
                session.has(used) && session.has(year)
            }),
            false => Suspects::None,
        },
        move |facts, record, out| {
            let Some(text) = record.text(terms) else {
                return;
            };
            let is_year = |id: &&str| {
                let known = facts[domain.0].get(key([id.trim()]));
                known.is_some_and(|session| session.has(year))
            };
            if let Some(id) = text.split(',').find(is_year)
                && parted(facts)
            {
                out.field(record.index(), terms, || {
                    Told::message(format!(
                        "`{id}` is a whole school year; expected the terms in which the class runs"
                    ))
                });
            }
        },
    ))
}
