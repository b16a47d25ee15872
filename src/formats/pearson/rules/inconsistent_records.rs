//! See `inconsistent_records.md`.

use super::agreement;
use crate::finding::{Authority, Consequence, Severity};
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::AcceptedButWrong,
    authority: Authority::Practice,
    poisons: false,
    join: Some(|context, plan| agreement::agreements("inconsistent-records", context, plan)),
    ..Rule::new(
        "inconsistent-records",
        include_str!("inconsistent_records.md"),
    )
};
