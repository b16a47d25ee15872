//! See `wrong_school_year.md`.

use super::kit::{day, of_file, records, written};
use crate::check::{FileContext, RecordCheck};
use crate::finding::{Consequence, Fix, Safety, Severity, Told};
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::AcceptedButWrong,
    record: Some(|file| compile(file).into_iter().collect()),
    ..Rule::new("wrong-school-year", include_str!("wrong_school_year.md"))
};

fn compile(file: &FileContext<'_>) -> Option<Box<dyn RecordCheck>> {
    let names = ["type", "endDate", "schoolYear"];
    let [kind, end, year] = of_file(file, "academicSessions.csv", names)?;
    Some(records(move |record, out| {
        // Only a session that is the year tells when the year ends.
        if record.text(kind).as_deref() == Some("schoolYear")
            && let (Some(is), Some(end)) = (record.text(year), day(record, end))
            // The end is the day after the last: the last of December may be written either way.
            && let (last, end) = (written(end - 1), written(end))
            && !last.starts_with(&*is)
            && !end.starts_with(&*is)
        {
            out.field(record.index(), year, || {
                let ends = last.split('-').next().unwrap_or_default();
                let message =
                    format!("`{is}` for a year that ends on {end}; expected {ends}, where it ends");
                Told::message(message).with(Some(Fix::write(ends, Safety::Review)))
            });
        }
    }))
}
