//! See `invalid_datetime.md`.

use super::{Rule, typed};
use crate::finding::Consequence;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::ValueDropped,
    cell: Some(|field, column, file| typed::compile("invalid-datetime", field, column, file)),
    ..Rule::new("invalid-datetime", include_str!("invalid_datetime.md"))
};
