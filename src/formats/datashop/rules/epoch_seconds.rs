//! See `epoch_seconds.md`.

use super::times::{self, Met};
use crate::finding::{Consequence, Fix, Safety, Severity, Told};
use crate::formats::datashop::time::{self, Time};
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::AcceptedButWrong,
    cell: Some(|field, column, file| {
        times::compile(field, column, file, |Met { text, read, known }| {
            let stored = read.filter(Time::is_of_1970)?.seconds?;
            Some(told(text, stored, known.today))
        })
    }),
    ..Rule::new("epoch-seconds", include_str!("epoch_seconds.md"))
};

fn told(text: &str, stored: i64, today: i64) -> Told {
    let read = format!(
        "`{text}` is {} to the importer, which counts milliseconds",
        time::text(stored)
    );
    let whole = text
        .split('.')
        .next()
        .and_then(|whole| whole.parse::<i64>().ok());
    match whole.filter(|seconds| *seconds > 0 && times::is_plausible(*seconds, today)) {
        Some(seconds) if seconds > 100_000_000 => {
            let meant = format!("{seconds}000");
            let when = time::text(seconds);
            Told::message(format!(
                "{read}; expected {meant}, which is {when}, if it counts seconds"
            ))
            .with(Some(Fix::write(meant, Safety::Review)))
        }
        _ => Told::message(format!("{read}; expected a time of these years")),
    }
}
