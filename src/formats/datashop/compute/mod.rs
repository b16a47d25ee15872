//! What DataShop computes from transactions: problem views, attempts, durations, and from these the
//! rows of its student-step and student-problem tables. The formulas are told in the README.
//!
//! All is computed student by student, from rows that are small and of one size, so that millions of
//! them fit into memory; what they name is a number of [`names`]. Nothing here reads or writes files.

pub mod events;
pub mod names;
pub mod problems;
pub mod steps;
#[cfg(test)]
mod tests;
pub mod transactions;

use std::cmp::Ordering;

/// What came of a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Wrong.
    Incorrect,
    /// The student asked for help.
    Hint,
    /// Right.
    Correct,
    /// Nothing that DataShop knows, or nothing at all.
    Unknown,
}

impl Outcome {
    /// What a cell says, as the importer reads it: capitals do not matter, and whatever holds `hint` or
    /// `help` is a hint.
    pub fn of(cell: &str) -> Outcome {
        let cell = cell.to_ascii_lowercase();
        match cell.as_str() {
            "correct" | "ok" => Outcome::Correct,
            "incorrect" | "error" | "bug" => Outcome::Incorrect,
            word if word.contains("hint") || word.contains("help") => Outcome::Hint,
            _ => Outcome::Unknown,
        }
    }

    /// As the student-step table spells it.
    pub fn word(self) -> &'static str {
        match self {
            Outcome::Incorrect => "incorrect",
            Outcome::Hint => "hint",
            Outcome::Correct => "correct",
            Outcome::Unknown => "unknown",
        }
    }
}

/// What the header of a transaction's file says of visits to problems.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visits {
    /// It has columns for them.
    Told,
    /// It has none: they are guessed.
    Guessed,
}

/// Whether a transaction teaches its KCs, so that the next time is another opportunity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Teaches {
    /// It does, as where nothing is said.
    Yes,
    /// It only assesses.
    No,
}

/// A transaction. Names, and lists of them, are numbers of [`names::Names`].
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// Its place among all transactions, which decides where times are equal: see [`Row::at`].
    pub number: u64,
    /// Seconds since 1970.
    pub time: i64,
    /// When the problem began, where that is said.
    pub start: Option<i64>,
    /// Who.
    pub student: u32,
    /// In which session.
    pub session: u32,
    /// The problem with its hierarchy.
    pub problem: u32,
    /// The step with its problem, if it is one.
    pub step: Option<u32>,
    /// Which visit to the problem it is, where that is said.
    pub view: Option<u32>,
    /// Pairs of a model and a KC.
    pub skills: u32,
    /// Pairs of a condition's name and type.
    pub conditions: u32,
    /// What came of it.
    pub outcome: Outcome,
    /// Whether the file tells of visits.
    pub visits: Visits,
    /// Whether it teaches.
    pub teaches: Teaches,
    /// What the file says of what is computed.
    pub given: Given,
}

/// Computed columns as the file has them, where it does and they are numbers.
#[derive(Clone, Copy, Debug, Default)]
pub struct Given {
    /// Duration (sec), in milliseconds.
    pub duration: Option<u32>,
    /// Attempt At Step.
    pub attempt: Option<u32>,
    /// Is Last Attempt.
    pub last: Option<Last>,
}

impl Given {
    /// What cells of Duration (sec), Attempt At Step and Is Last Attempt say.
    pub fn of(duration: &str, attempt: &str, last: &str) -> Given {
        let duration = duration.parse().ok();
        let duration = duration.map(|seconds: f64| (seconds * 1000.0).round());
        Given {
            duration: duration.map(|milliseconds| milliseconds as u32),
            attempt: attempt.parse().ok(),
            last: Last::of(last),
        }
    }
}

/// Whether an attempt is the student's last one at the step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Last {
    /// It is.
    Yes,
    /// Others follow.
    No,
}

impl Last {
    /// What a cell says: 1 or 0, or what a spreadsheet makes of a formula.
    pub fn of(cell: &str) -> Option<Last> {
        match cell.to_ascii_lowercase().as_str() {
            "1" | "true" => Some(Last::Yes),
            "0" | "false" => Some(Last::No),
            _ => None,
        }
    }
}

/// For each of a student's transactions, which are in their order, whether others have its time, so
/// that it is the order of problems and of records which decided.
pub fn ties(rows: &[Row]) -> impl Iterator<Item = bool> {
    let same = rows.chunk_by(|a, b| a.time == b.time);
    same.flat_map(|same| same.iter().map(|_| same.len() > 1))
}

/// What is told of them.
pub const TIED: &str =
    "the student has other records of the same second: their order is that in which they stand";

/// DataShop takes nobody to have worked for longer than this without doing anything.
const LONGEST: i64 = 600;

/// Milliseconds as seconds, with up to three decimals.
pub fn seconds(milliseconds: u64) -> String {
    let (whole, rest) = (milliseconds / 1000, milliseconds % 1000);
    let decimals = format!("{rest:03}");
    let decimals = decimals.trim_end_matches('0');
    match decimals {
        "" => whole.to_string(),
        decimals => format!("{whole}.{decimals}"),
    }
}

/// Lines that a file may have; the number of its file stands above.
const LINES: u32 = 40;

impl Row {
    /// The place of a transaction by its file's place and its line.
    pub fn place(file: usize, line: u64) -> u64 {
        (file as u64) << LINES | line
    }

    /// Its file's place and its line.
    pub fn at(&self) -> (usize, u64) {
        (
            (self.number >> LINES) as usize,
            self.number & ((1 << LINES) - 1),
        )
    }

    /// The order of a student's transactions.
    pub fn order(&self, other: &Row) -> Ordering {
        let key = |row: &Row| (row.time, row.problem, row.number);
        key(self).cmp(&key(other))
    }
}
