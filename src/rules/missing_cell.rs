//! See `missing_cell.md`.

use super::Rule;
use crate::finding::{Fix, Remedy, Safety, Told};

/// The rule.
pub static RULE: Rule = Rule::new("missing-cell", include_str!("missing_cell.md"));

/// What to say of a record with so many cells under so many labels; those that are missing are
/// empty ones at its end with this safety.
pub fn told(cells: usize, labels: usize, safety: Safety) -> Told {
    let message =
        format!("`{cells}` cells under {labels} labels; expected as many cells as labels");
    let fix = Fix {
        title: "Add empty cells at the end".to_owned(),
        safety,
        remedy: Remedy::FitRecord,
    };
    Told::message(message).with(Some(fix).filter(|fix| fix.safety != Safety::Shown))
}
