//! See `absent_value.md`.

use crate::check::{FileContext, Out, RecordCheck, Rows};
use crate::finding::{Consequence, Told};
use crate::formats::datashop::FILE;
use crate::layout::{Label, Required};
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::AcceptedButWrong,
    record: Some(compile),
    ..Rule::new("absent-value", include_str!("absent_value.md"))
};

struct Long {
    /// Columns that no record may be without, with their labels.
    needed: Vec<(u32, String)>,
}

impl RecordCheck for Long {
    fn check(&self, rows: &Rows<'_>, out: &mut Out<'_, '_>) {
        let most = self
            .needed
            .iter()
            .map(|(column, _)| *column)
            .max()
            .unwrap_or_default() as usize;
        rows.views(|record| {
            let width = record.width();
            if width > most {
                return;
            }
            for (column, label) in self.needed.iter().filter(|(column, _)| *column as usize >= width) {
                out.cell(record.index(), *column, || {
                    Told::message(format!(
                        "`{label}` has no cell in this record, which ends before; expected a value: the importer does not say so where it is ten records or fewer"
                    ))
                });
            }
        });
    }
}

fn compile(context: &FileContext<'_>) -> Vec<Box<dyn RecordCheck>> {
    if context.spec.name != FILE {
        return Vec::new();
    }
    let fields = context.spec.fields.iter().enumerate();
    let needed = fields
        .filter(|(_, field)| field.required == Required::Yes || field.label == Label::Required);
    let columns = needed.flat_map(|(at, field)| {
        let columns = context.plan.columns(at);
        columns.map(move |column| (column, context.plan.name(field, column)))
    });
    vec![Box::new(Long {
        needed: columns.collect(),
    })]
}
