//! What a conversion lost, as a table for a spreadsheet: one row for each kind of loss, with its
//! count and its first places. Neutralised as in [`super::findings_csv`].

use super::cells::record;
use super::words::Word;
use crate::convert::Lost;

/// The labels.
pub const LABELS: [&str; 8] = [
    "what", "file", "field", "total", "source", "lines", "value", "reason",
];

/// Appends the labels.
pub fn header(out: &mut Vec<u8>) {
    record(out, LABELS);
}

/// Appends one kind of loss. `lines` are the first ones of the file `source`, as an editor shows
/// them; `value` is the first one.
pub fn row(out: &mut Vec<u8>, lost: &Lost) {
    let lines: Vec<String> = lost.lines.iter().map(u64::to_string).collect();
    record(
        out,
        [
            lost.what.word(),
            &lost.file,
            &lost.field,
            &lost.total.to_string(),
            &lost.source,
            &lines.join(" "),
            &lost.value,
            &lost.reason,
        ],
    );
}
