//! See `extra_cell.md`.

use super::Rule;
use crate::finding::{Fix, Remedy, Safety, Told};

/// The rule.
pub static RULE: Rule = Rule::new("extra-cell", include_str!("extra_cell.md"));

fn message(cells: usize, labels: usize) -> String {
    format!("`{cells}` cells under {labels} labels; expected as many cells as labels")
}

/// What to say where the surplus cells hold something: a comma in some cell most likely lacks its
/// quotes, and only a person can tell in which.
pub fn told(cells: usize, labels: usize) -> Told {
    Told::message(message(cells, labels))
}

/// What to say where the surplus cells are empty.
pub fn told_empty(cells: usize, labels: usize) -> Told {
    Told::message(message(cells, labels)).with(Some(Fix {
        title: "Remove the empty cells at the end".to_owned(),
        safety: Safety::Safe,
        remedy: Remedy::FitRecord,
    }))
}
