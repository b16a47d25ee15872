//! See `absent_header.md`.

use super::Rule;
use crate::check::{BundleContext, BundlePlan};
use crate::evidence::HIDDEN;
use crate::finding::{Consequence, Severity, Told};

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Info,
    consequence: Consequence::Note,
    bundle: Some(check),
    ..Rule::new("absent-header", include_str!("absent_header.md"))
};

fn check(rule: &'static Rule, context: &BundleContext<'_>, plan: &mut BundlePlan) {
    for (at, peek) in context.peeks.iter().enumerate() {
        let Some(file) = plan.files[at].as_ref().filter(|file| file.header == 0) else {
            continue;
        };
        // Where a cell may be a secret, none is shown.
        let first = match file.has_secrets() {
            true => HIDDEN,
            false => peek.labels.first().map_or("", String::as_str),
        };
        let message = format!(
            "`{first}` begins the file, and its first record is no header; expected the columns by their position: {}",
            file.labels.join(", ")
        );
        plan.tell_file(rule, at, Some(peek.line), Told::message(message));
    }
}
