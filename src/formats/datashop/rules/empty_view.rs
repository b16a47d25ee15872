//! See `empty_view.md`.

use super::kit::{Filled, has, is_one};
use crate::check::{CellCheck, FileContext};
use crate::finding::{Authority, Consequence, Severity};
use crate::layout::Field;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::AcceptedButWrong,
    authority: Authority::Vendor,
    cell: Some(compile),
    ..Rule::new("empty-view", include_str!("empty_view.md"))
};

fn compile(field: &Field, column: u32, file: &FileContext<'_>) -> Option<Box<dyn CellCheck>> {
    // With start times the importer does not look at views.
    let start = is_one(field, file, &["Problem Start Time"]);
    let view = is_one(field, file, &["Problem View"]) && !has(file, "Problem Start Time");
    (start || view).then(|| {
        Box::new(Filled {
            column,
            name: field.name.clone(),
            advice: "or the importer warns and guesses",
        }) as Box<dyn CellCheck>
    })
}
