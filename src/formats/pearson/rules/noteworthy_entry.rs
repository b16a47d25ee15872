//! See `noteworthy_entry.md`.

use super::condition;
use crate::finding::{Consequence, Severity};
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Info,
    consequence: Consequence::Note,
    poisons: false,
    bundle: Some(condition::review),
    record: Some(|file| condition::compile("noteworthy-entry", file)),
    ..Rule::new("noteworthy-entry", include_str!("noteworthy_entry.md"))
};
