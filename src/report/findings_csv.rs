//! All findings as a table for a spreadsheet: one row each, written as they are found, so that
//! their number is not bounded by memory. Cells that a spreadsheet would run as a formula are
//! neutralised.

use super::cells::{number, record};
use super::words::Word;
use crate::finding::Severity;

/// One finding. Texts are empty when there is nothing to say.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// How bad it is.
    pub severity: Severity,
    /// The rule's name.
    pub rule: &'a str,
    /// The file's name inside the zip or folder.
    pub file: &'a str,
    /// Physical line, from 1.
    pub line: Option<u64>,
    /// Logical record, from 1, the header not counted.
    pub record: Option<u64>,
    /// Position of the cell, from 1.
    pub column: Option<u64>,
    /// The layout's name for the column.
    pub field: &'a str,
    /// The record's key, as written.
    pub key: &'a str,
    /// The cell, as written.
    pub value: &'a str,
    /// The fault in words.
    pub message: &'a str,
    /// What would mend it, in words, and how far that can be trusted: `Write as student (safe)`.
    pub fix: &'a str,
}

/// Appends the labels.
pub fn header(out: &mut Vec<u8>) {
    record(
        out,
        [
            "severity", "rule", "file", "line", "record", "column", "field", "key", "value",
            "message", "fix",
        ],
    );
}

/// Appends one finding.
pub fn row(out: &mut Vec<u8>, row: &Row<'_>) {
    let (line, nth, column) = (number(row.line), number(row.record), number(row.column));
    record(
        out,
        [
            row.severity.word(),
            row.rule,
            row.file,
            &line,
            &nth,
            &column,
            row.field,
            row.key,
            row.value,
            row.message,
            row.fix,
        ],
    );
}
