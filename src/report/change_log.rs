//! What a repair changed, as a table for a spreadsheet: one row per edit, written as edits are
//! applied. Neutralised as in [`super::findings_csv`], and never shortened.

use super::cells::{number, record};
use super::words::Word;
use crate::finding::Safety;

/// One applied edit.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// The file's name inside the zip or folder.
    pub file: &'a str,
    /// Physical line in the file as given, from 1.
    pub line: Option<u64>,
    /// Logical record, from 1, the header not counted.
    pub record: Option<u64>,
    /// The layout's name for the column; empty when the edit is not in one.
    pub field: &'a str,
    /// The text that was there.
    pub before: &'a str,
    /// The text that is there now.
    pub after: &'a str,
    /// The rule whose finding it mends.
    pub rule: &'a str,
    /// How far it can be trusted.
    pub safety: Safety,
}

/// The labels.
pub const LABELS: [&str; 8] = [
    "file", "line", "record", "field", "before", "after", "rule", "safety",
];

/// Appends the labels.
pub fn header(out: &mut Vec<u8>) {
    record(out, LABELS);
}

/// Appends one edit.
pub fn row(out: &mut Vec<u8>, row: &Row<'_>) {
    let (line, nth) = (number(row.line), number(row.record));
    record(
        out,
        [
            row.file,
            &line,
            &nth,
            row.field,
            row.before,
            row.after,
            row.rule,
            row.safety.word(),
        ],
    );
}
