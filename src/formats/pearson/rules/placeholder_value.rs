//! See `placeholder_value.md`.

use crate::check::{CellCheck, FileContext, Out};
use crate::finding::{Authority, Consequence, Fix, Safety, Severity, Told};
use crate::layout::{Field, Required};
use crate::records::Column;
use crate::rules::Rule;
use crate::types::Type;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::AcceptedButWrong,
    authority: Authority::Practice,
    cell: Some(compile),
    ..Rule::new("placeholder-value", include_str!("placeholder_value.md"))
};

/// What exports write where there is nothing.
const PLACEHOLDERS: [&[u8]; 7] = [b"NULL", b"null", b"(null)", b"N/A", b"n/a", b"NA", b"none"];

struct Written {
    column: u32,
    may_be_empty: bool,
}

impl CellCheck for Written {
    fn check(&self, column: &Column<'_>, out: &mut Out<'_, '_>) {
        column.each(|record, text| {
            // Most text begins with something else.
            if matches!(text[0], b'N' | b'n' | b'(') && PLACEHOLDERS.contains(&text) {
                out.cell(record, self.column, || {
                    let text = String::from_utf8_lossy(text);
                    let (expected, fix) = match self.may_be_empty {
                        true => ("an empty cell", Some(Fix::write("", Safety::Review))),
                        false => ("the value", None),
                    };
                    Told::message(format!(
                        "`{text}` stands where nothing was known; expected {expected} (PA-V11)"
                    ))
                    .with(fix)
                });
            }
        });
    }
}

fn compile(field: &Field, column: u32, _: &FileContext<'_>) -> Option<Box<dyn CellCheck>> {
    (field.kind == Type::String).then(|| {
        Box::new(Written {
            column,
            may_be_empty: field.required != Required::Yes,
        }) as Box<dyn CellCheck>
    })
}
