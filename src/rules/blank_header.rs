//! See `blank_header.md`.

use super::Rule;
use crate::finding::{Consequence, Told};

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::FileRefused,
    ..Rule::new("blank-header", include_str!("blank_header.md"))
};

/// What to say of a header of so many cells without a label in any.
pub fn told(cells: usize) -> Told {
    let cells = if cells == 1 {
        "1 cell".to_owned()
    } else {
        format!("{cells} cells")
    };
    Told::message(format!(
        "`{cells}` without a label stand where the header should be; expected labels"
    ))
}
