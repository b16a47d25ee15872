//! See `mixed_line_breaks.md`.

use super::Rule;
use crate::finding::{Authority, Consequence, Fix, Remedy, Safety, Severity, Told};
use crate::records::Breaks;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::Note,
    authority: Authority::Practice,
    ..Rule::new("mixed-line-breaks", include_str!("mixed_line_breaks.md"))
};

const NAMES: [&str; 3] = ["LF", "CRLF", "CR"];

/// The kind of line break that a file should have: 0 LF or 1 CRLF, whichever is more frequent in it;
/// never CR, which few programs still read.
pub fn usual(breaks: &Breaks) -> usize {
    usize::from(breaks.count[1] > breaks.count[0])
}

/// The first line that ends in another way than it should, from 0, and what to say of it. Nothing
/// where all end alike.
pub fn told(breaks: &Breaks) -> Option<(u64, Told)> {
    let usual = usual(breaks);
    let all: u64 = breaks.count.iter().sum();
    let odd_count = all - breaks.count[usual];
    if odd_count == all {
        return None;
    }
    let others = (0..3).filter(|kind| *kind != usual);
    let (line, odd) = others
        .filter_map(|kind| Some((breaks.first[kind]?, kind)))
        .min()?;
    let like = match odd_count * 2 > all {
        true => "as programs expect",
        false => "as most do",
    };
    let message = format!(
        "`{}` ends this line, and {odd_count} of {all} lines do not end {like}; expected {}",
        NAMES[odd], NAMES[usual],
    );
    Some((line, Told::message(message).with(Some(fix(usual)))))
}

/// Ends all lines in this way.
pub fn fix(kind: usize) -> Fix {
    Fix {
        title: format!("End all lines with {}", NAMES[kind]),
        safety: Safety::Safe,
        remedy: Remedy::LineBreaks,
    }
}
