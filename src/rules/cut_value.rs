//! See `cut_value.md`.

use super::{Rule, value_too_long};
use crate::finding::Consequence;
use crate::layout::Longer;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::AcceptedButWrong,
    cell: Some(|field, column, file| value_too_long::compile(Longer::Cut, field, column, file)),
    ..Rule::new("cut-value", include_str!("cut_value.md"))
};
