//! See `unknown_zone.md`.

use super::kit::{Cells, is_one, list};
use crate::check::{CellCheck, FileContext};
use crate::finding::{Consequence, Severity, Told};
use crate::layout::Field;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::AcceptedButWrong,
    cell: Some(compile),
    ..Rule::new("unknown-zone", include_str!("unknown_zone.md"))
};

fn compile(field: &Field, column: u32, file: &FileContext<'_>) -> Option<Box<dyn CellCheck>> {
    let zones = is_one(field, file, &["Time Zone"]).then(|| list("time-zone"))??;
    Some(Box::new(Cells {
        column,
        is: move |text: &[u8]| !zones.contains(text),
        say: |text: &str| {
            Told::message(format!(
                "`{text}` is no name of the tz database; expected one such as `America/New_York`, as the documentation asks; the importer takes any text"
            ))
        },
    }))
}
