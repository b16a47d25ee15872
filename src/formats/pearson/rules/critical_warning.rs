//! See `critical_warning.md`.

use super::condition;
use crate::finding::{Authority, Consequence, Severity};
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::AcceptedButWrong,
    authority: Authority::Vendor,
    poisons: false,
    bundle: Some(condition::review),
    record: Some(|file| condition::compile("critical-warning", file)),
    ..Rule::new("critical-warning", include_str!("critical_warning.md"))
};
