//! See `value_too_long.md`.

use super::Rule;
use crate::check::{CellCheck, FileContext, Out};
use crate::finding::{Consequence, Fix, Safety, Told};
use crate::layout::{Field, Longer, Refuses};
use crate::records::Column;
use crate::report::words::plural;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::ValueDropped,
    cell: Some(|field, column, file| compile(Longer::Refused, field, column, file)),
    ..Rule::new("value-too-long", include_str!("value_too_long.md"))
};

/// How long the values of a column may be.
pub(super) struct Length {
    rule: Longer,
    least: usize,
    most: usize,
    /// In bytes.
    bytes: usize,
    /// Whether a longer one may be cut, for a person to look at.
    cuts: bool,
    column: u32,
}

impl CellCheck for Length {
    fn check(&self, column: &Column<'_>, out: &mut Out<'_, '_>) {
        // A character takes one byte or more: few bytes are few characters.
        let few = self.most.min(self.bytes);
        if column.longest() <= few && self.least == 0 {
            return;
        }
        column.each(|record, text| {
            if text.len() <= few && self.least == 0 {
                return;
            }
            let length = String::from_utf8_lossy(text).chars().count();
            if length > self.most || length < self.least || text.len() > self.bytes {
                out.cell(record, self.column, || self.told(text, length));
            }
        });
    }
}

impl Length {
    fn told(&self, text: &[u8], length: usize) -> Told {
        let start: String = String::from_utf8_lossy(text).chars().take(40).collect();
        let dots = if length > 40 { "…" } else { "" };
        let mut has = plural(length as u64, "character");
        let expected = match (self.least, self.most) {
            (least, most) if (least..=most).contains(&length) => {
                has += &format!(" in {} bytes", text.len());
                format!("at most {} bytes", self.bytes)
            }
            (0, most) => format!("at most {most}"),
            (least, usize::MAX) => format!("at least {least}"),
            (least, most) if least == most => format!("exactly {least}"),
            (least, most) => format!("{least} to {most}"),
        };
        let why = match self.rule {
            Longer::Refused => "",
            Longer::Cut => ", since receivers cut off what is more",
        };
        let fix = || Fix::write(self.cut(&String::from_utf8_lossy(text)), Safety::Review);
        let message = format!("`{start}{dots}` has {has}; expected {expected}{why}");
        let is_long = length > self.most || text.len() > self.bytes;
        Told::message(message).with((self.cuts && is_long).then(fix))
    }

    /// As much of a value as is taken, no letter cut in two.
    fn cut<'a>(&self, text: &'a str) -> &'a str {
        let most = text.char_indices().nth(self.most);
        let text = &text[..most.map_or(text.len(), |(at, _)| at)];
        text[..text.floor_char_boundary(self.bytes)].trim_end()
    }
}

/// Compiles the check of a field with whose longer values receivers do this.
pub(super) fn compile(
    longer: Longer,
    field: &Field,
    column: u32,
    file: &FileContext<'_>,
) -> Option<Box<dyn CellCheck>> {
    if field.longer != longer || field.length.is_none() && field.bytes.is_none() {
        return None;
    }
    let (least, most) = field.length.unwrap_or((0, usize::MAX));
    Some(Box::new(Length {
        rule: longer,
        least,
        most,
        bytes: field.bytes.unwrap_or(usize::MAX),
        // Where one value has the whole file refused, and where it is cut anyway.
        cuts: longer == Longer::Cut || file.spec.refuses == Refuses::File,
        column,
    }))
}
