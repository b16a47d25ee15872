//! What a rule says when it sees a fault. Plain words about one place in one file; never an error
//! of ours (see [`crate::Error`]). What scripts read is [`crate::report`]; the bytes made of a finding
//! as it stands go from one worker to another of the same version, and nowhere else.

use serde::{Deserialize, Serialize};

/// How bad a finding is, after the verbs of its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// A MUST is broken: the receiver will refuse something.
    Error,
    /// Allowed, but almost surely a mistake; or a SHOULD is broken.
    Warning,
    /// Worth knowing.
    Info,
}

/// What the receiver does with the fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Consequence {
    /// The whole file is refused.
    FileRefused,
    /// The record is left out.
    RecordDropped,
    /// The value is left out.
    ValueDropped,
    /// It is taken, and means something else than was meant.
    AcceptedButWrong,
    /// Nothing happens.
    Note,
}

/// Who says that it is a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Authority {
    /// The published document of the format.
    Spec,
    /// The receiver's own documentation.
    Vendor,
    /// Experience.
    Practice,
}

/// How far a fix can be trusted to keep the meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Safety {
    /// The meaning is certainly kept; applied by default.
    Safe,
    /// Probably what was meant; applied when asked for, after a look.
    Review,
    /// We can point at it; the person must decide.
    Shown,
}

/// What can be done about a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fix {
    /// What it does, as a button would say it: `Write as student`.
    pub title: String,
    /// How far it can be trusted.
    pub safety: Safety,
    /// What changes.
    pub remedy: Remedy,
}

impl Fix {
    /// Writes another value into the cell.
    pub fn write(value: impl Into<String>, safety: Safety) -> Fix {
        let value = value.into();
        let title = match value.as_str() {
            "" => "Empty the cell".to_owned(),
            value => format!("Write as {value}"),
        };
        Fix {
            title,
            safety,
            remedy: Remedy::Cell(value),
        }
    }

    /// The value that the cell would have, where the fix is about one cell.
    pub fn replacement(&self) -> Option<&str> {
        match &self.remedy {
            Remedy::Cell(value) => Some(value),
            _ => None,
        }
    }
}

/// What a fix changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Remedy {
    /// The cell gets this value.
    Cell(String),
    /// The record goes.
    DropRecord,
    /// The record gets as many cells as the header: empty ones are added, surplus empty ones go.
    FitRecord,
    /// The columns stand in the layout's order, missing ones are added empty.
    Columns,
    /// All lines end in the file's most frequent way.
    LineBreaks,
    /// The file is written as UTF-8.
    Encoding,
    /// Cells are separated by this byte.
    Delimiter(u8),
    /// Records above the header go.
    DropTitle,
    /// The file gets this name in the bundle.
    Rename(String),
    /// The file is left out of the bundle.
    DropFile,
    /// The file gets these records at its end.
    Append(Vec<Vec<String>>),
    /// Nothing that a machine should do.
    Nothing,
}

/// What a rule says of one place: evidence first, in backticks, then what was expected.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// In words.
    pub message: String,
    /// What can be done.
    pub fix: Option<Fix>,
}

impl Told {
    /// A message without a remedy.
    pub fn message(message: impl Into<String>) -> Told {
        Told {
            message: message.into(),
            fix: None,
        }
    }

    /// The same with a remedy.
    pub fn with(self, fix: Option<Fix>) -> Told {
        Told { fix, ..self }
    }
}

/// A finding with its place, kept as a sample or handed to whoever wants all of them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Finding {
    /// The rule that speaks.
    pub rule: &'static crate::rules::Rule,
    /// How bad it is here.
    pub severity: Severity,
    /// Where in the file.
    pub place: Place,
    /// The key of the record, where it has one.
    pub key: Option<String>,
    /// The text of the cell.
    pub value: Option<String>,
    /// What the rule says.
    pub told: Told,
    /// The record's cells, for those who want to see it in context.
    pub cells: Vec<String>,
}

impl Finding {
    /// A finding about a header, a file or a bundle: about no record.
    pub fn whole(rule: &'static crate::rules::Rule, place: Place, told: Told) -> Finding {
        Finding {
            rule,
            severity: rule.severity,
            place,
            key: None,
            value: None,
            told,
            cells: Vec::new(),
        }
    }
}

/// A place in a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// Physical line from 1; none for the file as a whole.
    pub line: Option<u64>,
    /// Record from 1; none for the header and the file as a whole.
    pub record: Option<u64>,
    /// Position of the cell from 0.
    pub column: Option<u32>,
    /// Position of the field in the file's [`crate::check::FilePlan`]; for a missing column it has no `column`.
    pub field: Option<u32>,
}
