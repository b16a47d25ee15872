//! See `prohibited_value.md`.

use super::Rule;
use crate::check::{CellCheck, FileContext, Holds, Out};
use crate::finding::{Consequence, Fix, Safety, Told};
use crate::layout::{Field, Required};
use crate::records::Column;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::ValueDropped,
    cell: Some(compile),
    ..Rule::new("prohibited-value", include_str!("prohibited_value.md"))
};

struct Empty {
    name: String,
    column: u32,
    because: String,
}

impl CellCheck for Empty {
    fn check(&self, column: Column<'_>, out: &mut Out<'_, '_>) {
        column.each(|record, text| {
            out.cell(record, self.column, || {
                let value = String::from_utf8_lossy(text);
                // To empty a word that means deletion would bring the record back to life.
                let safety = match value.eq_ignore_ascii_case("tobedeleted") {
                    true => Safety::Shown,
                    false => Safety::Safe,
                };
                let message = format!(
                    "`{value}` stands in {}; expected it empty{}",
                    self.name, self.because
                );
                Told::message(message).with(Some(Fix::write("", safety)))
            });
        });
    }
}

fn compile(field: &Field, column: u32, context: &FileContext<'_>) -> Option<Box<dyn CellCheck>> {
    let because = match (&field.prohibited, context.holds(&field.prohibited)) {
        (Required::When(condition), Holds::Always) => {
            format!(
                " when {} is {}",
                condition.field,
                condition.values.join(" or ")
            )
        }
        (_, Holds::Always) => String::new(),
        _ => return None,
    };
    Some(Box::new(Empty {
        name: field.name.clone(),
        column,
        because,
    }))
}
