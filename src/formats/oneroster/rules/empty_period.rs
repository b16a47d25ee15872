//! See `empty_period.md`.

use super::end_before_begin::PERIODS;
use super::kit::{self, of_file};
use crate::check::{FileContext, RecordCheck};
use crate::finding::{Consequence, Severity};
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::AcceptedButWrong,
    record: Some(|file| compile(file).into_iter().collect()),
    ..Rule::new("empty-period", include_str!("empty_period.md"))
};

fn compile(file: &FileContext<'_>) -> Option<Box<dyn RecordCheck>> {
    let mut periods = PERIODS.into_iter();
    let [begin, end] = periods.find_map(|(name, fields)| of_file(file, name, fields))?;
    let odd = |first, last| last == first;
    Some(kit::periods([begin, end], odd, |_, last| {
        format!(
            "`{last}` is the first day, too, and the end is the day after the last; \
             expected a later day"
        )
    }))
}
