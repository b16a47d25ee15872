//! See `needless_quotes.md`.

use super::Rule;
use crate::check::{FileContext, Out, RecordCheck, Rows};
use crate::finding::{Consequence, Fix, Remedy, Safety, Severity, Told};
use crate::layout::Quotes;
use crate::records::{Dialect, trim};

/// The rule. It poisons nothing: the quotes are no part of the value.
pub static RULE: Rule = Rule {
    severity: Severity::Info,
    consequence: Consequence::Note,
    poisons: false,
    record: Some(compile),
    ..Rule::new("needless-quotes", include_str!("needless_quotes.md"))
};

struct Bare {
    dialect: Dialect,
    columns: u32,
}

impl RecordCheck for Bare {
    fn check(&self, rows: &Rows<'_>, out: &mut Out<'_, '_>) {
        rows.views(|record| {
            for column in 0..self.columns {
                if let Some([b'"', value @ .., b'"']) = record.raw(column)
                    && self.is_plain(value)
                {
                    out.cell(record.index(), column, || told(value));
                }
            }
        });
    }
}

impl Bare {
    /// Whether the value means the same without quotes. One with blanks around it is for another rule.
    fn is_plain(&self, value: &[u8]) -> bool {
        let mut out = Vec::new();
        self.dialect.write(value, &mut out);
        out == value && trim(value) == value
    }
}

fn told(value: &[u8]) -> Told {
    let value = String::from_utf8_lossy(value);
    let message = format!(
        "`\"{value}\"` stands in quotes; expected them only around a cell with a comma or a quote in it"
    );
    Told::message(message).with(Some(Fix {
        title: "Leave out the quotes".to_owned(),
        safety: Safety::Safe,
        remedy: Remedy::Cell(value.into_owned()),
    }))
}

fn compile(file: &FileContext<'_>) -> Vec<Box<dyn RecordCheck>> {
    // Without quotes that mean something, they are for others to tell.
    if file.spec.quotes != Quotes::Needed {
        return Vec::new();
    }
    vec![Box::new(Bare {
        dialect: file.plan.dialect,
        columns: file.plan.labels.len() as u32,
    })]
}
