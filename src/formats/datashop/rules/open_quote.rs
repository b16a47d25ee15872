//! See `open_quote.md`.

use crate::check::{CellCheck, FileContext, Out};
use crate::evidence;
use crate::finding::{Authority, Consequence, Severity, Told};
use crate::formats::datashop::FILE;
use crate::layout::Field;
use crate::records::{Column, has_lone_quote};
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::AcceptedButWrong,
    authority: Authority::Practice,
    poisons: false,
    cell: Some(compile),
    ..Rule::new("open-quote", include_str!("open_quote.md"))
};

struct Closed {
    column: u32,
}

impl CellCheck for Closed {
    fn check(&self, column: &Column<'_>, out: &mut Out<'_, '_>) {
        if !column.begins_with(b"\"") {
            return;
        }
        column.each(|record, text| {
            if text.starts_with(b"\"") && has_lone_quote(text) {
                out.cell(record, self.column, || {
                    let text = evidence::value(&String::from_utf8_lossy(text));
                    Told::message(format!(
                        "`{text}` begins with a double quote that does not close; expected the whole value: if a tab or a line break stood within the quotes, the importer ends the cell there"
                    ))
                });
            }
        });
    }
}

fn compile(_: &Field, column: u32, file: &FileContext<'_>) -> Option<Box<dyn CellCheck>> {
    let is_literal = file.plan.dialect.quote.is_none();
    (is_literal && file.spec.name == FILE)
        .then(|| Box::new(Closed { column }) as Box<dyn CellCheck>)
}
