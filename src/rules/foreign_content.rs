//! See `foreign_content.md`.

use super::Rule;
use crate::check::{BundleContext, BundlePlan, Skipped};
use crate::finding::{Consequence, Told};
use crate::source::advice;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::FileRefused,
    bundle: Some(check),
    ..Rule::new("foreign-content", include_str!("foreign_content.md"))
};

fn check(rule: &'static Rule, context: &BundleContext<'_>, plan: &mut BundlePlan) {
    for (at, peek) in context.peeks.iter().enumerate() {
        if let (Some(what), Some(_)) = (peek.foreign, context.specs[at]) {
            let (name, advice) = (&peek.name, advice(what));
            let message =
                format!("`{name}` is {what}; expected text with comma-separated values: {advice}");
            plan.tell_file(rule, at, None, Told::message(message));
            plan.skipped.push(Skipped {
                rule: None,
                file: peek.name.clone(),
                reason: format!("it is {what}"),
            });
        }
    }
}
