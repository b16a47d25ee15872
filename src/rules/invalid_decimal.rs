//! See `invalid_decimal.md`.

use super::{Rule, typed};
use crate::finding::Consequence;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::ValueDropped,
    cell: Some(|field, column, file| typed::compile("invalid-decimal", field, column, file)),
    ..Rule::new("invalid-decimal", include_str!("invalid_decimal.md"))
};
