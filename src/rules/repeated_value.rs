//! See `repeated_value.md`.

use super::{Rule, duplicate_key};
use crate::finding::{Consequence, Severity};
use crate::layout::Key;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::AcceptedButWrong,
    join: Some(|context, plan| duplicate_key::unique(context, plan, Key::Unique)),
    ..Rule::new("repeated-value", include_str!("repeated_value.md"))
};
