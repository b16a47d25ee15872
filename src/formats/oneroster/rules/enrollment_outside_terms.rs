//! See `enrollment_outside_terms.md`.

use super::kit::{day, fields, key, relation, written};
use super::sessions::Terms;
use crate::check::{BundleContext, BundlePlan, Fold, Join, Reading, Suspects};
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

fn compile(context: &BundleContext<'_>, plan: &mut BundlePlan) -> Option<Box<dyn Join>> {
    let name = "enrollments.csv";
    let names = ["classSourcedId", "beginDate", "endDate"];
    let (file, [class, begin, end]) = fields(context, plan, name, names)?;
    let sessions = ["sourcedId", "startDate", "endDate"];
    fields(context, plan, "academicSessions.csv", sessions)?;
    fields(
        context,
        plan,
        "classes.csv",
        ["sourcedId", "termSourcedIds"],
    )?;
    let terms = Terms::gather(plan);
    let classes = plan.planner.domain("classes.csv", &["sourcedId"]);
    let mut number = |field, fold| {
        let reading = (field, Reading::Date);
        plan.planner
            .number(classes, name, &names[..1], reading, fold, None)
    };
    // The first day is one of the terms; the day after the last may be the one after theirs.
    let sides = [("beginDate", begin, 0), ("endDate", end, 1)];
    let sides = sides.map(|(field, at, shift)| {
        let extremes = [number(field, Fold::Least), number(field, Fold::Greatest)];
        (at, shift, extremes)
    });
    let outside =
        |day: i64, shift: i64, (from, to): (i64, i64)| day < from + shift || day >= to + shift;
    Some(relation(
        file,
        move |facts| {
            Suspects::with(facts, classes, |class| {
                let is_out = |span| {
                    sides.iter().any(|(_, shift, extremes)| {
                        let mut days = extremes.iter().filter_map(|n| class.number(*n));
                        days.any(|day| outside(day, *shift, span))
                    })
                };
                terms.span(facts, class.print).is_some_and(is_out)
            })
        },
        move |facts, record, out| {
            let Some(id) = record.text(class) else { return };
            let Some(span) = terms.span(facts, key([&id])) else {
                return;
            };
            for (field, shift, _) in sides {
                if let Some(at) = day(record, field).filter(|day| outside(*day, shift, span)) {
                    out.field(record.index(), field, || {
                        let (at, from, to) = (written(at), written(span.0), written(span.1));
                        Told::message(format!(
                            "`{at}` is outside the terms of class `{id}`; expected {from} to {to}"
                        ))
                    });
                }
            }
        },
    ))
}
