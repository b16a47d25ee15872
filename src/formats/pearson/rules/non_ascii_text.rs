//! See `non_ascii_text.md`.

use crate::check::{CellCheck, FileContext, Out};
use crate::finding::{Consequence, Fix, Safety, Severity, Told};
use crate::layout::Field;
use crate::records::Column;
use crate::rules::Rule;
use crate::types::{self, Type};

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::AcceptedButWrong,
    poisons: false,
    cell: Some(compile),
    ..Rule::new("non-ascii-text", include_str!("non_ascii_text.md"))
};

/// A column of free text.
struct Text(u32);

impl CellCheck for Text {
    fn check(&self, column: &Column<'_>, out: &mut Out<'_, '_>) {
        column.each(|record, text| {
            if !text.is_ascii() {
                out.cell(record, self.0, || {
                    let text = String::from_utf8_lossy(text);
                    let typed = types::everyday(&text);
                    let fix = typed.is_ascii().then(|| Fix::write(typed, Safety::Review));
                    Told::message(format!(
                        "`{text}` has letters or marks beyond plain ASCII; expected letters without accents and straight quotes (PA-F07)"
                    ))
                    .with(fix)
                });
            }
        });
    }
}

fn compile(field: &Field, column: u32, _: &FileContext<'_>) -> Option<Box<dyn CellCheck>> {
    // What has a pattern is told of by it.
    let is_free = field.kind == Type::String && field.pattern.is_none();
    is_free.then(|| Box::new(Text(column)) as Box<dyn CellCheck>)
}
