//! See `misordered_label.md`.

use super::Rule;
use crate::finding::{Consequence, Fix, Remedy, Safety, Told};
use crate::layout::FileSpec;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::FileRefused,
    ..Rule::new("misordered-label", include_str!("misordered_label.md"))
};

fn fix() -> Option<Fix> {
    let title = "Put the columns in the format's order".to_owned();
    Some(Fix {
        title,
        safety: Safety::Safe,
        remedy: Remedy::Columns,
    })
}

/// What to say of a field that stands in the wrong place.
pub fn told(spec: &FileSpec, field: usize) -> Told {
    let name = &spec.fields[field].name;
    let place = match field.checked_sub(1) {
        Some(before) => format!("after {}", spec.fields[before].name),
        None => "in the first column".to_owned(),
    };
    Told::message(format!("`{name}` is out of order; expected it {place}")).with(fix())
}

/// What to say of a column of one's own that stands among the format's.
pub fn told_extra(label: &str) -> Told {
    let message =
        format!("`{label}` stands among the format's columns; expected it after the last");
    Told::message(message).with(fix())
}
