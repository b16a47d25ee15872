//! See `overlapping_sessions.md`.

use super::kit::{day, fields, key, relation};
use crate::check::{BundleContext, BundlePlan, DomainId, Facts, Fold, Join, Print, Reading};
use crate::finding::{Authority, Consequence, Severity, Told};
use crate::rules::Rule;

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

/// Sessions of one kind below one parent that are compared with each other.
const SIBLINGS: usize = 200;

/// First and last day, and the number of the record.
#[derive(Clone, Copy)]
struct Session(i64, i64, u64);

#[derive(Clone, Copy)]
struct Calendar {
    sessions: DomainId,
    dates: (usize, usize),
    /// Links from parent and type to sessions.
    siblings: DomainId,
}

impl Calendar {
    fn session(self, facts: &Facts, session: Print) -> Option<Session> {
        let known = facts[self.sessions.0].get(session)?;
        let (start, end) = self.dates;
        Some(Session(
            known.number(start)?,
            known.number(end)?,
            known.first(),
        ))
    }

    /// The session that was there before this one and is not over when it starts.
    fn before(self, facts: &Facts, family: Print, mine: Session) -> Option<Session> {
        let siblings = facts[self.siblings.0].links_of(family).take(SIBLINGS);
        let known = siblings.filter_map(|session| self.session(facts, session));
        known
            .filter(|other| (other.0, other.2) < (mine.0, mine.2) && mine.0 < other.1)
            .min_by_key(|other| (other.0, other.2))
    }
}

fn compile(context: &BundleContext<'_>, plan: &mut BundlePlan) -> Option<Box<dyn Join>> {
    let name = "academicSessions.csv";
    let names = [
        "parentSourcedId",
        "type",
        "startDate",
        "endDate",
        "sourcedId",
    ];
    let (file, [parent, kind, start, end, id]) = fields(context, plan, name, names)?;
    let planner = &mut plan.planner;
    let sessions = planner.domain(name, &["sourcedId"]);
    planner.own(sessions, name, &["sourcedId"], None);
    let mut number = |field, fold| {
        planner.number(
            sessions,
            name,
            &["sourcedId"],
            (field, Reading::Date),
            fold,
            None,
        )
    };
    let dates = (
        number("startDate", Fold::Least),
        number("endDate", Fold::Greatest),
    );
    let siblings = planner.domain(name, &names[..2]);
    planner.links(siblings, name, &names[..2], "sourcedId");
    let calendar = Calendar {
        sessions,
        dates,
        siblings,
    };
    Some(relation(
        file,
        move |facts| {
            facts[siblings.0].links().any(|(family, session)| {
                let session = calendar.session(facts, session);
                session.is_some_and(|mine| calendar.before(facts, family, mine).is_some())
            })
        },
        move |facts, record, out| {
            if let (Some(parent), Some(kind)) = (record.text(parent), record.text(kind))
                && let (Some(start_day), Some(end_day)) = (day(record, start), day(record, end))
                && record.text(id).is_some()
                && let mine = Session(start_day, end_day, record.number())
                && let Some(other) = calendar.before(facts, key([&parent, &kind]), mine)
            {
                out.field(record.index(), start, || {
                    Told::message(format!(
                        "`{}` is before {}, the end of the {kind} in record {}; \
                         expected one {kind} at a time",
                        super::kit::written(mine.0),
                        super::kit::written(other.1),
                        other.2 + 1
                    ))
                });
            }
        },
    ))
}
