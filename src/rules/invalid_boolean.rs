//! See `invalid_boolean.md`.

use super::{Rule, typed};
use crate::finding::Consequence;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::ValueDropped,
    cell: Some(|field, column, file| typed::compile("invalid-boolean", field, column, file)),
    ..Rule::new("invalid-boolean", include_str!("invalid_boolean.md"))
};
