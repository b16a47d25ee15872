//! See `digit_for_initial.md`.

use crate::check::{CellCheck, FileContext, Out};
use crate::finding::{Authority, Consequence, Severity, Told};
use crate::layout::Field;
use crate::records::Column;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::AcceptedButWrong,
    authority: Authority::Practice,
    cell: Some(compile),
    ..Rule::new("digit-for-initial", include_str!("digit_for_initial.md"))
};

struct Initial(u32);

impl CellCheck for Initial {
    fn check(&self, column: &Column<'_>, out: &mut Out<'_, '_>) {
        column.each(|record, text| {
            if let [digit] = text
                && digit.is_ascii_digit()
            {
                out.cell(record, self.0, || {
                    let digit = char::from(*digit);
                    Told::message(format!(
                        "`{digit}` stands for a middle initial; expected a letter"
                    ))
                });
            }
        });
    }
}

fn compile(field: &Field, column: u32, _: &FileContext<'_>) -> Option<Box<dyn CellCheck>> {
    (field.name == "nmm").then(|| Box::new(Initial(column)) as Box<dyn CellCheck>)
}
