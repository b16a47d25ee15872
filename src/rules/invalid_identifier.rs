//! See `invalid_identifier.md`.

use super::{Rule, typed};
use crate::finding::Consequence;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::RecordDropped,
    cell: Some(|field, column, file| typed::compile("invalid-identifier", field, column, file)),
    ..Rule::new("invalid-identifier", include_str!("invalid_identifier.md"))
};
