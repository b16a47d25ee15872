//! See `misspelled_label.md`.

use super::Rule;
use crate::finding::{Consequence, Fix, Safety, Told};

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::FileRefused,
    ..Rule::new("misspelled-label", include_str!("misspelled_label.md"))
};

/// What to say of a label that names the field in another spelling.
pub fn told(label: &str, field: &str, safety: Safety) -> Told {
    Told::message(format!(
        "`{label}` is not how the label is spelled; expected `{field}`"
    ))
    .with(Some(Fix::write(field, safety)))
}

/// What to say of a label that stands for the field as a column map says.
pub fn told_mapped(label: &str, field: &str) -> Told {
    Told::message(format!(
        "`{label}` is read as `{field}`, as the column map says; expected `{field}`"
    ))
    .with(Some(Fix::write(field, Safety::Safe)))
}
