//! See `primary_not_teacher.md`.

use super::kit::{of_file, records};
use crate::check::{FileContext, RecordCheck};
use crate::finding::{Consequence, Fix, Safety, Told};
use crate::rules::Rule;
use crate::types::code::is_private;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::AcceptedButWrong,
    record: Some(|file| compile(file).into_iter().collect()),
    ..Rule::new(
        "primary-not-teacher",
        include_str!("primary_not_teacher.md"),
    )
};

fn compile(file: &FileContext<'_>) -> Option<Box<dyn RecordCheck>> {
    let [role, primary] = of_file(file, "enrollments.csv", ["role", "primary"])?;
    Some(records(move |record, out| {
        if record.text(primary).as_deref() == Some("true")
            && let Some(is) = record.text(role)
            // A private role may well be a kind of teacher.
            && is != "teacher"
            && !is_private(is.as_bytes())
        {
            out.field(record.index(), primary, || {
                let message = format!("`true` where role is `{is}`; expected it for teachers only");
                Told::message(message).with(Some(Fix::write("false", Safety::Review)))
            });
        }
    }))
}
