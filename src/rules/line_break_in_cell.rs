//! See `line_break_in_cell.md`.

use super::Rule;
use crate::check::{CellCheck, FileContext, Out};
use crate::finding::{Consequence, Fix, Safety, Told};
use crate::layout::Field;
use crate::records::Column;
use crate::types::Type;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::FileRefused,
    cell: Some(compile),
    ..Rule::new("line-break-in-cell", include_str!("line_break_in_cell.md"))
};

struct OneLine {
    column: u32,
}

impl CellCheck for OneLine {
    fn check(&self, column: &Column<'_>, out: &mut Out<'_, '_>) {
        column.each_broken(|record, text| {
            if memchr::memchr2(b'\n', b'\r', text).is_some() {
                out.cell(record, self.column, || {
                    let text = String::from_utf8_lossy(text);
                    let line: Vec<&str> = text.split_whitespace().collect();
                    let message = format!(
                        "`{}` runs over several lines; expected one",
                        text.replace("\r\n", "\n").replace(['\r', '\n'], "⏎")
                    );
                    Told::message(message).with(Some(Fix::write(line.join(" "), Safety::Review)))
                });
            }
        });
    }
}

fn compile(field: &Field, column: u32, file: &FileContext<'_>) -> Option<Box<dyn CellCheck>> {
    // All other types refuse line breaks themselves.
    (!file.spec.may_break_lines && *field.kind.item() == Type::String)
        .then(|| Box::new(OneLine { column }) as Box<dyn CellCheck>)
}
