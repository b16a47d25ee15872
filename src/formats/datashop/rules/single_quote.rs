//! See `single_quote.md`.

use super::kit::{Cells, is_one};
use crate::check::{CellCheck, FileContext};
use crate::finding::{Authority, Consequence, Fix, Safety, Severity, Told};
use crate::layout::Field;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::AcceptedButWrong,
    authority: Authority::Vendor,
    cell: Some(compile),
    ..Rule::new("single-quote", include_str!("single_quote.md"))
};

fn compile(field: &Field, column: u32, file: &FileContext<'_>) -> Option<Box<dyn CellCheck>> {
    let is = is_one(field, file, &["Anon Student Id", "Level (*)"]);
    is.then(|| {
        Box::new(Cells {
            column,
            is: |text: &[u8]| text.contains(&b'\''),
            say: |text: &str| {
                let message = format!(
                    "`{text}` has a single quote, which the importer leaves out; expected none"
                );
                let without = text.replace('\'', "");
                Told::message(message).with(Some(Fix::write(without, Safety::Review)))
            },
        }) as Box<dyn CellCheck>
    })
}
