//! See `leading_digit.md`.

use crate::check::{CellCheck, FileContext, Out};
use crate::finding::Told;
use crate::layout::Field;
use crate::records::Column;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    cell: Some(compile),
    ..Rule::new("leading-digit", include_str!("leading_digit.md"))
};

struct Lettered(u32);

impl CellCheck for Lettered {
    fn check(&self, column: &Column<'_>, out: &mut Out<'_, '_>) {
        column.each(|record, text| {
            if text.first().is_some_and(u8::is_ascii_digit) {
                out.cell(record, self.0, || {
                    let text = String::from_utf8_lossy(text);
                    Told::message(format!(
                        "`{text}` begins with a digit; expected a letter first"
                    ))
                });
            }
        });
    }
}

fn compile(field: &Field, column: u32, _: &FileContext<'_>) -> Option<Box<dyn CellCheck>> {
    // As printed: first names and initials may begin with one.
    let pattern = field.pattern.as_ref()?;
    (!pattern.matches(b"1")).then(|| Box::new(Lettered(column)) as Box<dyn CellCheck>)
}
