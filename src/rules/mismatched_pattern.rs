//! See `mismatched_pattern.md`.

use regex_lite::Regex;

use super::Rule;
use crate::check::{CellCheck, FileContext, Out};
use crate::finding::{Consequence, Told};
use crate::layout::Field;
use crate::records::Column;
use crate::types::Type;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::ValueDropped,
    cell: Some(compile),
    ..Rule::new("mismatched-pattern", include_str!("mismatched_pattern.md"))
};

struct Pattern {
    name: String,
    kind: Type,
    expression: String,
    regex: Regex,
    column: u32,
}

impl CellCheck for Pattern {
    fn check(&self, column: Column<'_>, out: &mut Out<'_, '_>) {
        column.each(|record, text| {
            let odd = |item: &&[u8]| {
                !std::str::from_utf8(item).is_ok_and(|item| self.regex.is_match(item.trim()))
            };
            if let Some(item) = self.kind.items(text).find(odd) {
                out.cell(record, self.column, || {
                    let item = String::from_utf8_lossy(item);
                    Told::message(format!(
                        "`{item}` does not match the pattern of {}; expected `{}`",
                        self.name, self.expression
                    ))
                });
            }
        });
    }
}

fn compile(field: &Field, column: u32, _: &FileContext<'_>) -> Option<Box<dyn CellCheck>> {
    let expression = field.pattern.clone()?;
    let regex = Regex::new(&format!("^(?:{expression})$")).ok()?;
    Some(Box::new(Pattern {
        name: field.name.clone(),
        kind: field.kind.clone(),
        expression,
        regex,
        column,
    }))
}
