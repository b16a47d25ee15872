//! See `due_before_assigned.md`.

use super::kit::{day, of_file, records, written};
use crate::check::{FileContext, RecordCheck};
use crate::finding::{Authority, Consequence, Severity, Told};
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::AcceptedButWrong,
    authority: Authority::Practice,
    record: Some(|file| compile(file).into_iter().collect()),
    ..Rule::new(
        "due-before-assigned",
        include_str!("due_before_assigned.md"),
    )
};

fn compile(file: &FileContext<'_>) -> Option<Box<dyn RecordCheck>> {
    let [assigned, due] = of_file(file, "lineItems.csv", ["assignDate", "dueDate"])?;
    Some(records(move |record, out| {
        if let (Some(first), Some(last)) = (day(record, assigned), day(record, due))
            && last < first
        {
            out.field(record.index(), due, || {
                Told::message(format!(
                    "`{}` is before the work was assigned, {}; expected that day or later",
                    written(last),
                    written(first)
                ))
            });
        }
    }))
}
