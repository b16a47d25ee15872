//! See `duplicate_registration.md`.

use super::agreement;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    poisons: false,
    join: Some(agreement::keys),
    ..Rule::new(
        "duplicate-registration",
        include_str!("duplicate_registration.md"),
    )
};
