//! See `level_separator.md`.

use super::kit::{Cells, is_one};
use crate::check::{CellCheck, FileContext};
use crate::finding::{Authority, Consequence, Severity, Told};
use crate::layout::Field;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::AcceptedButWrong,
    authority: Authority::Vendor,
    cell: Some(compile),
    ..Rule::new("level-separator", include_str!("level_separator.md"))
};

fn compile(field: &Field, column: u32, file: &FileContext<'_>) -> Option<Box<dyn CellCheck>> {
    is_one(field, file, &["Level (*)"]).then(|| {
        Box::new(Cells {
            column,
            is: |text: &[u8]| text.windows(3).any(|three| three == b"XXX"),
            say: |text: &str| {
                Told::message(format!(
                    "`{text}` holds XXX, with which the importer itself separates levels; expected a value without it"
                ))
            },
        }) as Box<dyn CellCheck>
    })
}
