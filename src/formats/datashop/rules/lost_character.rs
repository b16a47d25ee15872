//! See `lost_character.md`.

use crate::check::{CellCheck, FileContext, Out};
use crate::finding::{Authority, Consequence, Severity, Told};
use crate::formats::datashop::FILE;
use crate::layout::Field;
use crate::records::Column;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::AcceptedButWrong,
    authority: Authority::Vendor,
    poisons: false,
    cell: Some(compile),
    ..Rule::new("lost-character", include_str!("lost_character.md"))
};

struct Common {
    column: u32,
}

impl CellCheck for Common {
    fn check(&self, column: &Column<'_>, out: &mut Out<'_, '_>) {
        if column.is_common() {
            return;
        }
        column.each(|record, text| {
            if memchr::memchr3(0xF0, 0xF3, 0xF4, text).is_some() {
                out.cell(record, self.column, || {
                    let text = String::from_utf8_lossy(text);
                    let rare = text.chars().find(|c| c.len_utf8() == 4).unwrap_or_default();
                    Told::message(format!(
                        "`{rare}` becomes a question mark in the importer's database; expected letters and signs of the common kind (the first 65,536 of Unicode)"
                    ))
                });
            }
        });
    }
}

fn compile(_: &Field, column: u32, file: &FileContext<'_>) -> Option<Box<dyn CellCheck>> {
    (file.spec.name == FILE).then(|| Box::new(Common { column }) as Box<dyn CellCheck>)
}
