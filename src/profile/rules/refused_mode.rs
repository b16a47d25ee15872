//! See `refused_mode.md`.

use super::asked;
use crate::check::{BundleContext, BundlePlan};
use crate::finding::{Consequence, Told};
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::FileRefused,
    bundle: Some(check),
    ..asked("refused-mode", include_str!("refused_mode.md"))
};

fn check(rule: &'static Rule, context: &BundleContext<'_>, plan: &mut BundlePlan) {
    for (_, title) in context.asks(&RULE) {
        for (at, peek) in context.peeks.iter().enumerate() {
            if context.specs[at].is_some() && !context.is_bulk(at) {
                let message = format!(
                    "`{}` holds changes only; expected all records, since {title} takes no delta",
                    peek.name
                );
                plan.tell_file(rule, at, None, Told::message(message));
            }
        }
    }
}
