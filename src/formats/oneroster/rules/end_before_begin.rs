//! See `end_before_begin.md`.

use super::kit::{self, of_file};
use crate::check::{FileContext, RecordCheck};
use crate::rules::Rule;
use crate::types::Type;

/// The rule.
pub static RULE: Rule = Rule {
    record: Some(|file| compile(file).into_iter().collect()),
    ..Rule::new("end-before-begin", include_str!("end_before_begin.md"))
};

/// The files whose records are true for some time, and the fields that say from when until when.
pub const PERIODS: [(&str, [&str; 2]); 3] = [
    ("academicSessions.csv", ["startDate", "endDate"]),
    ("enrollments.csv", ["beginDate", "endDate"]),
    ("roles.csv", ["beginDate", "endDate"]),
];

fn compile(file: &FileContext<'_>) -> Option<Box<dyn RecordCheck>> {
    let mut periods = PERIODS.into_iter();
    let [begin, end] = periods.find_map(|(name, fields)| of_file(file, name, fields))?;
    // A dialect may leave to the sender what stands there.
    let is_date = |field: &usize| file.spec.fields[*field].kind == Type::Date;
    if ![begin, end].iter().all(is_date) {
        return None;
    }
    let odd = |first, last| last < first;
    Some(kit::periods([begin, end], odd, |first, last| {
        format!("`{last}` is before the beginning, {first}; expected a later day")
    }))
}
