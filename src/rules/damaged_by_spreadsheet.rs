//! See `damaged_by_spreadsheet.md`.

use super::Rule;
use super::typed::fits;
use crate::check::{CellCheck, FileContext, Out};
use crate::finding::{Authority, Consequence, Severity, Told};
use crate::layout::Field;
use crate::records::Column;
use crate::types::Type;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Error,
    consequence: Consequence::AcceptedButWrong,
    authority: Authority::Practice,
    cell: Some(compile),
    ..Rule::new(
        "damaged-by-spreadsheet",
        include_str!("damaged_by_spreadsheet.md"),
    )
};

/// What spreadsheets write where a formula went wrong or a column was too narrow.
const ERRORS: [&str; 9] = [
    "#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "########",
];

/// A long number written with an exponent, as `1.23457E+11`: digits are lost.
fn is_exponent(text: &[u8]) -> bool {
    // Most text ends without a plus and up to three digits behind it.
    if !matches!(text, [.., b'+', _] | [.., b'+', _, _] | [.., b'+', _, _, _]) {
        return false;
    }
    let Some(at) = text.iter().position(|b| matches!(b, b'E' | b'e')) else {
        return false;
    };
    let (front, back) = (&text[..at], &text[at + 1..]);
    let digits = |text: &[u8]| !text.is_empty() && text.iter().all(u8::is_ascii_digit);
    let number = match front.iter().position(|b| matches!(b, b'.' | b',')) {
        Some(point) => digits(&front[..point]) && digits(&front[point + 1..]),
        None => digits(front),
    };
    number && back.len() > 1 && back[0] == b'+' && digits(&back[1..])
}

struct Undamaged {
    column: u32,
    /// Where no value of the column's type looks like that.
    kind: Option<Type>,
}

impl CellCheck for Undamaged {
    fn check(&self, column: &Column<'_>, out: &mut Out<'_, '_>) {
        let fit = |kind| fits(kind, column);
        if !column.begins_with(b"#0123456789") || self.kind.as_ref().is_some_and(fit) {
            return;
        }
        column.each(|record, text| {
            let error = text[0] == b'#' && ERRORS.iter().any(|known| known.as_bytes() == text);
            if error || text[0].is_ascii_digit() && is_exponent(text) {
                out.cell(record, self.column, || {
                    let value = String::from_utf8_lossy(text);
                    let why = match error {
                        true => "is what a spreadsheet writes for a failed formula",
                        false => {
                            "is a long number that a spreadsheet rounded; its last digits are lost"
                        }
                    };
                    Told::message(format!(
                        "`{value}` {why}; expected the value from its source"
                    ))
                });
            }
        });
    }
}

fn compile(field: &Field, column: u32, _: &FileContext<'_>) -> Option<Box<dyn CellCheck>> {
    let kind = match field.kind {
        Type::Decimal | Type::Integer => return None,
        Type::String | Type::Code(_) | Type::OpenCode(_) | Type::List(_) => None,
        _ => Some(field.kind.clone()),
    };
    Some(Box::new(Undamaged { column, kind }))
}
