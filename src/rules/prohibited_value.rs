//! See `prohibited_value.md`.

use super::Rule;
use crate::check::{CellCheck, FileContext, Holds, Out};
use crate::finding::{Consequence, Fix, Safety, Told};
use crate::layout::{Field, Required};
use crate::records::Column;
use crate::types::{Type, same};

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::ValueDropped,
    cell: Some(compile),
    ..Rule::new("prohibited-value", include_str!("prohibited_value.md"))
};

struct Empty {
    kind: Type,
    name: String,
    column: u32,
    because: String,
    /// The columns of the file that have to be empty, this one among them.
    prohibited: Vec<u32>,
}

/// Words for deletion: of OneRoster since 1.1, and of 1.0.
const DELETED: [&str; 2] = ["tobedeleted", "inactive"];

/// Whether something is lost with the value. To empty a word that means deletion would bring the
/// record back to life, and an unknown word may mean that, too.
fn safety(kind: &Type, value: &str) -> Safety {
    // No other type has a word for deletion, however it is mended.
    let words = matches!(
        kind.item(),
        Type::Code(_) | Type::OpenCode(_) | Type::Identifier
    );
    let mended = words.then(|| kind.mend(value)).flatten();
    let meant = mended.map_or_else(|| value.to_owned(), |mend| mend.text);
    match kind.codes() {
        _ if DELETED.iter().any(|word| meant.eq_ignore_ascii_case(word)) => Safety::Shown,
        Some(_) if !kind.accepts(meant.as_bytes()) => Safety::Review,
        _ => Safety::Safe,
    }
}

impl CellCheck for Empty {
    fn check(&self, column: &Column<'_>, out: &mut Out<'_, '_>) {
        let mut last: (&[u8], Safety) = (b"", Safety::Safe);
        column.each(|record, text| {
            let value = String::from_utf8_lossy(text);
            if !same(last.0, text) {
                last = (text, safety(&self.kind, &value));
            }
            // Without it, nothing might be left of the record.
            let safety = match out.holds_beside(record, &self.prohibited) {
                true => last.1,
                false => last.1.max(Safety::Review),
            };
            let told = || {
                let message = format!(
                    "`{value}` stands in {}; expected it empty{}",
                    self.name, self.because
                );
                Told::message(message).with(Some(Fix::write("", safety)))
            };
            match safety {
                Safety::Safe => out.meant(record, self.column, "", told),
                _ => out.cell(record, self.column, told),
            }
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
    let fields = context.spec.fields.iter().enumerate();
    let prohibited = fields
        .filter(|(_, field)| context.holds(&field.prohibited) == Holds::Always)
        .flat_map(|(at, _)| context.plan.columns(at));
    Some(Box::new(Empty {
        prohibited: prohibited.collect(),
        kind: field.kind.clone(),
        name: field.name.clone(),
        column,
        because,
    }))
}
