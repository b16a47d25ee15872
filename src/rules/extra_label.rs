//! See `extra_label.md`.

use super::Rule;
use crate::finding::{Consequence, Told};
use crate::layout::{Extra, FileSpec};

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::FileRefused,
    ..Rule::new("extra-label", include_str!("extra_label.md"))
};

/// What to say of a label that the format does not know.
pub fn told(spec: &FileSpec, label: &str) -> Told {
    let allowed = match &spec.extra {
        Extra::Prefixed(prefix) => {
            format!(" and, after them, your own that begin with `{prefix}`")
        }
        Extra::None | Extra::Any => String::new(),
    };
    Told::message(format!(
        "`{label}` is no column of {}; expected the format's columns{allowed}",
        spec.called()
    ))
}

/// What to say of a label that was seen for two fields.
pub fn told_either(label: &str, [one, other]: [&str; 2]) -> Told {
    Told::message(format!(
        "`{label}` may be `{one}` or `{other}`, and is read as neither; expected a label of one field alone"
    ))
}
