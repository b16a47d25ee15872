//! See `year_without_term.md`.

use crate::check::{BundleContext, BundlePlan, Join, Known, Suspects};
use crate::finding::{Authority, Told};
use crate::formats::oneroster::rules::kit::{fields, is, key, relation};
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    authority: Authority::Vendor,
    join: Some(|context, plan| compile(context, plan).into_iter().collect()),
    ..Rule::new("year-without-term", include_str!("year_without_term.md"))
};

fn compile(context: &BundleContext<'_>, plan: &mut BundlePlan) -> Option<Box<dyn Join>> {
    let name = "academicSessions.csv";
    let names = ["sourcedId", "type", "parentSourcedId"];
    let (file, [id, ..]) = fields(context, plan, name, names)?;
    let planner = &mut plan.planner;
    let sessions = planner.domain(name, &["sourcedId"]);
    let year = planner.own(sessions, name, &["sourcedId"], is("type", &["schoolYear"]));
    let terms = is("type", &["term", "semester"]);
    let parted = planner.named(sessions, name, &["parentSourcedId"], terms);
    let bare = move |session: &Known<'_>| session.has(year) && !session.has(parted);
    Some(relation(
        file,
        move |facts| Suspects::with(facts, sessions, bare),
        move |facts, record, out| {
            if let Some(year) = record.text(id)
                && facts[sessions.0]
                    .get(key([&year]))
                    .is_some_and(|s| bare(&s))
            {
                out.field(record.index(), id, || {
                    Told::message(format!(
                        "`{year}` is a schoolYear without terms; expected a term below it"
                    ))
                });
            }
        },
    ))
}
