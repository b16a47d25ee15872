//! See `implausible_birthdate.md`.

use super::kit;
use crate::check::{CellCheck, FileContext, Out};
use crate::finding::{Authority, Consequence, Severity, Told};
use crate::layout::Field;
use crate::records::Column;
use crate::rules::Rule;
use crate::types::date;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::AcceptedButWrong,
    authority: Authority::Practice,
    cell: Some(compile),
    ..Rule::new(
        "implausible-birthdate",
        include_str!("implausible_birthdate.md"),
    )
};

/// The ages at which people sit tests, in years.
const AGES: (i32, i32) = (2, 25);

struct Born {
    column: u32,
    today: i32,
}

impl CellCheck for Born {
    fn check(&self, column: &Column<'_>, out: &mut Out<'_, '_>) {
        column.each(|record, text| {
            let Some(day) = date::days(text) else { return };
            // Whole years by their mean length: nobody is of age on a day.
            let age = (self.today - day) * 400 / 146_097;
            if day > self.today || age < AGES.0 || age > AGES.1 {
                out.cell(record, self.column, || {
                    let text = String::from_utf8_lossy(text);
                    let what = match day > self.today {
                        true => "is in the future".to_owned(),
                        false => format!("makes the student {age} years old"),
                    };
                    let (least, most) = AGES;
                    Told::message(format!(
                        "`{text}` {what}; expected an age of {least} to {most} (PA-V05)"
                    ))
                });
            }
        });
    }
}

fn compile(field: &Field, column: u32, file: &FileContext<'_>) -> Option<Box<dyn CellCheck>> {
    let born = kit::field(file.spec, "Birthdate")?;
    (file.spec.fields[born].name == field.name).then(|| {
        Box::new(Born {
            column,
            today: file.bundle.as_of,
        }) as Box<dyn CellCheck>
    })
}
