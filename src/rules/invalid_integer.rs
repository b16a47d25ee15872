//! See `invalid_integer.md`.

use super::{Rule, typed};
use crate::finding::Consequence;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::ValueDropped,
    cell: Some(|field, column, file| typed::compile("invalid-integer", field, column, file)),
    ..Rule::new("invalid-integer", include_str!("invalid_integer.md"))
};
