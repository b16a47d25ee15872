//! See `quoted_cell.md`.

use crate::check::{CellCheck, FileContext, Out};
use crate::finding::{Authority, Consequence, Fix, Safety, Severity, Told};
use crate::formats::datashop::FILE;
use crate::layout::Field;
use crate::records::{Column, trim};
use crate::rules::Rule;

/// The rule. Other rules look at what stands within the quotes, where that is certainly the value.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::AcceptedButWrong,
    authority: Authority::Vendor,
    early: true,
    cell: Some(compile),
    ..Rule::new("quoted-cell", include_str!("quoted_cell.md"))
};

struct Unquoted {
    column: u32,
    safety: Safety,
    /// Bytes with which the importer takes the cell; of longer ones it says that.
    most: usize,
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
            if text.len() > self.most {
                return;
            }
            let inner = String::from_utf8_lossy(trim(inner)).replace("\"\"", "\"");
            let told = |safety| {
                let text = String::from_utf8_lossy(text);
                let message = format!(
                    "`{text}` stands in double quotes, which the importer takes for a part of it; expected the value alone"
                );
                Told::message(message).with(Some(Fix::write(inner.as_str(), safety)))
            };
            // Nothing, and what is still in quotes, is not certainly what was meant.
            let value = inner.trim();
            match value.is_empty() || value.len() != inner.len() || inner.starts_with('"') {
                false if self.safety == Safety::Safe => {
                    out.meant(record, self.column, &inner, || told(Safety::Safe));
                }
                _ => out.besides(record, self.column, || told(Safety::Review)),
            }
        });
    }
}

/// Rules of their own speak of these.
const OTHERS: [&str; 9] = [
    "Time",
    "Problem Start Time",
    "Problem View",
    "Outcome",
    "Student Response Type",
    "Tutor Response Type",
    "Help Level",
    "Total Num Hints",
    "Event Type",
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
    let most = field.bytes.unwrap_or(usize::MAX);
    Some(Box::new(Unquoted {
        column,
        safety,
        most,
    }))
}
