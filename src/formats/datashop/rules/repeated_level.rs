//! See `repeated_level.md`.

use super::kit::{label, transactions};
use crate::check::{BundleContext, BundlePlan};
use crate::finding::{Consequence, Severity, Told};
use crate::formats::datashop::headings::Kind;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::AcceptedButWrong,
    bundle: Some(check),
    ..Rule::new("repeated-level", include_str!("repeated_level.md"))
};

fn check(rule: &'static Rule, context: &BundleContext<'_>, plan: &mut BundlePlan) {
    for (file, headings) in transactions(context, plan) {
        for heading in headings
            .iter()
            .filter(|heading| heading.kind == Kind::Level)
        {
            let folded = heading.folded();
            let mut before = headings.iter().take(heading.column as usize);
            if before.any(|other| other.kind == Kind::Level && other.folded() == folded) {
                let message = format!(
                    "`{}` is the title of two levels; expected another for each",
                    heading.label
                );
                label(
                    plan,
                    file,
                    heading,
                    (rule, rule.severity),
                    Told::message(message),
                );
            }
        }
    }
}
