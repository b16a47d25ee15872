//! See `value_out_of_range.md`.

use super::Rule;
use crate::check::{CellCheck, FileContext, Out};
use crate::finding::{Consequence, Told};
use crate::layout::{Field, Range};
use crate::records::Column;
use crate::types;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::ValueDropped,
    cell: Some(compile),
    ..Rule::new("value-out-of-range", include_str!("value_out_of_range.md"))
};

struct Between {
    range: Range,
    column: u32,
}

impl CellCheck for Between {
    fn check(&self, column: &Column<'_>, out: &mut Out<'_, '_>) {
        column.each(|record, text| {
            let number = types::decimal::value(text);
            if number.is_some_and(|number| number < self.range.least || number > self.range.most) {
                out.cell(record, self.column, || {
                    let value = String::from_utf8_lossy(text);
                    let expected = match self.range.text.split_once("..").unwrap_or_default() {
                        ("", most) => format!("at most {most}"),
                        (least, "") => format!("at least {least}"),
                        (least, most) => format!("{least} to {most}"),
                    };
                    Told::message(format!("`{value}` is out of range; expected {expected}"))
                });
            }
        });
    }
}

fn compile(field: &Field, column: u32, _: &FileContext<'_>) -> Option<Box<dyn CellCheck>> {
    let range = field.range.clone()?;
    Some(Box::new(Between { range, column }))
}
