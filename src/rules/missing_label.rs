//! See `missing_label.md`.

use super::Rule;
use crate::finding::{Consequence, Told};
use crate::layout::Field;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::FileRefused,
    ..Rule::new("missing-label", include_str!("missing_label.md"))
};

/// What to say of a field that has no column.
pub fn told(field: &Field) -> Told {
    Told::message(format!(
        "`{}` is not in the header; expected all columns of the format",
        field.name
    ))
}
