//! See `placeholder_value.md`.

use crate::check::{CellCheck, FileContext, Out};
use crate::finding::{Authority, Consequence, Fix, Safety, Severity, Told};
use crate::layout::{Field, Required};
use crate::records::Column;
use crate::rules::Rule;
use crate::rules::header::may_hold;
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
    /// Those that another rule finds fault with: it cannot say what they stand for.
    refused: Vec<&'static [u8]>,
}

impl CellCheck for Written {
    fn check(&self, column: &Column<'_>, out: &mut Out<'_, '_>) {
        column.each(|record, text| {
            // Most text begins with something else.
            if !(matches!(text[0], b'N' | b'n' | b'(') && PLACEHOLDERS.contains(&text)) {
                return;
            }
            let told = || {
                let text = String::from_utf8_lossy(text);
                let (expected, fix) = match self.may_be_empty {
                    true => ("an empty cell", Some(Fix::write("", Safety::Review))),
                    false => ("the value", None),
                };
                Told::message(format!(
                    "`{text}` stands where nothing was known; expected {expected} (PA-V11)"
                ))
                .with(fix)
            };
            match self.refused.contains(&text) {
                true => out.besides(record, self.column, told),
                false => out.cell(record, self.column, told),
            }
        });
    }
}

fn compile(field: &Field, column: u32, _: &FileContext<'_>) -> Option<Box<dyn CellCheck>> {
    let texts = PLACEHOLDERS.iter().copied();
    let refused = texts.filter(|text| !may_hold(field, &String::from_utf8_lossy(text)));
    (field.kind == Type::String).then(|| {
        Box::new(Written {
            column,
            may_be_empty: field.required != Required::Yes,
            refused: refused.collect(),
        }) as Box<dyn CellCheck>
    })
}
