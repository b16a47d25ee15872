//! See `score_out_of_range.md`.

use super::kit::{fields, key, relation};
use crate::check::{BundleContext, BundlePlan, Fold, Join, Reading, Suspects};
use crate::finding::{Consequence, Told};
use crate::rules::Rule;
use crate::types::decimal;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::ValueDropped,
    join: Some(|context, plan| compile(context, plan).into_iter().collect()),
    ..Rule::new("score-out-of-range", include_str!("score_out_of_range.md"))
};

/// As numbers are gathered: in millionths.
const UNIT: f64 = 1e6;

fn compile(context: &BundleContext<'_>, plan: &mut BundlePlan) -> Option<Box<dyn Join>> {
    let (file, [item, score]) =
        fields(context, plan, "results.csv", ["lineItemSourcedId", "score"])?;
    fields(context, plan, "lineItems.csv", ["sourcedId"])?;
    let planner = &mut plan.planner;
    let domain = planner.domain("lineItems.csv", &["sourcedId"]);
    let mut number = |file, key, field, fold| {
        planner.number(domain, file, &[key], (field, Reading::Decimal), fold, None)
    };
    // Where records share a key, that of the widest range.
    let least = number("lineItems.csv", "sourcedId", "resultValueMin", Fold::Least);
    let most = number(
        "lineItems.csv",
        "sourcedId",
        "resultValueMax",
        Fold::Greatest,
    );
    let low = number("results.csv", "lineItemSourcedId", "score", Fold::Least);
    let high = number("results.csv", "lineItemSourcedId", "score", Fold::Greatest);
    Some(relation(
        file,
        move |facts| {
            Suspects::with(facts, domain, |item| {
                let below = item.number(low).zip(item.number(least));
                let above = item.number(high).zip(item.number(most));
                below.is_some_and(|(score, least)| score < least)
                    || above.is_some_and(|(score, most)| score > most)
            })
        },
        move |facts, record, out| {
            let (Some(id), Some(text)) = (record.text(item), record.text(score)) else {
                return;
            };
            let value = decimal::value(text.as_bytes()).map(|value| (value * UNIT).round() as i64);
            let (Some(value), Some(item)) = (value, facts[domain.0].get(key([&id]))) else {
                return;
            };
            let (least, most) = (item.number(least), item.number(most));
            let below = least.filter(|least| value < *least).map(|n| ("least", n));
            let above = most.filter(|most| value > *most).map(|n| ("most", n));
            if let Some((side, limit)) = below.or(above) {
                out.field(record.index(), score, || {
                    let limit = limit as f64 / UNIT;
                    Told::message(format!(
                        "`{text}` is out of the range of line item `{id}`; expected at {side} {limit}"
                    ))
                });
            }
        },
    ))
}
