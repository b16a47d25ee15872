//! All changes as a table for a spreadsheet: one row each, written as they are met, so that their
//! number is not bounded by memory. Cells that a spreadsheet would run as a formula are neutralised.

use super::{Comparison, Sample, What};
use crate::report::cells::record;

/// Appends the labels.
pub fn header(out: &mut Vec<u8>) {
    let labels = ["what", "file", "key", "school", "field", "old", "new"];
    record(out, labels);
}

/// Appends one change of a file: the record belongs to this organization, by its key.
pub fn change(file: &str, school: &str, change: &Sample, out: &mut Vec<u8>) {
    let what = match change.what {
        What::Added => "added",
        What::Changed => "changed",
        What::Removed => "removed",
        What::Missing => "missing",
    };
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let (field, old, new) = (text(&change.field), text(&change.old), text(&change.new));
    record(out, [what, file, &change.key, school, &field, &old, &new]);
}

/// Appends the records that were told to be the same although their keys differ, as far as they
/// are shown.
pub fn matching(comparison: &Comparison, out: &mut Vec<u8>) {
    for matching in &comparison.matching {
        let by = matching.by.join(" and ");
        for pair in &matching.samples {
            let cells = [
                matching.way,
                &matching.file,
                &pair.new,
                "",
                &by,
                &pair.old,
                &pair.new,
            ];
            record(out, cells);
        }
    }
}
