//! See `conflicting_identity.md`.

use super::agreement;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    poisons: false,
    join: Some(|context, plan| agreement::agreements("conflicting-identity", context, plan)),
    ..Rule::new(
        "conflicting-identity",
        include_str!("conflicting_identity.md"),
    )
};
