//! See `contradictory_entry.md`.

use super::condition;
use crate::finding::{Consequence, Severity};
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::AcceptedButWrong,
    poisons: false,
    bundle: Some(condition::review),
    record: Some(|file| condition::compile("contradictory-entry", file)),
    ..Rule::new(
        "contradictory-entry",
        include_str!("contradictory_entry.md"),
    )
};
