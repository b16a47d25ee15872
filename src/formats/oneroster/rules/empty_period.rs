//! See `empty_period.md`.

use super::end_before_begin::PERIODS;
use super::kit::{day, of_file, records, written};
use crate::check::{FileContext, RecordCheck};
use crate::finding::{Consequence, Severity, Told};
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
    Some(records(move |record, out| {
        if let (Some(first), Some(last)) = (day(record, begin), day(record, end))
            && last == first
        {
            out.field(record.index(), end, || {
                Told::message(format!(
                    "`{}` is the first day, too, and the end is the day after the last; \
                     expected a later day",
                    written(last)
                ))
            });
        }
    }))
}
