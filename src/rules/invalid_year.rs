//! See `invalid_year.md`.

use super::{Rule, typed};
use crate::finding::Consequence;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::ValueDropped,
    cell: Some(|field, column, file| typed::compile("invalid-year", field, column, file)),
    ..Rule::new("invalid-year", include_str!("invalid_year.md"))
};
