//! The words of a report: the spellings scripts rely on, and the texts people read. They are kept
//! together so that the texts can be translated; the spellings never are.
//!
//! Nothing here knows how a report is laid out.

use super::{Outcome, Report, Totals, Verdict};
use crate::finding::{Authority, Consequence, Safety, Severity};
use crate::formats::OWN;
use crate::rules::{dangling_reference, unknown_format};
use serde::Serializer;

/// Something that has one spelling in every machine-readable output.
pub trait Word: Copy {
    /// The spelling, lower case with hyphens.
    fn word(self) -> &'static str;
}

impl Word for Severity {
    fn word(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        }
    }
}

impl Word for Authority {
    fn word(self) -> &'static str {
        match self {
            Authority::Spec => "spec",
            Authority::Vendor => "vendor",
            Authority::Practice => "practice",
        }
    }
}

impl Word for Consequence {
    fn word(self) -> &'static str {
        match self {
            Consequence::FileRefused => "file-refused",
            Consequence::RecordDropped => "record-dropped",
            Consequence::ValueDropped => "value-dropped",
            Consequence::AcceptedButWrong => "accepted-but-wrong",
            Consequence::Note => "note",
        }
    }
}

impl Word for Safety {
    fn word(self) -> &'static str {
        match self {
            Safety::Safe => "safe",
            Safety::Review => "review",
            Safety::Shown => "shown",
        }
    }
}

/// Writes the spelling of a [`Word`]; for serde's `serialize_with`.
///
/// # Errors
/// Those of the serializer.
pub(super) fn serialize<W: Word, S: Serializer>(
    word: &W,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(word.word())
}

/// Heading of a whole report.
pub const TITLE: &str = "Hallpass report";
/// Heading of the files.
pub const FILES: &str = "Files";
/// Caption of the table of files.
pub const AS_READ: &str = "As they were read";
/// Heading of the root causes.
pub const CAUSES: &str = "Fix these first";
/// Heading of the findings.
pub const FINDINGS: &str = "What was found";
/// Heading of what was left unchecked.
pub const NOT_CHECKED: &str = "Not checked";
/// Heading of what no check of the files can tell.
pub const CANNOT_CHECK: &str = "What the files alone cannot tell";
/// Label of a file's name in a table.
pub const FILE: &str = "File";
/// Label of a finding's place in a table.
pub const PLACE: &str = "Place";
/// Label of a cell's text in a table.
pub const VALUE: &str = "Value";
/// Label of a finding's message in a table.
pub const MESSAGE: &str = "What is wrong";
/// Label of a finding's fix in a table.
pub const FIX: &str = "Fix";
/// Label of a file's size in a table.
pub const BYTES: &str = "Bytes";
/// Label of the number of records in a table.
pub const RECORDS: &str = "Records";
/// Label of a file's encoding in a table.
pub const ENCODING: &str = "Encoding";

/// The severity for people.
pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
        Severity::Info => "Note",
    }
}

/// What the receiver does, as a sentence; of a warning, what it may do.
pub fn consequence(severity: Severity, consequence: Consequence) -> &'static str {
    match (consequence, severity) {
        (Consequence::FileRefused, Severity::Warning) => "The receiver may refuse the whole file.",
        (Consequence::FileRefused, _) => "The receiver refuses the whole file.",
        (Consequence::RecordDropped, Severity::Warning) => "The receiver may leave the record out.",
        (Consequence::RecordDropped, _) => "The receiver leaves the record out.",
        (Consequence::ValueDropped, Severity::Warning) => "The receiver may leave the value out.",
        (Consequence::ValueDropped, _) => "The receiver leaves the value out.",
        (Consequence::AcceptedButWrong, _) => {
            "The receiver takes it, with another meaning than was meant."
        }
        (Consequence::Note, _) => "The receiver takes it as it is.",
    }
}

/// Who says so, as a sentence. Where the layout is the user's own, it says what a published document says
/// elsewhere.
pub fn authority(report: &Report, authority: Authority) -> &'static str {
    let format = report.format.as_ref();
    match authority {
        Authority::Spec if format.is_some_and(|format| format.id == OWN.id) => {
            "Your own layout says so."
        }
        Authority::Spec => "The format's published document says so.",
        Authority::Vendor => "The receiver's documentation says so.",
        Authority::Practice => "Experience says so.",
    }
}

/// What to do with a fix of this safety.
pub fn safety(safety: Safety) -> &'static str {
    match safety {
        Safety::Safe => "safe",
        Safety::Review => "look before you apply it",
        Safety::Shown => "yours to decide",
    }
}

