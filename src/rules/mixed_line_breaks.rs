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

/// The most frequent kind of line break: 0 LF, 1 CRLF, 2 CR.
pub fn usual(breaks: &Breaks) -> usize {
    (0..3)
        .max_by_key(|kind| (breaks.count[*kind], 3 - kind))
        .unwrap_or(0)
}

/// The first line that ends in another way than most, from 0, and what to say of it.
pub fn told(breaks: &Breaks) -> Option<(u64, Told)> {
    let usual = usual(breaks);
    let others = (0..3).filter(|kind| *kind != usual);
    let (line, odd) = others
        .filter_map(|kind| Some((breaks.first[kind]?, kind)))
        .min()?;
    let odd_count: u64 = (0..3)
        .filter(|kind| *kind != usual)
        .map(|kind| breaks.count[kind])
        .sum();
    let message = format!(
        "`{}` ends this line, and {odd_count} of {} lines do not end as most do; expected {}",
        NAMES[odd],
        breaks.count.iter().sum::<u64>(),
        NAMES[usual],
    );
    let fix = Fix {
        title: format!("End all lines with {}", NAMES[usual]),
        safety: Safety::Safe,
        remedy: Remedy::LineBreaks,
    };
    Some((line, Told::message(message).with(Some(fix))))
}
