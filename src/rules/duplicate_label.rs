//! See `duplicate_label.md`.

use super::Rule;
use crate::finding::{Consequence, Told};

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::FileRefused,
    ..Rule::new("duplicate-label", include_str!("duplicate_label.md"))
};

/// What to say of a label whose field has a column already.
pub fn told(label: &str, field: &str) -> Told {
    Told::message(match label == field {
        true => format!("`{label}` is the label of two columns; expected it once"),
        false => {
            format!("`{label}` stands for {field}, which has a column already; expected it once")
        }
    })
}
