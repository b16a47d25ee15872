//! See `system_file.md`.

use super::Rule;
use crate::check::{BundleContext, BundlePlan};
use crate::finding::{Authority, Consequence, Fix, Remedy, Safety, Severity, Told};

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Info,
    consequence: Consequence::Note,
    authority: Authority::Practice,
    bundle: Some(check),
    ..Rule::new("system-file", include_str!("system_file.md"))
};

fn check(rule: &'static Rule, context: &BundleContext<'_>, plan: &mut BundlePlan) {
    for name in &context.wrapping.litter {
        let message = format!(
            "`{name}` was left by the computer that made the zip; expected only your files"
        );
        let fix = Fix {
            title: "Leave the file out".to_owned(),
            safety: Safety::Safe,
            remedy: Remedy::DropFile,
        };
        plan.tell_named(rule, name, Told::message(message).with(Some(fix)));
    }
}
