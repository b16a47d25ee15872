//! See `time_suffix.md`.

use super::{behind, times};
use crate::finding::Consequence;
use crate::formats::datashop::time;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::AcceptedButWrong,
    cell: Some(|field, column, file| {
        times::compile(field, column, file, |met| {
            let time = met.read.filter(|time| time.len < met.text.len())?;
            let letters = time::has_letters(met.text.as_bytes());
            letters.then(|| behind::told(met, time, "with a warning"))
        })
    }),
    ..Rule::new("time-suffix", include_str!("time_suffix.md"))
};
