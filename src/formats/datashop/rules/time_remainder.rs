//! See `time_remainder.md`.

use super::times::{self, Met};
use crate::finding::{Consequence, Told};
use crate::formats::datashop::time;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::AcceptedButWrong,
    cell: Some(|field, column, file| {
        times::compile(field, column, file, |Met { text, read, .. }| {
            let time = read.filter(|time| time.len < text.len())?;
            (!time::has_letters(text.as_bytes())).then(|| told(text, time.len))
        })
    }),
    ..Rule::new("time-remainder", include_str!("time_remainder.md"))
};

fn told(text: &str, len: usize) -> Told {
    let (front, rest) = text.split_at_checked(len).unwrap_or((text, ""));
    let message = format!(
        "`{text}` has `{}` behind the time, which the importer leaves out without a word; expected one of the documented formats",
        rest.trim()
    );
    Told::message(message).with(Some(times::alone(front, text)))
}
