//! See `invalid_list.md`.

use super::{Rule, typed};
use crate::finding::Consequence;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::ValueDropped,
    cell: Some(|field, column, file| typed::compile("invalid-list", field, column, file)),
    ..Rule::new("invalid-list", include_str!("invalid_list.md"))
};
