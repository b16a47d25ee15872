//! See `missing_label.md`.

use super::Rule;
use crate::finding::{Consequence, Told};
use crate::layout::Field;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::FileRefused,
    ..Rule::new("missing-label", include_str!("missing_label.md"))
};

/// Labels of which one may be the missing one under another name: so many are named, of more it is
/// only said that they are there.
const NAMED: usize = 3;

/// What to say of a field that has no column, beside labels that name no field.
pub fn told(field: &Field, unknown: &[&str]) -> Told {
    let look = match unknown.len() {
        0 => String::new(),
        1..=NAMED => format!("; look whether it is `{}`", unknown.join("` or `")),
        _ => "; look whether it is one of those that the format does not know".to_owned(),
    };
    Told::message(format!(
        "`{}` is not in the header; expected all columns of the format{look}",
        field.name
    ))
}
