//! What did not survive a conversion, and why: counted in full, with the first places of each kind.

use std::collections::HashMap;

use serde::Serialize;

use crate::evidence;
use crate::legacy::lossy;
use crate::order::sort_by_key;
use crate::report::words::{Word, plural};
use crate::report::{loss_csv, show};

use super::{Given, Record};

/// What became of something, the worst first: what says something else is worse than what is not there,
/// and what should not be there is worse than both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// The value stays, and holds what was to be made unreadable.
    ValueKept,
    /// The file is not among those of the target.
    FileDropped,
    /// The record is in no file of the target.
    RecordDropped,
    /// The target says something else, which is as near as it comes.
    ValueChanged,
    /// The target asks for a value, which was made up.
    ValueMade,
    /// The target asks for a value, and nothing gives it.
    ValueMissing,
    /// The value is nowhere in the target.
    ValueDropped,
    /// The target says the same, spelled as it expects.
    ValueRewritten,
}

impl Word for What {
    fn word(self) -> &'static str {
        match self {
            What::ValueKept => "value-kept",
            What::FileDropped => "file-dropped",
            What::RecordDropped => "record-dropped",
            What::ValueDropped => "value-dropped",
            What::ValueChanged => "value-changed",
            What::ValueMissing => "value-missing",
            What::ValueMade => "value-made",
            What::ValueRewritten => "value-rewritten",
        }
    }
}

/// Lines that are told of each kind of loss.
const LINES: usize = 10;

/// Kinds of loss that are told apart in one field; what comes behind them counts as one.
const KINDS: usize = 200;

/// Losses of one kind.
#[derive(Clone, Debug, Serialize)]
pub struct Lost {
    /// What became of it.
    pub what: What,
    /// The file: of the source, or of the target where that is what lacks a value or made one up.
    pub file: String,
    /// Its field; blank where it is about records or the file.
    pub field: String,
    /// Why.
    pub reason: String,
    /// How often; of a file, its records.
    pub total: u64,
    /// The file of the source whose lines are told.
    pub source: String,
    /// The first lines, from 1.
    pub lines: Vec<u64>,
    /// The first value.
    pub value: String,
    /// Whether it came to that.
    #[serde(skip)]
    told: bool,
}

impl Lost {
    /// In one sentence, fit to be read:
    /// ``users.csv, `pronouns`: 12 values dropped: OneRoster 1.1 has no such field``.
    pub fn sentence(&self) -> String {
        shown(&self.told())
    }

    fn told(&self) -> String {
        let Lost {
            what,
            file,
            field,
            reason,
            total,
            ..
        } = self;
        let (thing, became) = match what {
            What::FileDropped => return format!("{file}: the file was left out: {reason}"),
            What::ValueKept => ("value", "kept"),
            What::RecordDropped => ("record", "left out"),
            What::ValueDropped => ("value", "dropped"),
            What::ValueChanged => ("value", "changed"),
            What::ValueMissing => ("value", "missing"),
            What::ValueMade => ("value", "made up"),
            What::ValueRewritten => ("value", "spelled anew"),
        };
        let field = match field.as_str() {
            "" => String::new(),
            field => format!(", `{field}`"),
        };
        format!(
            "{file}{field}: {} {became}: {reason}",
            plural(*total, thing)
        )
    }
}

/// A sentence with text from files, with nothing in it that a terminal would obey.
pub(super) fn shown(sentence: &str) -> String {
    show::visible(&evidence::message(sentence))
}

/// All losses of a conversion.
#[derive(Debug, Default)]
pub struct Loss {
    all: Vec<Lost>,
    known: HashMap<String, usize>,
    /// Kinds of loss by file and field.
    kinds: HashMap<String, usize>,
    /// Whether values are left out.
    hidden: bool,
}

/// A kind of loss that was foreseen.
#[derive(Clone, Copy, Debug)]
pub struct Kind(usize);

impl Loss {
    /// What was lost so far, the worst first.
    pub fn all(&self) -> Vec<&Lost> {
        let mut all: Vec<&Lost> = self.all.iter().filter(|lost| lost.told).collect();
        sort_by_key(&mut all, |lost| lost.what);
        all
    }

