//! See `invalid_date.md`.

use super::{Rule, typed};
use crate::finding::Consequence;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::ValueDropped,
    cell: Some(|field, column, file| typed::compile("invalid-date", field, column, file)),
    ..Rule::new("invalid-date", include_str!("invalid_date.md"))
};
