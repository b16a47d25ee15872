//! What a rule says when it sees a fault. Plain words about one place in one file; never an error
//! of ours (see [`crate::Error`]). What scripts read is [`crate::report`]; the bytes made of a finding
//! as it stands go from one worker to another of the same version, and nowhere else.

use serde::{Deserialize, Serialize};

use std::borrow::Cow;

use crate::evidence::{self, HIDDEN};
use crate::legacy::{self, Encoding};
use crate::rules::{Rule, invalid_encoding};

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

/// What the receiver does with the fault, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
    /// The record gets these cells in place of all that it has.
    Cells(Vec<String>),
    /// The record is a piece of one, and gets these cells in place of all that it has.
    Piece(Vec<String>, Then),
    /// The record gets as many cells as the header: empty ones are added, surplus empty ones go.
    FitRecord,
    /// The columns stand in the layout's order, or in the one that a rule gave the file; missing ones
    /// are added empty.
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
    /// The bundle gets the file that it lacks, with this text.
    AddFile(String),
    /// The file gets these records at its end.
    Append(Vec<Vec<String>>),
    /// Nothing that a machine should do.
    Nothing,
}

/// What comes behind a piece of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Then {
    /// A blank, and the next record, which goes on in the last cell.
    More,
    /// The end of the record.
    End,
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

    /// Leaves out what it shows of the cell, and what a fix would write there.
    pub fn hide(&mut self) {
        self.message = evidence::hidden(&self.message);
        if let Some(fix) = &mut self.fix
            && fix
                .replacement()
                .is_some_and(|value| !value.is_empty() && fix.title.contains(value))
        {
            fix.title = format!("Write as {HIDDEN}");
        }
    }

    /// Has a person look before the remedy is applied.
    pub fn doubt(&mut self) {
        if let Some(fix) = &mut self.fix {
            fix.safety = fix.safety.max(Safety::Review);
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
    pub rule: &'static Rule,
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
    /// Those of its cells that are not UTF-8, until the encoding of the file is known.
    pub raw: Option<Box<Raw>>,
}

/// Cells that a finding shows and that are not UTF-8, as they stand in the file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Raw {
    key: Option<Vec<u8>>,
    value: Option<Vec<u8>>,
    /// By their position.
    cells: Vec<(usize, Vec<u8>)>,
}

impl Raw {
    /// Whether the key or the cell has more bytes than are shown of the text of one.
    fn is_long(&self) -> bool {
        let texts = [&self.key, &self.value].into_iter().flatten();
        texts
            .into_iter()
            .any(|bytes| bytes.len() > evidence::LONGEST)
    }
}

impl Finding {
    /// A finding about a header, a file or a bundle: about no record.
    pub fn whole(rule: &'static Rule, place: Place, told: Told) -> Finding {
        Finding {
            rule,
            severity: rule.severity,
            place,
            key: None,
            value: None,
            told,
            cells: Vec::new(),
            raw: None,
        }
    }

    /// Shows the key of the record.
    pub fn set_key(&mut self, key: Cow<'_, [u8]>) {
        self.key = Some(self.text(key, |raw, bytes| raw.key = Some(bytes)));
    }

    /// Shows the cell.
    pub fn set_value(&mut self, value: Cow<'_, [u8]>) {
        self.value = Some(self.text(value, |raw, bytes| raw.value = Some(bytes)));
    }

    /// Shows the record's cells.
    pub fn set_cells<'a>(&mut self, cells: impl Iterator<Item = Cow<'a, [u8]>>) {
        let texts = cells.enumerate();
        let texts = texts.map(|(at, cell)| self.text(cell, |raw, cell| raw.cells.push((at, cell))));
        self.cells = texts.collect();
    }

    /// All of the file was read, so its encoding is known: what is not UTF-8 is told in it.
    pub fn settle(&mut self, encoding: Encoding) {
        let Some(raw) = self.raw.take() else { return };
        if let Some(key) = &raw.key {
            self.key = Some(encoding.text(key).into_owned());
        }
        for (at, cell) in &raw.cells {
            self.cells[*at] = encoding.text(cell).into_owned();
        }
        let Some(value) = &raw.value else { return };
        if std::ptr::eq(self.rule, &invalid_encoding::RULE) {
            self.value = Some(legacy::escaped(value));
            self.told = invalid_encoding::told_in(value, encoding);
        } else {
            self.value = Some(encoding.text(value).into_owned());
        }
    }

    /// Of some record it is not certain where its cells end. Where columns are moved or added it is
    /// filled up, and where cells are separated in another way it is cut anew: whether its values stand
    /// under their labels has to be looked at.
    pub fn doubt_columns(&mut self) {
        if let Some(fix) = &mut self.told.fix
            && matches!(fix.remedy, Remedy::Columns | Remedy::Delimiter(_))
        {
            fix.safety = Safety::Review;
        }
    }

    /// What is kept to be shown: of long texts a part, and no fix with a long text.
    pub fn shorten(&mut self) {
        // What a very long cell says in a legacy encoding is told by itself.
        if let Some(raw) = self.raw.as_ref().filter(|raw| raw.is_long()) {
            let encoding = legacy::guess(raw.value.as_deref().unwrap_or_default());
            self.settle(encoding);
        }
        for text in [&mut self.key, &mut self.value].into_iter().flatten() {
            *text = evidence::value(text);
        }
        self.told.message = evidence::message(&self.told.message);
        if let Some(fix) = &mut self.told.fix {
            fix.title = evidence::value(&fix.title);
            if let Remedy::Cell(value) = &fix.remedy
                && evidence::is_long(value)
            {
                fix.remedy = Remedy::Nothing;
            }
        }
    }

    /// A cell as text; its bytes are kept where they are not UTF-8.
    fn text(&mut self, cell: Cow<'_, [u8]>, keep: impl FnOnce(&mut Raw, Vec<u8>)) -> String {
        String::from_utf8(cell.into_owned()).unwrap_or_else(|error| {
            let text = Encoding::default().text(error.as_bytes()).into_owned();
            keep(self.raw.get_or_insert_default(), error.into_bytes());
            text
        })
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
