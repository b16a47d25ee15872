//! See `outdated_status.md`.

use crate::check::{CellCheck, FileContext, Out};
use crate::finding::{Consequence, Fix, Safety, Severity, Told};
use crate::layout::Field;
use crate::records::Column;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::AcceptedButWrong,
    cell: Some(compile),
    ..Rule::new("outdated-status", include_str!("outdated_status.md"))
};

/// What 1.0 said, and what it says since.
const WORDS: [&str; 2] = ["inactive", "tobedeleted"];

struct Status(u32);

impl CellCheck for Status {
    fn check(&self, column: &Column<'_>, out: &mut Out<'_, '_>) {
        let [was, is] = WORDS;
        column.each(|record, text| {
            if text == was.as_bytes() {
                out.cell(record, self.0, || {
                    let message = format!("`{was}` is a status of OneRoster 1.0; expected `{is}`");
                    Told::message(message).with(Some(Fix::write(is, Safety::Review)))
                });
            }
        });
    }
}

fn compile(field: &Field, column: u32, _: &FileContext<'_>) -> Option<Box<dyn CellCheck>> {
    (field.name == "status").then(|| Box::new(Status(column)) as Box<dyn CellCheck>)
}
