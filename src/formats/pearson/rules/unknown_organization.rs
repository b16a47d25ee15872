//! See `unknown_organization.md`.

use super::matching;
use crate::finding::Severity;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    poisons: false,
    join: Some(|context, plan| matching::compile("unknown-organization", context, plan)),
    ..Rule::new(
        "unknown-organization",
        include_str!("unknown_organization.md"),
    )
};
