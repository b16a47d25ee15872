//! See `enrollment_outside_terms.md`.

use super::kit::{day, fields, key, relation, written};
use crate::check::{BundleContext, BundlePlan, DomainId, Facts, Fold, Join, Print, Reading};
use crate::finding::{Consequence, Severity, Told};
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::AcceptedButWrong,
    join: Some(|context, plan| compile(context, plan).into_iter().collect()),
    ..Rule::new(
        "enrollment-outside-terms",
        include_str!("enrollment_outside_terms.md"),
    )
};

#[derive(Clone, Copy)]
struct Terms {
    /// Links from classes to sessions.
    classes: DomainId,
    sessions: DomainId,
    dates: (usize, usize),
}

impl Terms {
    /// The first day of the class and the day after its last; only if all its terms are known.
    fn of(self, facts: &Facts, class: Print) -> Option<(i64, i64)> {
        let terms = facts[self.classes.0].links_of(class).map(|term| {
            let known = facts[self.sessions.0].get(term)?;
            Some((known.number(self.dates.0)?, known.number(self.dates.1)?))
        });
        let terms = terms.collect::<Option<Vec<_>>>()?;
        let start = terms.iter().map(|term| term.0).min()?;
        Some((start, terms.iter().map(|term| term.1).max()?))
    }
}

fn compile(context: &BundleContext<'_>, plan: &mut BundlePlan) -> Option<Box<dyn Join>> {
    let (name, sessions) = ("enrollments.csv", "academicSessions.csv");
    let names = ["classSourcedId", "beginDate", "endDate"];
    let (file, [class, begin, end]) = fields(context, plan, name, names)?;
    fields(
        context,
        plan,
        sessions,
        ["sourcedId", "startDate", "endDate"],
    )?;
    fields(
        context,
        plan,
        "classes.csv",
        ["sourcedId", "termSourcedIds"],
    )?;
    let planner = &mut plan.planner;
    let classes = planner.domain("classes.csv", &["sourcedId", "termSourcedIds"]);
    planner.links(classes, "classes.csv", &["sourcedId"], "termSourcedIds");
    let known = planner.domain(sessions, &["sourcedId"]);
    let enrolled = planner.domain(name, &["classSourcedId"]);
    let mut number = |of, file, key, field, fold| {
        planner.number(of, file, &[key], (field, Reading::Date), fold, None)
    };
    let dates = (
        number(known, sessions, "sourcedId", "startDate", Fold::Least),
        number(known, sessions, "sourcedId", "endDate", Fold::Greatest),
    );
    let mut extreme = |field, fold| number(enrolled, name, "classSourcedId", field, fold);
    let begins = (
        extreme("beginDate", Fold::Least),
        extreme("beginDate", Fold::Greatest),
    );
    let ends = (
        extreme("endDate", Fold::Least),
        extreme("endDate", Fold::Greatest),
    );
    let terms = Terms {
        classes,
        sessions: known,
        dates,
    };
    // The first day is one of the terms; the day after the last may be the one after theirs.
    let inside =
        |at: Option<i64>, (from, to): (i64, i64)| at.is_none_or(|at| from <= at && at < to);
    Some(relation(
        file,
        move |facts| {
            facts[enrolled.0].all().any(|class| {
                terms.of(facts, class.print).is_some_and(|(from, to)| {
                    let out = |n, shift| !inside(class.number(n), (from + shift, to + shift));
                    out(begins.0, 0) || out(begins.1, 0) || out(ends.0, 1) || out(ends.1, 1)
                })
            })
        },
        move |facts, record, out| {
            let Some(id) = record.text(class) else { return };
            let Some((from, to)) = terms.of(facts, key([&id])) else {
                return;
            };
            for (field, shift) in [(begin, 0), (end, 1)] {
                if let Some(at) = day(record, field)
                    && !inside(Some(at), (from + shift, to + shift))
                {
                    out.field(record.index(), field, || {
                        Told::message(format!(
                            "`{}` is outside the terms of class `{id}`; expected {} to {}",
                            written(at),
                            written(from),
                            written(to)
                        ))
                    });
                }
            }
        },
    ))
}
