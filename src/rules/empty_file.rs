//! See `empty_file.md`.

use super::Rule;
use crate::check::{BundleContext, BundlePlan};
use crate::finding::{Consequence, Told};

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::FileRefused,
    bundle: Some(check),
    ..Rule::new("empty-file", include_str!("empty_file.md"))
};

fn check(rule: &'static Rule, context: &BundleContext<'_>, plan: &mut BundlePlan) {
    for (at, peek) in context.peeks.iter().enumerate() {
        if peek.labels.is_empty() && peek.foreign.is_none() && context.specs[at].is_some() {
            let message = format!("`{}` is empty; expected a header and records", peek.name);
            plan.tell_file(rule, at, None, Told::message(message));
        }
    }
}

/// What to say of a file that has a header and nothing else.
pub fn told(name: &str) -> Told {
    Told::message(format!(
        "`{name}` has a header and no records; expected at least one, or no such file"
    ))
}
