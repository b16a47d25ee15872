//! See `invalid_view.md`.

use super::kit::{Cells, has, is_one};
use crate::check::{CellCheck, FileContext};
use crate::finding::{Fix, Told};
use crate::layout::Field;
use crate::rules::Rule;
use crate::types::Type;

/// The rule.
pub static RULE: Rule = Rule {
    cell: Some(compile),
    ..Rule::new("invalid-view", include_str!("invalid_view.md"))
};

fn compile(field: &Field, column: u32, file: &FileContext<'_>) -> Option<Box<dyn CellCheck>> {
    // With start times the importer does not look at views.
    if !is_one(field, file, &["Problem View"]) || has(file, "Problem Start Time") {
        return None;
    }
    Some(Box::new(Cells {
        column,
        is: |text: &[u8]| !is_count(text),
        say: |text: &str| {
            let message = format!(
                "`{text}` is no count of views; expected digits such as `1`, or the importer refuses the file"
            );
            // A number in quotes, or with a point and zeros behind it.
            let mend = Type::Integer.mend(text);
            let mend = mend.filter(|mend| is_count(mend.text.as_bytes()));
            Told::message(message).with(mend.map(|mend| Fix::write(mend.text, mend.safety)))
        },
    }))
}

fn is_count(text: &[u8]) -> bool {
    text.iter().all(u8::is_ascii_digit)
}
