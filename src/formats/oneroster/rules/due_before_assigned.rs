//! See `due_before_assigned.md`.

use super::kit::{self, of_file};
use crate::check::{FileContext, RecordCheck};
use crate::finding::{Authority, Consequence, Severity};
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
    let odd = |first, last| last < first;
    Some(kit::periods([assigned, due], odd, |first, last| {
        format!("`{last}` is before the work was assigned, {first}; expected that day or later")
    }))
}
