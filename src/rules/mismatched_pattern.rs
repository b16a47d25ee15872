//! See `mismatched_pattern.md`.

use super::Rule;
use crate::check::{CellCheck, FileContext, Out};
use crate::finding::{Consequence, Fix, Safety, Told};
use crate::layout::Field;
use crate::records::{Column, trim};
use crate::types::pattern::Pattern;
use crate::types::{self, Type};

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
                    // Word processors make other quotes, dashes and blanks of those that were typed.
                    let typed = Some(types::everyday(&item)).filter(|typed| {
                        self.kind.item() == &self.kind && self.pattern.matches(typed.as_bytes())
                    });
                    let fix = typed.map(|typed| Fix::write(typed, Safety::Review));
                    let told = Told::message(match &self.example {
                        Some(example) => format!(
                            "`{item}` is not written as values of {name} are; expected one like `{example}`"
                        ),
                        None => format!(
                            "`{item}` does not match the pattern of {name}; expected `{}`",
                            self.pattern.text()
                        ),
                    });
                    told.with(fix)
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
