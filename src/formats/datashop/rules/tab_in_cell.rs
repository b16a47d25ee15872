//! See `tab_in_cell.md`.

use super::kit::Cells;
use crate::check::{CellCheck, FileContext};
use crate::finding::{Consequence, Fix, Safety, Severity, Told};
use crate::formats::datashop::FILE;
use crate::layout::Field;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::AcceptedButWrong,
    cell: Some(compile),
    ..Rule::new("tab-in-cell", include_str!("tab_in_cell.md"))
};

fn compile(_: &Field, column: u32, file: &FileContext<'_>) -> Option<Box<dyn CellCheck>> {
    // Where tabs separate the cells, none can hold one.
    let may_have = file.plan.dialect.delimiter != file.spec.delimiter;
    (may_have && file.spec.name == FILE).then(|| {
        Box::new(Cells {
            column,
            is: |text: &[u8]| text.contains(&b'\t'),
            say: |text: &str| {
                let message = format!(
                    "`{}` has a tab in it; expected none, since tabs separate the cells of the format",
                    text.replace('\t', "⇥")
                );
                let words: Vec<&str> = text.split_whitespace().collect();
                Told::message(message).with(Some(Fix::write(words.join(" "), Safety::Review)))
            },
        }) as Box<dyn CellCheck>
    })
}
