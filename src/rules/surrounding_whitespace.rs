//! See `surrounding_whitespace.md`.

use super::Rule;
use crate::check::{CellCheck, FileContext, Out};
use crate::finding::{Authority, Consequence, Fix, Safety, Severity, Told};
use crate::layout::{Field, Key};
use crate::records::Column;
use crate::types::Type;

/// The rule. It poisons nothing: other rules read the cell without its blanks.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::AcceptedButWrong,
    authority: Authority::Practice,
    poisons: false,
    cell: Some(compile),
    ..Rule::new(
        "surrounding-whitespace",
        include_str!("surrounding_whitespace.md"),
    )
};

struct Trimmed {
    column: u32,
    /// Whether a blank alone is a value of its own.
    blank: Blank,
    safety: Safety,
}

impl CellCheck for Trimmed {
    fn check(&self, column: &Column<'_>, out: &mut Out<'_, '_>) {
        if !column.is_padded() {
            return;
        }
        column.each_untrimmed(|record, text, trimmed| {
            if trimmed.len() != text.len() && !(self.blank == Blank::Meant && text == b" ") {
                out.cell(record, self.column, || {
                    let message = match trimmed.is_empty() {
                        true => "the cell holds blanks alone; expected it empty".to_owned(),
                        false => {
                            let text = String::from_utf8_lossy(text);
                            format!("`{text}` has blanks around it; expected none")
                        }
                    };
                    let value = String::from_utf8_lossy(trimmed);
                    Told::message(message).with(Some(Fix::write(value, self.safety)))
                });
            }
        });
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Blank {
    Meant,
    Faulty,
}

/// Identifiers and secrets are never rewritten unseen.
fn safety(field: &Field) -> Safety {
    let identifies = match &field.kind {
        Type::Identifier => true,
        Type::List(item) => **item == Type::Identifier,
        _ => field.secret || field.key != Key::None || field.reference.is_some(),
    };
    if identifies {
        Safety::Review
    } else {
        Safety::Safe
    }
}

fn compile(field: &Field, column: u32, _: &FileContext<'_>) -> Option<Box<dyn CellCheck>> {
    let meant = field
        .pattern
        .as_ref()
        .is_some_and(|pattern| pattern.matches(b" "));
    Some(Box::new(Trimmed {
        column,
        blank: if meant { Blank::Meant } else { Blank::Faulty },
        safety: safety(field),
    }))
}
