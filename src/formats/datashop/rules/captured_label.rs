//! See `captured_label.md`.

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
    ..Rule::new("captured-label", include_str!("captured_label.md"))
};

fn check(rule: &'static Rule, context: &BundleContext<'_>, plan: &mut BundlePlan) {
    for (file, headings) in transactions(context, plan) {
        for heading in &headings {
            let word = match heading.kind {
                Kind::Level => "Level",
                Kind::Kc => "KC",
                Kind::Category => "KC Category",
                Kind::Cf => "CF",
                _ => continue,
            };
            if !heading.is_plain() {
                let message = format!(
                    "`{}` begins with {word}, so the importer takes it for a {word} column; expected `{word} (…)`, or a label that begins otherwise",
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
