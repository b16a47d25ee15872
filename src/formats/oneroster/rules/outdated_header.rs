//! See `outdated_header.md`.

use crate::check::{BundleContext, BundlePlan};
use crate::finding::{Consequence, Severity, Told};
use crate::formats::oneroster::version::outdated;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::FileRefused,
    poisons: false,
    bundle: Some(check),
    ..Rule::new("outdated-header", include_str!("outdated_header.md"))
};

fn check(rule: &'static Rule, context: &BundleContext<'_>, plan: &mut BundlePlan) {
    for (at, peek) in context.peeks.iter().enumerate() {
        if plan.files[at].is_some()
            && let Some(what) = outdated(peek)
        {
            let message = format!(
                "`{}` has {what}; expected the header of 1.1, and checked as that",
                peek.name
            );
            plan.tell_file(rule, at, Some(peek.line), Told::message(message));
        }
    }
}
