//! See `lone_carriage_return.md`.

use super::{Rule, mixed_line_breaks};
use crate::finding::{Authority, Consequence, Severity, Told};
use crate::records::Breaks;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::RecordDropped,
    authority: Authority::Practice,
    ..Rule::new(
        "lone-carriage-return",
        include_str!("lone_carriage_return.md"),
    )
};

/// What to say of a file in which all lines end so.
pub fn told(breaks: &Breaks) -> Option<Told> {
    let [lf, crlf, cr] = breaks.count;
    (lf + crlf == 0 && cr > 0).then(|| {
        let usual = mixed_line_breaks::usual(breaks);
        let message = format!("`CR` alone ends all {cr} lines; expected CRLF or LF");
        Told::message(message).with(Some(mixed_line_breaks::fix(usual)))
    })
}
