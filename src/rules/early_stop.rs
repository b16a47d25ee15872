//! See `early_stop.md`.

use super::Rule;
use crate::finding::{Authority, Consequence, Severity, Told};
use crate::report::words::plural;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Info,
    consequence: Consequence::Note,
    authority: Authority::Vendor,
    ..Rule::new("early-stop", include_str!("early_stop.md"))
};

/// What to say of a file of so many `records` with errors in these, the first of which are known with
/// their lines, where the receiver stops at `most`; and the line at which it does.
pub fn told(
    most: usize,
    records: u64,
    mut in_error: impl ExactSizeIterator<Item = (u64, Option<u64>)>,
) -> Option<(Severity, Option<u64>, Told)> {
    let count = in_error.len();
    let (severity, line, message) = match in_error.nth(most - 1) {
        Some((last, line)) => (
            Severity::Warning,
            line,
            format!(
                "`{last}` is the record at which the import stops, as {most} have errors by then, \
                 unless it is told to go on; expected fewer"
            ),
        ),
        None if count > 0 => {
            let have = match count {
                1 => "has an error and is",
                _ => "have errors and are",
            };
            let message = match records {
                all if all == count as u64 => format!(
                    "`{count}` of {} {have} left out, so that nothing is read; expected none",
                    plural(all, "record")
                ),
                _ => format!(
                    "`{count}` of the records {have} left out, and the others are read, as the \
                     import stops at {most}; expected none"
                ),
            };
            (Severity::Info, None, message)
        }
        None => return None,
    };
    Some((severity, line, Told::message(message)))
}
