//! See `unknown_test_code.md`.

use super::kit;
use crate::check::{CellCheck, FileContext, Out};
use crate::finding::{Severity, Told};
use crate::layout::Field;
use crate::records::Column;
use crate::rules::Rule;
use crate::tables;
use crate::types::CodeList;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    cell: Some(compile),
    ..Rule::new("unknown-test-code", include_str!("unknown_test_code.md"))
};

struct Codes {
    column: u32,
    list: CodeList,
}

impl CellCheck for Codes {
    fn check(&self, column: &Column<'_>, out: &mut Out<'_, '_>) {
        if self.list.contains_all(column.texts()) {
            return;
        }
        column.each(|record, text| {
            if !self.list.contains(text) {
                out.cell(record, self.column, || {
                    Told::message(format!(
                        "`{}` is none of the test codes that were published; expected one such as \
                         `MAT05` or `ELA08`, or one that your programme added",
                        String::from_utf8_lossy(text)
                    ))
                });
            }
        });
    }
}

fn compile(field: &Field, column: u32, file: &FileContext<'_>) -> Option<Box<dyn CellCheck>> {
    let test = kit::field(file.spec, "TestCode")?;
    let participation = file.spec.format.contains("participation");
    if file.spec.fields[test].name != field.name || participation {
        return None;
    }
    let list = CodeList::read(tables::find("pearson/test-codes.csv")?).ok()?;
    Some(Box::new(Codes { column, list }))
}
