//! See `unknown_code.md`.

use super::{Rule, typed};

/// The rule.
pub static RULE: Rule = Rule {
    cell: Some(|field, column, file| typed::compile("unknown-code", field, column, file)),
    ..Rule::new("unknown-code", include_str!("unknown_code.md"))
};
