//! See `repeated_level.md`.

use std::collections::HashSet;

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
        let mut titles = HashSet::new();
        for heading in headings
            .iter()
            .filter(|heading| heading.kind == Kind::Level)
        {
            if !titles.insert(heading.folded()) {
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
