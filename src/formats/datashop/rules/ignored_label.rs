//! See `ignored_label.md`.

use super::kit::{label, transactions};
use crate::check::{BundleContext, BundlePlan};
use crate::finding::{Consequence, Severity, Told};
use crate::formats::datashop::headings::Kind;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::ValueDropped,
    bundle: Some(check),
    ..Rule::new("ignored-label", include_str!("ignored_label.md"))
};

fn check(rule: &'static Rule, context: &BundleContext<'_>, plan: &mut BundlePlan) {
    for (file, headings) in transactions(context, plan) {
        for heading in &headings {
            // Its own columns the importer names, too.
            let named = context.profile.is_some();
            let (severity, why) = match heading.kind {
                Kind::Computed if named => (
                    Severity::Warning,
                    "expected no such column: DataShop makes it anew",
                ),
                Kind::Strange => (
                    Severity::Warning,
                    "expected a column of the format, or CF (…)",
                ),
                Kind::Computed => (
                    Severity::Info,
                    "expected no such column: DataShop makes it anew",
                ),
                _ => continue,
            };
            let message = format!("`{}` is not read by the importer; {why}", heading.label);
            label(
                plan,
                file,
                heading,
                (rule, severity),
                Told::message(message),
            );
        }
    }
}
