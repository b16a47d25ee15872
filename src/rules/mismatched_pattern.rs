//! See `mismatched_pattern.md`.

use super::Rule;
use crate::check::{CellCheck, FileContext, Out};
use crate::finding::{Consequence, Told};
use crate::layout::Field;
use crate::records::{Column, trim};
use crate::types::Type;
use crate::types::pattern::Pattern;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::ValueDropped,
    cell: Some(compile),
    ..Rule::new("mismatched-pattern", include_str!("mismatched_pattern.md"))
};

struct Shaped {
    name: String,
    kind: Type,
    pattern: Pattern,
    example: Option<String>,
    column: u32,
}

impl CellCheck for Shaped {
    fn check(&self, column: &Column<'_>, out: &mut Out<'_, '_>) {
        column.each(|record, text| {
            let odd = |item: &&[u8]| !self.pattern.matches(trim(item));
            if let Some(item) = self.kind.items(text).find(odd) {
                out.cell(record, self.column, || {
                    let (item, name) = (String::from_utf8_lossy(item), &self.name);
                    Told::message(match &self.example {
                        Some(example) => format!(
                            "`{item}` is not written as values of {name} are; expected one like `{example}`"
                        ),
                        None => format!(
                            "`{item}` does not match the pattern of {name}; expected `{}`",
                            self.pattern.text()
                        ),
                    })
                });
            }
        });
    }
}

fn compile(field: &Field, column: u32, _: &FileContext<'_>) -> Option<Box<dyn CellCheck>> {
    Some(Box::new(Shaped {
        name: field.name.clone(),
        kind: field.kind.clone(),
        pattern: field.pattern.clone()?,
        example: field.example.clone(),
        column,
    }))
}
