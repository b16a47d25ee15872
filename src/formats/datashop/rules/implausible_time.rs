//! See `implausible_time.md`.

use super::times::{self, Met};
use crate::finding::{Authority, Consequence, Severity, Told};
use crate::formats::datashop::time;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::AcceptedButWrong,
    authority: Authority::Practice,
    cell: Some(|field, column, file| {
        times::compile(field, column, file, |Met { text, read, known }| {
            let seconds = read.as_ref()?.seconds?;
            (!times::is_plausible(seconds, known.today)).then(|| told(text, seconds, known.today))
        })
    }),
    ..Rule::new("implausible-time", include_str!("implausible_time.md"))
};

fn told(text: &str, seconds: i64, today: i64) -> Told {
    let stored = time::text(seconds);
    let expected = match seconds < 0 {
        true => "a time since 1970".to_owned(),
        false => format!("a time before today, {}", &time::text(today * 86_400)[..10]),
    };
    Told::message(format!(
        "`{text}` is {stored} to the importer; expected {expected}"
    ))
}
