//! See `extra_cell.md`.

use super::Rule;
use crate::finding::{Fix, Remedy, Safety, Told};
use crate::layout::{FileSpec, Quotes};
use crate::legacy::lossy;
use crate::records::{Record, joined};

/// The rule.
pub static RULE: Rule = Rule::new("extra-cell", include_str!("extra_cell.md"));

fn message(cells: usize, labels: usize) -> String {
    format!("`{cells}` cells under {labels} labels; expected as many cells as labels")
}

/// What to say where the surplus cells hold something: a comma in some cell most likely lacks its
/// quotes, and only a person can tell in which. A cell that begins with a blank is most likely the
/// rest of the one before it.
pub fn told(record: &Record<'_>, labels: usize, spec: &FileSpec) -> Told {
    let cells = record.width();
    let text = |at: usize| Some(lossy(&record.value(at)?).into_owned());
    let split = (1..cells).find_map(|at| {
        let (front, back) = (text(at - 1)?, text(at)?);
        let is_rest = back.starts_with(' ') && !front.trim().is_empty() && !back.trim().is_empty();
        is_rest.then(|| format!("`{front},{back}`"))
    });
    let quotes = match (spec.quotes, spec.delimiter, split) {
        (Quotes::Enclose, b',', Some(split)) => format!(", with quotes around {split}"),
        (Quotes::Enclose, b',', None) => {
            ", with quotes around one that has a comma in it".to_owned()
        }
        _ => String::new(),
    };
    let whole = record.is_torn().then(|| joined(record, labels));
    let fix = whole.flatten().map(|cells| Fix {
        title: "Join the cells that the quotes held together".to_owned(),
        safety: Safety::Review,
        remedy: Remedy::Cells(cells),
    });
    Told::message(message(cells, labels) + &quotes).with(fix)
}

/// What to say where the surplus cells are empty.
pub fn told_empty(cells: usize, labels: usize) -> Told {
    Told::message(message(cells, labels)).with(Some(Fix {
        title: "Remove the empty cells at the end".to_owned(),
        safety: Safety::Safe,
        remedy: Remedy::FitRecord,
    }))
}
