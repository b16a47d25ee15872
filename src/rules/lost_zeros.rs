//! See `lost_zeros.md`.

use super::{Rule, zeros_elsewhere, zeros_unmeasured};
use crate::check::{CellCheck, FileContext, Out, RecordCheck};
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
    record: Some(compile_records),
    ..Rule::new("lost-zeros", include_str!("lost_zeros.md"))
};

/// A column of numbers that are names, such as student numbers, all of them equally long.
pub struct Padded {
    kind: Type,
    column: u32,
    width: usize,
}

impl Padded {
    /// An item of the text that is shorter.
    pub fn shorter<'a>(&self, text: &'a [u8]) -> Option<&'a [u8]> {
        let shorter = |item: &&[u8]| {
            item.len() < self.width && item.first() != Some(&b'0') && is_number(item)
        };
        self.kind.items(text).map(trim).find(shorter)
    }

    /// What to say of it.
    pub fn told(&self, item: &[u8]) -> Told {
        Told::message(format!(
            "`{}` is shorter than the other numbers of its column, of which some begin with 0; expected {} digits",
            String::from_utf8_lossy(item),
            self.width
        ))
    }
}

impl CellCheck for Padded {
    fn check(&self, column: &Column<'_>, out: &mut Out<'_, '_>) {
        column.each(|record, text| {
            if let Some(item) = self.shorter(text) {
                out.cell(record, self.column, || self.told(item));
            }
        });
    }
}

/// Whether the text is digits and nothing else.
pub fn is_number(text: &[u8]) -> bool {
    !text.is_empty() && text.iter().all(u8::is_ascii_digit)
}

fn compile(field: &Field, column: u32, file: &FileContext<'_>) -> Option<Box<dyn CellCheck>> {
    let is_measured = file.plan.measured().columns.contains(&column);
    let padded = (!is_measured).then(|| padded(field, column, file))?;
    padded.map(|padded| Box::new(padded) as Box<dyn CellCheck>)
}

fn compile_records(file: &FileContext<'_>) -> Vec<Box<dyn RecordCheck>> {
    let mut checks = zeros_elsewhere::compile(file);
    checks.extend(zeros_unmeasured::compile(file));
    checks
}

/// The column, where its first cells show how long its numbers are.
pub fn padded(field: &Field, column: u32, file: &FileContext<'_>) -> Option<Padded> {
    let is_text = matches!(field.kind.item(), Type::Identifier | Type::String);
    let items = |cell| field.kind.items(str::as_bytes(cell)).map(trim);
    let items = || file.first_cells(column).flat_map(items);
    let width = is_text.then(|| width(items()))??;
    Some(Padded {
        kind: field.kind.clone(),
        column,
        width,
    })
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