    /// Leaves all values out from now on: someone made them unreadable, and they would stand here.
    pub fn hide(&mut self) {
        self.hidden = true;
    }

    /// Notes a loss at a cell of a record.
    pub fn tell(&mut self, what: What, at: &Record<'_>, field: &str, value: &str, reason: &str) {
        let kind = self.kind(what, at.file(), field, reason);
        self.count(kind, at.line(), value.as_bytes());
    }

    /// Notes a loss in a file of the target that is made of a record of another file.
    pub fn tell_in(
        &mut self,
        what: What,
        (file, at): (&str, &Record<'_>),
        field: &str,
        value: &str,
        reason: &str,
    ) {
        let kind = self.kind_of(what, file, at.file(), field, reason);
        self.count(kind, at.line(), value.as_bytes());
    }

    /// Notes a loss at a line of a file, for what is found out when its records are gone.
    pub fn tell_line(
        &mut self,
        what: What,
        (file, line): (&str, u64),
        field: &str,
        value: &str,
        reason: &str,
    ) {
        let kind = self.kind(what, file, field, reason);
        self.count(kind, line, value.as_bytes());
    }

    /// Notes a loss of so many records, or of a file that has so many, in no place of its own.
    pub fn tell_file(&mut self, what: What, file: &str, total: u64, reason: &str) {
        let Kind(at) = self.kind(what, file, "", reason);
        self.all[at].told = true;
        self.all[at].total += total;
    }

    /// Notes what of files is read in an encoding that is a guess.
    pub(super) fn tell_legacy(&mut self, given: &[Given]) {
        for given in given {
            let reason = format!(
                "it is not UTF-8, and was read as {}, which is a guess",
                given.encoding.name()
            );
            for legacy in &given.legacy {
                let field = given.column_name(legacy.column as usize);
                let Kind(at) = self.kind(What::ValueChanged, &given.name, field, &reason);
                let lost = &mut self.all[at];
                lost.told = true;
                lost.total += legacy.total;
                lost.lines.extend(legacy.lines.iter().take(LINES));
            }
        }
    }

    /// Why.
    pub(super) fn reason(&self, kind: Kind) -> &str {
        &self.all[kind.0].reason
    }

    /// A kind of loss, with nothing lost yet if it is new.
    pub fn kind(&mut self, what: What, file: &str, field: &str, reason: &str) -> Kind {
        self.kind_of(what, file, file, field, reason)
    }

    /// The same where the lines are those of another file.
    pub(super) fn kind_of(
        &mut self,
        what: What,
        file: &str,
        source: &str,
        field: &str,
        reason: &str,
    ) -> Kind {
        let place = format!("{}\0{file}\0{source}\0{field}", what.word());
        let told = |reason: &str| format!("{place}\0{reason}");
        if let Some(at) = self.known.get(&told(reason)) {
            return Kind(*at);
        }
        let kinds = self.kinds.entry(place.clone()).or_default();
        let reason = match *kinds < KINDS {
            true => reason,
            false => "for other reasons like these",
        };
        if let Some(at) = self.known.get(&told(reason)) {
            return Kind(*at);
        }
        *kinds += 1;
        self.all.push(Lost {
            what,
            file: file.to_owned(),
            field: field.to_owned(),
            reason: reason.to_owned(),
            total: 0,
            source: source.to_owned(),
            lines: Vec::new(),
            value: String::new(),
            told: false,
        });
        let at = self.all.len() - 1;
        self.known.insert(told(reason), at);
        Kind(at)
    }

    /// Notes a loss of that kind.
    pub fn count(&mut self, kind: Kind, line: u64, value: &[u8]) {
        let lost = &mut self.all[kind.0];
        if !std::mem::replace(&mut lost.told, true) && !self.hidden {
            lost.value = evidence::value(&lossy(value));
        }
        lost.total += 1;
        if lost.lines.len() < LINES && lost.lines.last() != Some(&line) {
            lost.lines.push(line);
        }
    }

    /// The same as a table for a spreadsheet.
    pub(super) fn table(&self) -> Vec<u8> {
        let mut out = Vec::new();
        loss_csv::header(&mut out);
        for lost in self.all() {
            loss_csv::row(&mut out, lost);
        }
        out
    }
}
