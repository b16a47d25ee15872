//! See `completed_test.md`.

use super::matching;
use crate::finding::{Consequence, Severity};
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::AcceptedButWrong,
    poisons: false,
    join: Some(|context, plan| matching::compile("completed-test", context, plan)),
    ..Rule::new("completed-test", include_str!("completed_test.md"))
};
