//! See `unmatched_record.md`.

use super::matching;
use crate::finding::{Consequence, Severity};
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::AcceptedButWrong,
    poisons: false,
    join: Some(|context, plan| matching::compile("unmatched-record", context, plan)),
    ..Rule::new("unmatched-record", include_str!("unmatched_record.md"))
};
