//! See `doubtful_accommodation.md`.

use super::condition;
use crate::finding::{Consequence, Severity};
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::AcceptedButWrong,
    poisons: false,
    bundle: Some(condition::review),
    record: Some(|file| condition::compile("doubtful-accommodation", file)),
    ..Rule::new(
        "doubtful-accommodation",
        include_str!("doubtful_accommodation.md"),
    )
};
