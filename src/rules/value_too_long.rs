//! See `value_too_long.md`.

use super::Rule;
use crate::check::{CellCheck, FileContext, Out};
use crate::finding::{Consequence, Told};
use crate::layout::Field;
use crate::records::Column;
use crate::report::words::plural;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::ValueDropped,
    cell: Some(compile),
    ..Rule::new("value-too-long", include_str!("value_too_long.md"))
};

struct Length {
    least: usize,
    most: usize,
    column: u32,
}

impl CellCheck for Length {
    fn check(&self, column: &Column<'_>, out: &mut Out<'_, '_>) {
        // A character takes one byte or more: few bytes are few characters.
        if column.longest() <= self.most && self.least == 0 {
            return;
        }
        column.each(|record, text| {
            if text.len() <= self.most && self.least == 0 {
                return;
            }
            let length = String::from_utf8_lossy(text).chars().count();
            if length > self.most || length < self.least {
                out.cell(record, self.column, || self.told(text, length));
            }
        });
    }
}

impl Length {
    fn told(&self, text: &[u8], length: usize) -> Told {
        let start: String = String::from_utf8_lossy(text).chars().take(40).collect();
        let expected = match (self.least, self.most) {
            (0, most) => format!("at most {most}"),
            (least, usize::MAX) => format!("at least {least}"),
            (least, most) if least == most => format!("exactly {least}"),
            (least, most) => format!("{least} to {most}"),
        };
        let dots = if length > 40 { "…" } else { "" };
        Told::message(format!(
            "`{start}{dots}` has {}; expected {expected}",
            plural(length as u64, "character")
        ))
    }
}

fn compile(field: &Field, column: u32, _: &FileContext<'_>) -> Option<Box<dyn CellCheck>> {
    let (least, most) = field.length?;
    Some(Box::new(Length {
        least,
        most,
        column,
    }))
}
