//! The report: the only shape of ours that is serialised, and the printers that turn it into text.
//!
//! Internal types (findings, places, layouts) stay internal; whoever has them copies what people
//! and scripts need into the plain structs here. Names and order of the members are public: they
//! are described by `docs/report.schema.json`, and changing one is a breaking change.
//!
//! A printer is a function from [`Report`] to text: [`json`], [`text`], [`html`], [`sarif`]. Each is
//! a [`Form`], too, which takes samples one by one, for reports that show more of them than there is
//! memory. All findings and all edits are written row by row: [`findings_csv`], [`change_log`].
//!
//! This module never reads a file, never decides what is a fault, and never changes a total.

pub mod change_log;
pub mod compare;
pub mod findings_csv;
pub mod html;
pub mod json;
pub mod loss_csv;
pub mod sarif;
pub mod text;
pub mod words;

mod cells;
mod form;
mod pieces;
pub(crate) mod show;

#[cfg(test)]
mod tests;

pub use form::Form;

use crate::finding::{Authority, Consequence, Safety, Severity};
use serde::Serialize;

/// The name and version of the report's shape, the value of [`Report::schema`].
pub const SCHEMA: &str = "hallpass-report/1";

/// What was found in the files of one check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// Always [`SCHEMA`].
    pub schema: &'static str,
    /// Who wrote the report.
    pub tool: Tool,
    /// What the files were checked as; left out when no format was given or recognised.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<Format>,
    /// The day the rules took as today, YYYY-MM-DD.
    pub as_of: String,
    /// Whether everything was checked.
    pub outcome: Outcome,
    /// Whether the files can be uploaded; always [`verdict`] of the outcome and the totals.
    pub verdict: Verdict,
    /// The files, in the order given.
    pub files: Vec<File>,
    /// How many findings there are: the true numbers, however few samples are kept.
    pub totals: Totals,
    /// Root causes: what happened to whole columns of keys, then missing keys; of both, the one that
    /// explains most findings first. Left out when there is none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub causes: Vec<Cause>,
    /// The findings, grouped by rule, file and field.
    pub groups: Vec<Group>,
    /// What should have been checked and was not, with the reason.
    pub not_checked: Vec<NotChecked>,
    /// What no look at these files can tell.
    pub cannot_check: Vec<String>,
}

/// The program that wrote a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tool {
    /// Its name.
    pub name: &'static str,
    /// Its version.
    pub version: &'static str,
}

/// This program.
pub const TOOL: Tool = Tool {
    name: "hallpass",
    version: env!("CARGO_PKG_VERSION"),
};

/// The format the files were checked as.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Format {
    /// Its id, such as `oneroster-1.2`.
    pub id: String,
    /// Its name for people.
    pub title: String,
    /// The profile laid over it; `null` when there is none.
    pub profile: Option<String>,
    /// True when it was recognised by the files' headers, false when it was named by the user.
    pub detected: bool,
    /// What in the files told it from its relatives, in words; left out when nothing did, or when it
    /// was named by the user.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

/// Whether the check itself came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Everything was checked.
    Complete,
    /// Something was not checked: see [`Report::not_checked`].
    Partial,
    /// The check could not be done.
    Failed,
}

/// Whether the files can be uploaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The receiver will refuse something, or not everything was checked.
    NotReady,
    /// Nothing is known for sure to be refused; something in the files is probably a mistake.
    ReadyWithWarnings,
    /// All was checked, and there is neither an error nor a warning.
    Ready,
}

/// The verdict on files that were checked with this outcome and these totals.
///
/// An error means not ready. So does a check that is partial or failed, whatever it found: what
/// was not looked at may be what the receiver refuses, and "ready" would be a guess.
pub fn verdict(outcome: Outcome, totals: Totals) -> Verdict {
    match (outcome, totals) {
        (Outcome::Partial | Outcome::Failed, _) => Verdict::NotReady,
        (Outcome::Complete, Totals { error: 1.., .. }) => Verdict::NotReady,
        (Outcome::Complete, Totals { warning: 1.., .. }) => Verdict::ReadyWithWarnings,
        (Outcome::Complete, _) => Verdict::Ready,
    }
}

/// One file as it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct File {
    /// Its name inside the zip or folder.
    pub name: String,
    /// Its size in bytes, unpacked.
    pub bytes: u64,
    /// How many records it has, the header not counted.
    pub records: u64,
    /// The encoding it was read in, such as `utf-8`; left out when it could not be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// What stands between its cells; left out when it could not be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delimiter: Option<String>,
}

/// The number of findings by severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// How many errors.
    pub error: u64,
    /// How many warnings.
    pub warning: u64,
    /// How many notes.
    pub info: u64,
}

/// One fault that explains many findings: mend it first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Cause {
    /// The rule whose findings it explains.
    pub rule: String,
    /// The file to mend.
    pub file: String,
    /// The field to mend; left out when it is the file as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The key in question, when there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// How many findings it explains.
    pub explains: u64,
    /// Where those findings are.
    #[serde(rename = "where")]
    pub places: Vec<CausePlace>,
    /// The cause in words, evidence first.
    pub message: String,
}

/// A column in which a [`Cause`] shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CausePlace {
    /// The file.
    pub file: String,
    /// The field; left out when the findings are about whole records.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// How many of the explained findings are here.
    pub total: u64,
}

/// All findings of one rule in one field of one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Group {
    /// The rule's name.
    pub rule: String,
    /// How bad it is.
    #[serde(serialize_with = "words::serialize")]
    pub severity: Severity,
    /// Who says so.
    #[serde(serialize_with = "words::serialize")]
    pub authority: Authority,
    /// What the receiver does with it.
    #[serde(serialize_with = "words::serialize")]
    pub consequence: Consequence,
    /// The file.
    pub file: String,
    /// The layout's name for the column; left out when it is not about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// How many findings there are, samples or not.
    pub total: u64,
    /// The first of them.
    pub samples: Vec<Sample>,
}

/// One finding, shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sample {
    /// Physical line of the record's beginning, from 1; left out for findings about a file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// Logical record, from 1, the header not counted; left out for the header.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<u64>,
    /// Position of the cell, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<u64>,
    /// The record's key, as written; of a very long one the beginning.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// The cell, as written; of a very long one the beginning.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// The fault in words, evidence first.
    pub message: String,
    /// What would mend it, when we can say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<Fix>,
}

/// What would mend a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fix {
    /// What it does, in words.
    pub title: String,
    /// How far it can be trusted.
    #[serde(serialize_with = "words::serialize")]
    pub safety: Safety,
    /// The new text of the cell; left out when the person must decide, and when it is very long.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replacement: Option<String>,
}

/// A check that could not be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NotChecked {
    /// The rule that could not be applied; left out when none could.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// The file it could not be applied to.
    pub file: String,
    /// Why, in words.
    pub reason: String,
}
