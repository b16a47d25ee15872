//! For `lost-zeros`: columns of which a rule knows how long each value is, but only in some records. The
//! others are seen as those of any column are.

use super::lost_zeros::{self, Padded};
use crate::check::{FileContext, Out, RecordCheck, Rows};

/// Such columns of a file.
struct Unmeasured {
    /// Fields, and how long their numbers are.
    fields: Vec<(usize, Padded)>,
    /// The field that says which records are measured, and what it says of them.
    by: usize,
    values: Vec<String>,
}

impl RecordCheck for Unmeasured {
    fn check(&self, rows: &Rows<'_>, out: &mut Out<'_, '_>) {
        let mut found = Vec::new();
        for (field, padded) in &self.fields {
            rows.filled(*field, |record, text| {
                let told = padded.shorter(text).map(|item| padded.told(item));
                found.extend(told.map(|told| (record, *field, told)));
            });
        }
        // Most often there is nothing to tell, and nobody has to be asked.
        if found.is_empty() {
            return;
        }
        let mut measured = vec![false; rows.count()];
        let is_known = |text: &[u8]| self.values.iter().any(|value| value.as_bytes() == text);
        rows.filled(self.by, |record, text| measured[record] = is_known(text));
        for (record, field, told) in found {
            if !measured[record] {
                out.field(record, field, || told);
            }
        }
    }
}

/// The check of a file that has such columns.
pub fn compile(file: &FileContext<'_>) -> Option<Box<dyn RecordCheck>> {
    let measured = file.plan.measured();
    let (by, values) = measured.by.as_ref()?;
    let fields = measured.columns.iter().filter_map(|column| {
        let field = file.plan.fields[*column as usize]?;
        let padded = lost_zeros::padded(&file.spec.fields[field], *column, file)?;
        Some((field, padded))
    });
    let fields: Vec<(usize, Padded)> = fields.collect();
    let is_some = !fields.is_empty();
    is_some.then(|| -> Box<dyn RecordCheck> {
        Box::new(Unmeasured {
            fields,
            by: *by,
            values: values.clone(),
        })
    })
}
