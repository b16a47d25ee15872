//! See `incomplete_entry.md`.

use super::condition;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    poisons: false,
    bundle: Some(condition::review),
    record: Some(|file| condition::compile("incomplete-entry", file)),
    ..Rule::new("incomplete-entry", include_str!("incomplete_entry.md"))
};
