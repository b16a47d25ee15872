//! What an import would change, as scripts and the page read it. Names and order of the members are
//! public: `docs/compare.schema.json` describes them, and changing one is a breaking change.

pub mod rows;
pub mod text;
pub mod words;

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Format, Outcome, Tool, words as report_words};
use crate::finding::{Authority, Severity};

/// The name and version of the shape, the value of [`Comparison::schema`].
pub const SCHEMA: &str = "hallpass-compare/1";

/// What NEW changes in OLD.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Comparison {
    /// Always [`SCHEMA`].
    pub schema: &'static str,
    /// Who wrote it.
    pub tool: Tool,
    /// What both were taken for; left out where they are not of one format.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<Format>,
    /// The day that counts as today, YYYY-MM-DD.
    pub as_of: String,
    /// Whether everything was compared.
    pub outcome: Outcome,
    /// How NEW is meant: `bulk`, `delta`, `mixed`, or `upsert` where nothing is ever removed.
    pub mode: &'static str,
    /// The share of a file, in percent, that may be removed or changed without a warning.
    pub threshold: u64,
    /// What the import would do, in sentences, the gravest first.
    pub summary: Vec<String>,
    /// File by file, in the order of the layout.
    pub files: Vec<File>,
    /// By organization, those with most changes first.
    pub schools: Vec<School>,
    /// Records that are most likely the same although their keys differ.
    pub matching: Vec<Matching>,
    /// What is odd about the bundles, or about what the import would do; the gravest first.
    pub findings: Vec<Finding>,
}

/// How many records of a file become what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// NEW has them, OLD does not.
    pub added: u64,
    /// Both have them, and they differ.
    pub changed: u64,
    /// The receiver would archive or delete them.
    pub removed: u64,
    /// OLD has them, NEW does not.
    pub missing: u64,
    /// Those of them that the receiver leaves alone; not in the JSON, whose `mode` and `removed` tell.
    #[serde(skip)]
    pub left: u64,
    /// Both have them, and they say the same.
    pub unchanged: u64,
}

/// One file of the format.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct File {
    /// Its name in the format.
    pub name: String,
    /// What becomes of its records.
    #[serde(flatten)]
    pub counts: Counts,
    /// For each field the records that differ there.
    pub fields: BTreeMap<String, u64>,
    /// Changed records that differ in case and blanks alone.
    pub slight: u64,
    /// The share of it, in percent, that may be removed or changed without a warning.
    pub threshold: u64,
    /// How NEW is meant: `bulk`, `delta`, or `absent` where it lacks the file.
    pub mode: &'static str,
    /// Records, the header not counted.
    pub records: Sides,
    /// Records that could not be compared: their key is blank, or an earlier one has it.
    pub not_compared: Sides,
    /// The first of what changed, what is removed before what is added.
    pub samples: Vec<Sample>,
}

/// A number for each side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Sides {
    /// Of OLD.
    pub old: u64,
    /// Of NEW.
    pub new: u64,
}

/// What becomes of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// The receiver would archive or delete it.
    Removed,
    /// NEW lacks it, and nothing becomes of it.
    Missing,
    /// It differs.
    Changed,
    /// NEW has it, OLD does not.
    Added,
}

/// One change, shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sample {
    /// The record's key; of a file without keys, its line.
    pub key: String,
    /// What becomes of the record.
    pub what: What,
    /// The field that differs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// What stands there in OLD.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<String>,
    /// What stands there in NEW.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new: Option<String>,
}

/// An organization, and what becomes of the records that belong to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct School {
    /// Its key.
    pub key: String,
    /// Its name; left out where no file says it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The files with records that belong to it.
    pub files: Vec<SchoolFile>,
}

/// The records of a file that belong to an organization.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SchoolFile {
    /// The file.
    pub name: String,
    /// What becomes of them.
    #[serde(flatten)]
    pub counts: Counts,
}

/// Records that are most likely the same although their keys differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Matching {
    /// The file.
    pub file: String,
    /// The fields that agree; none where there is one such record on each side.
    pub by: Vec<String>,
    /// `match`: the receiver takes the one for the other, and they are compared. `duplicate`: it
    /// makes a second one.
    pub way: &'static str,
    /// How many there are.
    pub total: u64,
    /// Records of NEW for which there are several.
    pub ambiguous: u64,
    /// The first of them.
    pub samples: Vec<KeyPair>,
}

/// Two keys of one record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KeyPair {
    /// In OLD.
    pub old: String,
    /// In NEW.
    pub new: String,
}

/// Something to know about a comparison.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What it is called.
    pub rule: &'static str,
    /// How bad it is.
    #[serde(serialize_with = "report_words::serialize")]
    pub severity: Severity,
    /// Who says so: `vendor` where it is the receiver's own rule.
    #[serde(serialize_with = "report_words::serialize")]
    pub authority: Authority,
    /// The file; left out when it is about all of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The records or whatever it counts.
    pub total: u64,
    /// It in words, evidence first.
    pub message: String,
    /// Keys of the first of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub keys: Vec<String>,
    /// Where the receiver says so.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<String>,
}

/// The comparison as JSON: indented, members in their fixed order, one line break at the end.
pub fn json(comparison: &Comparison) -> String {
    // Names, texts and numbers can always be written.
    serde_json::to_string_pretty(comparison).unwrap_or_default() + "\n"
}
