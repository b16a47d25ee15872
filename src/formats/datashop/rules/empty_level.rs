//! See `empty_level.md`.

use super::kit::is_one;
use crate::check::{CellCheck, FileContext, Out};
use crate::finding::{Consequence, Told};
use crate::layout::Field;
use crate::records::Column;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::AcceptedButWrong,
    cell: Some(compile),
    ..Rule::new("empty-level", include_str!("empty_level.md"))
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
                        "`{}` is empty; expected a value, as the documentation asks; the importer only warns",
                        self.name
                    ))
                });
            }
        });
    }
}

fn compile(field: &Field, column: u32, file: &FileContext<'_>) -> Option<Box<dyn CellCheck>> {
    is_one(field, file, &["Level (*)"]).then(|| {
        let name = file.plan.name(field, column);
        Box::new(Filled { column, name }) as Box<dyn CellCheck>
    })
}
