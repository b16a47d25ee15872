//! See `invalid_email.md`.

use super::{Rule, typed};
use crate::finding::Consequence;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::ValueDropped,
    cell: Some(|field, column, file| typed::compile("invalid-email", field, column, file)),
    ..Rule::new("invalid-email", include_str!("invalid_email.md"))
};
