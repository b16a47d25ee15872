//! How to compare, and what is done with what was compared.

use crate::types::{date, datetime};

/// How to compare.
#[derive(Clone, Debug)]
pub struct Options {
    /// The day that counts as today, in days since 1970.
    pub as_of: i32,
    /// When the records of a delta are said to be changed.
    pub instant: String,
    /// The format, where it is not to be recognised.
    pub format: Option<String>,
    /// Samples of each sort of change that are shown of each file.
    pub samples: usize,
    /// The share of a file, in percent, that may be removed or changed without a warning, whatever
    /// the receiver says; none where the receiver's word counts, or a tenth.
    pub threshold: Option<u64>,
    /// The profile of who receives NEW, by its id.
    pub profile: Option<String>,
}

/// Reads a day (`2026-11-21`) or an instant (`2026-11-21T07:30:00.000Z`): the day, in days since
/// 1970, and the instant, which for a day is its first. None where it is neither.
pub fn as_of(text: &str) -> Option<(i32, String)> {
    match date::days(text.as_bytes()) {
        Some(day) => Some((day, instant(day))),
        None if datetime::seconds(text.as_bytes()).is_some() => {
            Some((date::days(text.get(..10)?.as_bytes())?, text.to_owned()))
        }
        None => None,
    }
}

/// The first instant of a day.
pub fn instant(day: i32) -> String {
    format!("{}T00:00:00.000Z", date::text(day))
}

/// Something that a comparison does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// Compares. It comes first.
    Compare,
    /// Writes the delta bundle that takes OLD to NEW.
    Delta,
    /// Writes the complete bundle that NEW, a delta, makes of OLD.
    Fold,
    /// Writes what was found.
    Print(Print),
}

/// How a comparison is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Print {
    /// As the contract says.
    Json,
    /// One row per change, all of them.
    Csv,
    /// For a terminal.
    Text,
}
