//! See `empty_level.md`.

use super::kit::{Filled, is_one};
use crate::check::{CellCheck, FileContext};
use crate::finding::Consequence;
use crate::layout::Field;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::AcceptedButWrong,
    cell: Some(compile),
    ..Rule::new("empty-level", include_str!("empty_level.md"))
};

fn compile(field: &Field, column: u32, file: &FileContext<'_>) -> Option<Box<dyn CellCheck>> {
    is_one(field, file, &["Level (*)"]).then(|| {
        Box::new(Filled {
            column,
            name: file.plan.name(field, column),
            advice: "as the documentation asks; the importer only warns",
        }) as Box<dyn CellCheck>
    })
}
