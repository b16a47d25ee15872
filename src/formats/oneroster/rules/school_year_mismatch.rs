//! See `school_year_mismatch.md`.

use super::kit::{fields, key, relation};
use crate::check::{BundleContext, BundlePlan, Fold, Join, Reading, Suspects};
use crate::finding::{Consequence, Severity, Told};
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::AcceptedButWrong,
    join: Some(|context, plan| compile(context, plan).into_iter().collect()),
    ..Rule::new(
        "school-year-mismatch",
        include_str!("school_year_mismatch.md"),
    )
};

/// Numbers are gathered in millionths.
const ONE: i64 = 1_000_000;

fn compile(context: &BundleContext<'_>, plan: &mut BundlePlan) -> Option<Box<dyn Join>> {
    let name = "academicSessions.csv";
    let names = ["parentSourcedId", "schoolYear", "sourcedId"];
    let (file, [parent, year, _]) = fields(context, plan, name, names)?;
    let planner = &mut plan.planner;
    let domain = planner.domain(name, &["sourcedId"]);
    let mut number = |of, fold| {
        let reading = ("schoolYear", Reading::Decimal);
        planner.number(domain, name, &[of], reading, fold, None)
    };
    let own = number("sourcedId", Fold::Least);
    let below = [Fold::Least, Fold::Greatest].map(|fold| number("parentSourcedId", fold));
    Some(relation(
        file,
        move |facts| {
            Suspects::with(facts, domain, |k| {
                let mut others = below.iter().filter_map(|below| k.number(*below));
                k.number(own)
                    .is_some_and(|own| others.any(|other| other != own))
            })
        },
        move |facts, record, out| {
            let Some(id) = record.text(parent) else {
                return;
            };
            let known = facts[domain.0].get(key([&id]));
            let theirs = known.and_then(|known| known.number(own));
            let text = record.text(year);
            let mine = text.as_deref().and_then(|text| text.parse::<i64>().ok());
            if let (Some(mine), Some(theirs)) = (mine, theirs)
                && mine * ONE != theirs
            {
                out.field(record.index(), year, || {
                    Told::message(format!(
                        "`{mine}` is not {}, the school year of its parent session `{id}`; \
                         expected the same",
                        theirs / ONE
                    ))
                });
            }
        },
    ))
}
