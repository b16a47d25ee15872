//! See `spreadsheet_day.md`.

use super::times::{self, Met};
use crate::finding::{Authority, Consequence, Fix, Safety, Severity, Told};
use crate::formats::datashop::time::{self, Time};
use crate::rules::Rule;
use crate::types::datetime;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::AcceptedButWrong,
    authority: Authority::Practice,
    cell: Some(|field, column, file| times::compile(field, column, file, told)),
    ..Rule::new("spreadsheet-day", include_str!("spreadsheet_day.md"))
};

fn told(met: &Met<'_>) -> Option<Told> {
    let Met { text, read, known } = met;
    let stored = read.filter(Time::is_of_1970)?.seconds?;
    let meant = datetime::local(text, None).filter(|_| datetime::is_serial(text))?;
    let seconds = time::read(meant.text.as_bytes())?.seconds?;
    let message = format!(
        "`{text}` is {} to the importer, which counts milliseconds; expected {}, if a spreadsheet wrote it, which counts days",
        time::text(stored),
        meant.text
    );
    let fix = known
        .is_serial
        .then(|| Fix::write(meant.text, Safety::Review));
    times::is_plausible(seconds, known.today).then(|| Told::message(message).with(fix))
}
