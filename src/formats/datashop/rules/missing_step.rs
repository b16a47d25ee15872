//! See `missing_step.md`.

use crate::check::{FileContext, Out, RecordCheck, Rows};
use crate::finding::{Consequence, Told};
use crate::formats::datashop::FILE;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::AcceptedButWrong,
    record: Some(compile),
    ..Rule::new("missing-step", include_str!("missing_step.md"))
};

struct Step {
    columns: Vec<u32>,
}

impl RecordCheck for Step {
    fn check(&self, rows: &Rows<'_>, out: &mut Out<'_, '_>) {
        let last = self.columns.iter().max().copied().unwrap_or_default() as usize;
        rows.views(|record| {
            let has = |column: &u32| record.key(*column).is_some();
            // What a record cut short does not have, is told as that.
            if record.width() > last && !self.columns.iter().any(has) {
                out.record(record.index(), || {
                    Told::message(
                        "`Step Name`, Selection and Action are empty; expected a value in one of them, as the documentation asks; the importer warns and makes no step",
                    )
                });
            }
        });
    }

    fn needs(&self) -> u32 {
        self.columns.iter().max().map_or(0, |last| last + 1)
    }
}

fn compile(context: &FileContext<'_>) -> Vec<Box<dyn RecordCheck>> {
    let names = ["Step Name", "Selection", "Action"];
    let fields = names.iter().filter_map(|name| context.spec.field(name));
    let columns: Vec<u32> = fields
        .flat_map(|field| context.plan.columns(field))
        .collect();
    if columns.is_empty() || context.spec.name != FILE {
        return Vec::new();
    }
    vec![Box::new(Step { columns })]
}
