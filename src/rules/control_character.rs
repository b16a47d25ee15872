//! See `control_character.md`.

use super::Rule;
use crate::check::{CellCheck, FileContext, Out};
use crate::finding::{Authority, Consequence, Fix, Safety, Severity, Told};
use crate::layout::Field;
use crate::records::Column;
use crate::types::Type;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::AcceptedButWrong,
    authority: Authority::Practice,
    cell: Some(compile),
    ..Rule::new("control-character", include_str!("control_character.md"))
};

struct Printable {
    column: u32,
}

fn is_control(byte: u8) -> bool {
    byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r') || byte == 0x7F
}

/// The picture that stands for a control character: `␀`.
fn visible(c: char) -> char {
    match c {
        '\u{7F}' => '␡',
        c if c.is_ascii() && is_control(c as u8) => char::from_u32(0x2400 + c as u32).unwrap_or(c),
        c => c,
    }
}

impl CellCheck for Printable {
    fn check(&self, column: &Column<'_>, out: &mut Out<'_, '_>) {
        if column.is_printable() {
            return;
        }
        column.each(|record, text| {
            if text.iter().any(|b| is_control(*b)) {
                out.cell(record, self.column, || {
                    let text = String::from_utf8_lossy(text);
                    let clean: String = text
                        .chars()
                        .filter(|c| !c.is_ascii() || !is_control(*c as u8))
                        .collect();
                    let shown: String = text.chars().map(visible).collect();
                    let message = format!("`{shown}` has a control character; expected none");
                    Told::message(message).with(Some(Fix::write(clean.trim(), Safety::Review)))
                });
            }
        });
    }
}

fn compile(field: &Field, column: u32, _: &FileContext<'_>) -> Option<Box<dyn CellCheck>> {
    // All other types refuse such characters themselves.
    (*field.kind.item() == Type::String)
        .then(|| Box::new(Printable { column }) as Box<dyn CellCheck>)
}
