//! See `swapped_day.md`.

use super::times::{self, Met, swapped};
use crate::finding::{Authority, Consequence, Fix, Safety, Severity, Told};
use crate::formats::datashop::time;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::AcceptedButWrong,
    authority: Authority::Practice,
    cell: Some(|field, column, file| times::compile(field, column, file, told)),
    ..Rule::new("swapped-day", include_str!("swapped_day.md"))
};

fn told(met: &Met<'_>) -> Option<Told> {
    let meant = swapped(met)?;
    let message = format!(
        "`{}` is {} to the importer, which reads the month first, but the first times of the column have the day first; expected {meant}",
        met.text,
        time::text(met.read?.seconds?),
    );
    Some(Told::message(message).with(Some(Fix::write(meant, Safety::Review))))
}
