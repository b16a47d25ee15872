//! See `ignored_event_type.md`.

use super::kit::{label, transactions};
use crate::check::{BundleContext, BundlePlan};
use crate::finding::{Consequence, Told};
use crate::profile::rules::asked;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::ValueDropped,
    bundle: Some(check),
    ..asked("ignored-event-type", include_str!("ignored_event_type.md"))
};

fn check(rule: &'static Rule, context: &BundleContext<'_>, plan: &mut BundlePlan) {
    let asks = context.asks(&RULE).next().is_some();
    for (at, headings) in transactions(context, plan).into_iter().filter(|_| asks) {
        for heading in headings
            .iter()
            .filter(|heading| heading.field == "Event Type")
        {
            let message = format!(
                "`{}` is not read by the importer of release 10.4.5; expected a newer server, or no such column",
                heading.label
            );
            label(
                plan,
                at,
                heading,
                (rule, rule.severity),
                Told::message(message),
            );
        }
    }
}
