//! See `unsupported_accommodation.md`.

use super::condition;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    poisons: false,
    bundle: Some(condition::review),
    record: Some(|file| condition::compile("unsupported-accommodation", file)),
    ..Rule::new(
        "unsupported-accommodation",
        include_str!("unsupported_accommodation.md"),
    )
};
