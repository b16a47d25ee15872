//! See `blank_label.md`.

use super::Rule;
use crate::finding::{Consequence, Told};

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::FileRefused,
    ..Rule::new("blank-label", include_str!("blank_label.md"))
};

/// What to say of a column without a label, from 0; a trailing one most likely came from a
/// spreadsheet.
pub fn told(column: usize, trailing: bool) -> Told {
    let hint = if trailing {
        " or no such column: it is probably left over in a spreadsheet"
    } else {
        ""
    };
    Told::message(format!(
        "column {} has no label; expected one{hint}",
        column + 1
    ))
}
