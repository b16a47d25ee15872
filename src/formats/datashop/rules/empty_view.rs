//! See `empty_view.md`.

use super::kit::{has, is_one};
use crate::check::{CellCheck, FileContext, Out};
use crate::finding::{Authority, Consequence, Severity, Told};
use crate::layout::Field;
use crate::records::Column;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::AcceptedButWrong,
    authority: Authority::Vendor,
    cell: Some(compile),
    ..Rule::new("empty-view", include_str!("empty_view.md"))
};

struct Filled {
    column: u32,
    name: String,
}

impl CellCheck for Filled {
    fn check(&self, column: &Column<'_>, out: &mut Out<'_, '_>) {
        if !column.has_gaps() {
            return;
        }
        column.each_untrimmed(|record, _, text| {
            if text.is_empty() {
                out.cell(record, self.column, || {
                    Told::message(format!(
                        "`{}` is empty; expected a value, or the importer warns and guesses",
                        self.name
                    ))
                });
            }
        });
    }
}

fn compile(field: &Field, column: u32, file: &FileContext<'_>) -> Option<Box<dyn CellCheck>> {
    // With start times the importer does not look at views.
    let start = is_one(field, file, &["Problem Start Time"]);
    let view = is_one(field, file, &["Problem View"]) && !has(file, "Problem Start Time");
    (start || view).then(|| {
        let name = field.name.clone();
        Box::new(Filled { column, name }) as Box<dyn CellCheck>
    })
}
