//! See `overlapping_sessions.md`.

use super::kit::{day, fields, key, relation, written};
use super::sessions::{Session, Sessions};
use crate::check::{BundleContext, BundlePlan, Facts, Join, Print, Suspects};
use crate::finding::{Authority, Consequence, Severity, Told};
use crate::rules::{Rule, nth};

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::AcceptedButWrong,
    authority: Authority::Practice,
    join: Some(|context, plan| compile(context, plan).into_iter().collect()),
    ..Rule::new(
        "overlapping-sessions",
        include_str!("overlapping_sessions.md"),
    )
};

/// Sessions of one type below one parent that are compared with each other.
const SIBLINGS: usize = 200;

fn compile(context: &BundleContext<'_>, plan: &mut BundlePlan) -> Option<Box<dyn Join>> {
    let name = "academicSessions.csv";
    let names = ["parentSourcedId", "type", "startDate", "endDate"];
    let (file, [parent, kind, start, end]) = fields(context, plan, name, names)?;
    fields(context, plan, name, ["sourcedId"])?;
    let sessions = Sessions::gather(plan);
    let family = &names[..2];
    let siblings = plan.planner.domain(name, family);
    plan.planner.links(siblings, name, family, "sourcedId");
    // The session that was there first and is not over when this one starts.
    let before = move |facts: &Facts, family: Print, mine: Session| {
        let order = |session: &Session| (session.start, session.number);
        let others = facts[siblings.0].links_of(family, SIBLINGS);
        let known = others.filter_map(|session| sessions.get(facts, session));
        known
            .filter(|other| order(other) < order(&mine) && mine.start < other.end)
            .min_by_key(order)
    };
    Some(relation(
        file,
        move |facts| {
            Suspects::any(facts[siblings.0].links().any(|(family, session)| {
                let session = sessions.get(facts, session);
                session.is_some_and(|mine| before(facts, family, mine).is_some())
            }))
        },
        move |facts, record, out| {
            if let (Some(parent), Some(kind)) = (record.text(parent), record.text(kind))
                && let Some((start_day, end)) = day(record, start).zip(day(record, end))
                && let mine = (Session {
                    start: start_day,
                    end,
                    number: record.number(),
                })
                && let Some(other) = before(facts, key([&parent, &kind]), mine)
            {
                out.field(record.index(), start, || {
                    Told::message(format!(
                        "`{}` is before {}, the end of the {kind} in {}; \
                         expected one {kind} at a time",
                        written(mine.start),
                        written(other.end),
                        nth(other.number)
                    ))
                });
            }
        },
    ))
}
