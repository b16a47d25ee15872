//! See `zero_date.md`.

use super::times::{self, Met};
use crate::finding::{Authority, Consequence, Severity, Told};
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::AcceptedButWrong,
    authority: Authority::Vendor,
    cell: Some(|field, column, file| {
        times::compile(field, column, file, |Met { text, read, .. }| {
            read.as_ref()?.seconds.is_none().then(|| told(text))
        })
    }),
    ..Rule::new("zero-date", include_str!("zero_date.md"))
};

fn told(text: &str) -> Told {
    Told::message(format!(
        "`{text}` is a day that no calendar has, though the importer takes it; expected a month from 1 to 12 and a day from 1"
    ))
}
