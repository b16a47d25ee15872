//! See `quoted_cell.md`.

use crate::check::{CellCheck, FileContext, Out};
use crate::finding::{Authority, Consequence, Fix, Safety, Severity, Told};
use crate::formats::datashop::FILE;
use crate::layout::Field;
use crate::records::Column;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::AcceptedButWrong,
    authority: Authority::Vendor,
    cell: Some(compile),
    ..Rule::new("quoted-cell", include_str!("quoted_cell.md"))
};

struct Unquoted {
    column: u32,
    safety: Safety,
}

impl CellCheck for Unquoted {
    fn check(&self, column: &Column<'_>, out: &mut Out<'_, '_>) {
        if !column.begins_with(b"\"") {
            return;
        }
        column.each(|record, text| {
            let [b'"', inner @ .., b'"'] = text else {
                return;
            };
            out.cell(record, self.column, || {
                let (text, inner) = (String::from_utf8_lossy(text), String::from_utf8_lossy(inner));
                let message = format!(
                    "`{text}` stands in double quotes, which the importer takes for a part of it; expected the value alone"
                );
                let value = inner.replace("\"\"", "\"");
                Told::message(message).with(Some(Fix::write(value, self.safety)))
            });
        });
    }
}

/// Rules of their own speak of these.
const OTHERS: [&str; 5] = [
    "Time",
    "Problem Start Time",
    "Outcome",
    "Student Response Type",
    "Tutor Response Type",
];

/// What a student said may well have quotes.
const SPOKEN: [&str; 4] = ["Input", "Feedback Text", "Step Name", "CF (*)"];

fn compile(field: &Field, column: u32, file: &FileContext<'_>) -> Option<Box<dyn CellCheck>> {
    let name = field.name.as_str();
    if file.spec.name != FILE || OTHERS.contains(&name) {
        return None;
    }
    let safety = match SPOKEN.contains(&name) {
        true => Safety::Review,
        false => Safety::Safe,
    };
    Some(Box::new(Unquoted { column, safety }))
}
