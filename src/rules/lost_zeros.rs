//! See `lost_zeros.md`.

use super::{Rule, zeros_elsewhere};
use crate::check::{CellCheck, FileContext, Out};
use crate::finding::{Authority, Consequence, Severity, Told};
use crate::layout::Field;
use crate::records::{Column, trim};
use crate::types::Type;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::AcceptedButWrong,
    authority: Authority::Practice,
    poisons: false,
    cell: Some(compile),
    record: Some(zeros_elsewhere::compile),
    ..Rule::new("lost-zeros", include_str!("lost_zeros.md"))
};

/// A column of numbers that are names, such as student numbers, all of them equally long.
struct Padded {
    kind: Type,
    column: u32,
    width: usize,
}

impl CellCheck for Padded {
    fn check(&self, column: &Column<'_>, out: &mut Out<'_, '_>) {
        column.each(|record, text| {
            let shorter = |item: &&[u8]| {
                let item = trim(item);
                item.len() < self.width && item.first() != Some(&b'0') && is_number(item)
            };
            if let Some(item) = self.kind.items(text).find(shorter) {
                out.cell(record, self.column, || {
                    Told::message(format!(
                        "`{}` is shorter than the other numbers of its column, of which some begin with 0; expected {} digits",
                        String::from_utf8_lossy(trim(item)),
                        self.width
                    ))
                });
            }
        });
    }
}

/// Whether the text is digits and nothing else.
pub fn is_number(text: &[u8]) -> bool {
    !text.is_empty() && text.iter().all(u8::is_ascii_digit)
}

fn compile(field: &Field, column: u32, file: &FileContext<'_>) -> Option<Box<dyn CellCheck>> {
    let is_text = matches!(field.kind.item(), Type::Identifier | Type::String);
    if !is_text || file.plan.is_measured(column) {
        return None;
    }
    let items = |cell| field.kind.items(str::as_bytes(cell)).map(trim);
    let width = width(file.first_cells(column).flat_map(items))?;
    Some(Box::new(Padded {
        kind: field.kind.clone(),
        column,
        width,
    }))
}

/// The length that numbers of a column have, where it shows in its values: all are numbers, at least
/// three of four are equally long and none is longer, and two or more of those begin with 0.
fn width<'a>(values: impl Iterator<Item = &'a [u8]>) -> Option<usize> {
    let (mut width, mut all, mut long, mut padded) = (0, 0, 0, 0);
    for value in values.filter(|value| !value.is_empty()) {
        if !is_number(value) {
            return None;
        }
        all += 1;
        if value.len() > width {
            (width, long, padded) = (value.len(), 0, 0);
        }
        long += usize::from(value.len() == width);
        padded += usize::from(value.len() == width && value[0] == b'0');
    }
    (padded >= 2 && long * 4 >= all * 3).then_some(width)
}

#[cfg(test)]
mod tests {
    use super::width;

    #[test]
    fn a_column_shows_how_long_its_numbers_are() {
        let cases = [
            ("00123 00456 12345 00789 123", Some(5)),
            ("00123 00456 12345 789 123", None),
            ("123456 00123 00456 00789", None),
            ("00123 A0456 00789", None),
            ("12345 23456 34567 123", None),
            ("007 008", Some(3)),
            ("007", None),
            ("", None),
        ];
        for (values, expected) in cases {
            assert_eq!(
                width(values.split(' ').map(str::as_bytes)),
                expected,
                "{values}"
            );
        }
    }
}
