//! See `early_stop.md`.

use super::Rule;
use crate::finding::{Authority, Consequence, Severity, Told};

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Info,
    consequence: Consequence::Note,
    authority: Authority::Vendor,
    ..Rule::new("early-stop", include_str!("early_stop.md"))
};

/// What to say of a file with errors in these records, the first of which are known with their lines,
/// where the receiver stops at `most`; and the line at which it does.
pub fn told(
    most: usize,
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
        None if count > 0 => (
            Severity::Info,
            None,
            format!(
                "`{count}` of the records have errors and are left out, and the others are read, as \
                 the import stops at {most}; expected none"
            ),
        ),
        None => return None,
    };
    Some((severity, line, Told::message(message)))
}
