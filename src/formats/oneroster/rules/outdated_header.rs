//! See `outdated_header.md`.

use crate::check::{BundleContext, BundlePlan};
use crate::finding::{Consequence, Fix, Remedy, Safety, Severity, Told};
use crate::formats::oneroster::version::{CURRENT, outdated};
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
            let fix = Fix {
                title: format!("Make all files current with `{CURRENT}`"),
                safety: Safety::Shown,
                remedy: Remedy::Nothing,
            };
            let told = Told::message(message).with(Some(fix));
            plan.tell_file(rule, at, Some(peek.line), told);
        }
    }
}
