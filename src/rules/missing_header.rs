//! See `missing_header.md`.

use super::Rule;
use crate::finding::{Consequence, Told};
use crate::layout::FileSpec;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::FileRefused,
    ..Rule::new("missing-header", include_str!("missing_header.md"))
};

/// What to say of a file whose first record has none of the labels.
pub fn told(spec: &FileSpec, first: &str) -> Told {
    let labels: Vec<&str> = spec
        .fields
        .iter()
        .take(3)
        .map(|field| field.name.as_str())
        .collect();
    Told::message(format!(
        "`{first}` begins the file, and no label of {} is in its first record; expected a header: {}, …",
        spec.called(),
        labels.join(", ")
    ))
}