/// The verdict and what it rests on, in one line; of files that could not be checked, why.
pub fn headline(report: &Report) -> String {
    let verdict = match report.verdict {
        Verdict::NotReady => "Not ready",
        Verdict::ReadyWithWarnings => "Ready, with warnings",
        Verdict::Ready => "Ready",
    };
    match report.outcome {
        Outcome::Failed => {
            let mut groups = report.groups.iter();
            let unknown = groups.find(|group| group.rule == unknown_format::RULE.name);
            let first = unknown.and_then(|group| group.samples.first());
            let why = first.map_or("the check could not be done", |sample| &sample.message);
            format!("{verdict}: {why}")
        }
        Outcome::Partial if report.totals == Totals::default() => {
            format!("{verdict}: some of it could not be checked")
        }
        Outcome::Partial => {
            format!(
                "{verdict}: {}; some of it could not be checked",
                counts(report.totals)
            )
        }
        Outcome::Complete => format!("{verdict}: {}", counts(report.totals)),
    }
}

/// What the receiver does with files that are ready but for warnings, in a sentence: the worst of what
/// the warnings say that it may do.
pub fn with_warnings(report: &Report) -> Option<&'static str> {
    let warnings = report
        .groups
        .iter()
        .filter(|group| group.severity == Severity::Warning);
    let worst = warnings.map(|group| group.consequence).min();
    (report.verdict == Verdict::ReadyWithWarnings).then_some(match worst {
        Some(Consequence::FileRefused) => {
            "The receiver may refuse some of the files for what the warnings name."
        }
        Some(Consequence::RecordDropped | Consequence::ValueDropped) => {
            "The receiver takes the files, but may leave out some of what is in them."
        }
        _ => "The receiver takes the files, but something in them is probably a mistake.",
    })
}

/// Refusals that are listed; who mends these has most of them behind him.
const REFUSALS: usize = 10;

/// What has the receiver refuse a file or the bundle as such: to be mended before anything in it.
/// Nothing where no check was done, because then the headline says it.
pub fn refusals(report: &Report) -> Vec<String> {
    let whole = report.groups.iter().filter(|group| {
        report.outcome != Outcome::Failed
            && group.severity == Severity::Error
            && group.consequence == Consequence::FileRefused
            && group.field.is_none()
    });
    let said = whole.filter_map(|group| {
        let (file, message) = (&group.file, &group.samples.first()?.message);
        Some(match message.contains(file.as_str()) {
            true => message.clone(),
            false => format!("`{file}`: {message}"),
        })
    });
    let mut said: Vec<String> = said.collect();
    let more = more(said.len() as u64, REFUSALS as u64);
    said.truncate(REFUSALS);
    said.extend(more);
    said
}

/// How many findings are of missing keys that the report does not name as causes; in words, nothing
/// where there are none.
pub fn other_causes(report: &Report) -> Option<String> {
    let rule = dangling_reference::RULE.name;
    let causes = report.causes.iter().filter(|cause| cause.rule == rule);
    let named: u64 = causes.map(|cause| cause.explains).sum();
    let of_rule = report.groups.iter().filter(|group| group.rule == rule);
    let all: u64 = of_rule.map(|group| group.total).sum();
    let rest = all.saturating_sub(named);
    (named > 0 && rest > 0).then(|| {
        let rest = plural(rest, "more finding");
        format!("and {rest}, of other missing keys")
    })
}

/// The totals in words, nothing left out but zeros.
pub fn counts(totals: Totals) -> String {
    let parts = [
        (totals.error, "error"),
        (totals.warning, "warning"),
        (totals.info, "note"),
    ];
    let said: Vec<String> = parts
        .iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, what)| plural(*n, what))
        .collect();
    if said.is_empty() {
        "nothing to mend was found".to_owned()
    } else {
        said.join(", ")
    }
}

/// A number and what it counts: `1 record`, `2 records`.
pub fn plural(n: u64, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

/// What the files were checked as, in one line.
pub fn checked_as(report: &Report) -> String {
    let as_of = &report.as_of;
    let Some(format) = &report.format else {
        return format!("No format was recognized. As of {as_of}.");
    };
    let profile = format
        .profile
        .as_ref()
        .map(|p| format!(", profile {p}"))
        .unwrap_or_default();
    let how = match (&format.why, format.detected) {
        (Some(why), true) => format!("recognized: {why}"),
        (None, true) => "recognized by the headers".to_owned(),
        (_, false) => "as you chose".to_owned(),
    };
    format!(
        "Checked as {}{profile} ({how}), as of {as_of}.",
        format.title
    )
}

/// A rule's name as a title: `Invalid date`.
pub fn rule_title(name: &str) -> String {
    let words = name.replace('-', " ");
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

/// How many findings of a group are not among its samples, in words.
pub fn more(total: u64, shown: u64) -> Option<String> {
    let hidden = total.saturating_sub(shown);
    (hidden > 0).then(|| format!("and {hidden} more"))
}

/// Where in a file a finding is, in words; the file itself when there is no line.
pub fn place(line: Option<u64>, column: Option<u64>) -> String {
    match (line, column) {
        (Some(line), Some(column)) => format!("line {line}, column {column}"),
        (Some(line), None) => format!("line {line}"),
        (None, Some(column)) => format!("column {column}"),
        (None, None) => "the file".to_owned(),
    }
}
