//! See `unknown_file.md`.

use super::Rule;
use crate::check::{BundleContext, BundlePlan};
use crate::finding::{Consequence, Fix, Remedy, Safety, Severity, Told};

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::Note,
    bundle: Some(check),
    ..Rule::new("unknown-file", include_str!("unknown_file.md"))
};

fn check(rule: &'static Rule, context: &BundleContext<'_>, plan: &mut BundlePlan) {
    for (at, peek) in context.peeks.iter().enumerate() {
        if context.specs[at].is_some() {
            continue;
        }
        let what = peek
            .foreign
            .map(|what| format!(", {what},"))
            .unwrap_or_default();
        let message = format!(
            "`{}`{what} is no file of this format; expected only its files",
            peek.name
        );
        let fix = Fix {
            title: "Leave the file out".to_owned(),
            safety: Safety::Review,
            remedy: Remedy::DropFile,
        };
        plan.tell_file(rule, at, None, Told::message(message).with(Some(fix)));
    }
}
