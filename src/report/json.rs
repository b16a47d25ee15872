//! The report as JSON, in the shape of `docs/report.schema.json`: indented, members in their fixed
//! order, one line break at the end, the same bytes for the same report. Values are never
//! shortened.

use super::Report;

/// The report as JSON text.
pub fn print(report: &Report) -> String {
    let mut text = serde_json::to_string_pretty(report).unwrap_or_else(|why| {
        unreachable!("names, texts and numbers can always be written: {why}")
    });
    text.push('\n');
    text
}
