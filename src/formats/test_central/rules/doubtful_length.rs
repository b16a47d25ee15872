//! See `doubtful_length.md`.

use crate::check::{CellCheck, FileContext, Out};
use crate::finding::{Severity, Told};
use crate::layout::Field;
use crate::records::Column;
use crate::rules::Rule;

/// The rule. What it says of a value keeps no other rule from reading it.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    poisons: false,
    cell: Some(compile),
    ..Rule::new("doubtful-length", include_str!("doubtful_length.md"))
};

/// The length that the table allows and the description does not.
const LENGTH: usize = 3;

struct Longer(u32);

impl CellCheck for Longer {
    fn check(&self, column: &Column<'_>, out: &mut Out<'_, '_>) {
        column.each(|record, text| {
            if text.len() == LENGTH {
                out.cell(record, self.0, || {
                    let text = String::from_utf8_lossy(text);
                    Told::message(format!(
                        "`{text}` has 3 characters, which the table allows and the description does not; expected 4 to 20"
                    ))
                });
            }
        });
    }
}

fn compile(field: &Field, column: u32, _: &FileContext<'_>) -> Option<Box<dyn CellCheck>> {
    let is_short = field.length.is_some_and(|(least, _)| least == LENGTH);
    is_short.then(|| Box::new(Longer(column)) as Box<dyn CellCheck>)
}
