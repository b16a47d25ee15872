//! See `term_without_grading_period.md`.

use super::kit::{fields, is, key, relation};
use crate::check::{BundleContext, BundlePlan, Join, Known, Suspects};
use crate::finding::{Consequence, Told};
use crate::profile::rules::asked;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::AcceptedButWrong,
    join: Some(|context, plan| compile(context, plan).into_iter().collect()),
    ..asked(
        "term-without-grading-period",
        include_str!("term_without_grading_period.md"),
    )
};

fn compile(context: &BundleContext<'_>, plan: &mut BundlePlan) -> Option<Box<dyn Join>> {
    let (_, title) = context.asks(&RULE).next()?;
    let (title, name) = (title.to_owned(), "academicSessions.csv");
    let names = ["sourcedId", "type", "parentSourcedId"];
    let (file, [id, _, _]) = fields(context, plan, name, names)?;
    let planner = &mut plan.planner;
    let sessions = planner.domain(name, &names[..1]);
    let term = planner.own(sessions, name, &names[..1], is("type", &["term"]));
    let parts = is("type", &["gradingPeriod"]);
    let parted = planner.named(sessions, name, &names[2..], parts);
    let lacks = move |known: &Known<'_>| known.has(term) && !known.has(parted);
    Some(relation(
        file,
        move |facts| Suspects::with(facts, sessions, lacks),
        move |facts, record, out| {
            if let Some(session) = record.text(id)
                && facts[sessions.0]
                    .get(key([&session]))
                    .is_some_and(|k| lacks(&k))
            {
                out.field(record.index(), id, || {
                    Told::message(format!(
                        "`{session}` is a term without grading periods; expected one or more, \
                         since {title} asks for them"
                    ))
                });
            }
        },
    ))
}
