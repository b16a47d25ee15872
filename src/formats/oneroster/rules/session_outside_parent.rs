//! See `session_outside_parent.md`.

use super::kit::{day, fields, key, relation, written};
use crate::check::{BundleContext, BundlePlan, Fold, Join, Reading, Suspects};
use crate::finding::{Authority, Consequence, Severity, Told};
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::AcceptedButWrong,
    authority: Authority::Practice,
    join: Some(|context, plan| compile(context, plan).into_iter().collect()),
    ..Rule::new(
        "session-outside-parent",
        include_str!("session_outside_parent.md"),
    )
};

fn compile(context: &BundleContext<'_>, plan: &mut BundlePlan) -> Option<Box<dyn Join>> {
    let name = "academicSessions.csv";
    let names = ["parentSourcedId", "startDate", "endDate", "sourcedId"];
    let (file, [parent, start, end, _]) = fields(context, plan, name, names)?;
    let planner = &mut plan.planner;
    let domain = planner.domain(name, &["sourcedId"]);
    let mut number =
        |of, field, fold| planner.number(domain, name, &[of], (field, Reading::Date), fold, None);
    let own = number("sourcedId", "startDate", Fold::Least);
    let own = (own, number("sourcedId", "endDate", Fold::Greatest));
    let below = number("parentSourcedId", "startDate", Fold::Least);
    let below = (below, number("parentSourcedId", "endDate", Fold::Greatest));
    let differs = |inner: Option<i64>, outer: Option<i64>, sign: i64| {
        inner
            .zip(outer)
            .filter(|(inner, outer)| (inner - outer) * sign > 0)
    };
    Some(relation(
        file,
        move |facts| {
            Suspects::with(facts, domain, |k| {
                differs(k.number(below.0), k.number(own.0), -1).is_some()
                    || differs(k.number(below.1), k.number(own.1), 1).is_some()
            })
        },
        move |facts, record, out| {
            let Some(id) = record.text(parent) else {
                return;
            };
            let Some(known) = facts[domain.0].get(key([&id])) else {
                return;
            };
            let sides = [(start, own.0, -1, "before"), (end, own.1, 1, "after")];
            for (field, number, sign, side) in sides {
                let found = differs(day(record, field), known.number(number), sign);
                if let Some((mine, theirs)) = found {
                    out.field(record.index(), field, || {
                        Told::message(format!(
                            "`{}` is {side} {}, where its parent session `{id}` {}; \
                             expected it within",
                            written(mine),
                            written(theirs),
                            if sign < 0 { "starts" } else { "ends" },
                        ))
                    });
                }
            }
        },
    ))
}
