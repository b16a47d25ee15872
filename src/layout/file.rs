//! What is known of a file as a whole.

use std::borrow::Cow;

use super::{Confidence, Field, Key, Mapped};
use crate::peek::plain;
use crate::records::Dialect;

/// What is known of a file as a whole.
#[derive(Clone, Debug)]
pub struct FileSpec {
    /// Its name in the bundle; `*` and an ending where files may have any name.
    pub name: String,
    /// Whether it may have any name with the same ending: then its labels tell which file it is.
    pub any_name: bool,
    /// Whether the ending of such a name may be any, too.
    pub any_ending: bool,
    /// Whether there may be several files of that kind, under any names, which are checked as one.
    pub many: bool,
    /// The id of the format that is about it, where the formats of a family share their tables; else
    /// empty.
    pub format: String,
    /// What it holds, in a few words.
    pub title: String,
    /// Whether every bundle has it.
    pub required: bool,
    /// Other names seen for it.
    pub synonyms: Vec<String>,
    /// The byte between its cells.
    pub delimiter: u8,
    /// Whether quotes around a cell are no part of it.
    pub quotes: Quotes,
    /// Whether it may begin with a byte-order mark.
    pub mark: Mark,
    /// Whether it may be without a header.
    pub header: Header,
    /// Which labels the header must have.
    pub labels: Labels,
    /// Whether labels stand in the layout's order.
    pub order: Order,
    /// Whether the case of labels matters.
    pub case: Case,
    /// What a label counts as that is nearly right.
    pub similar: Similar,
    /// Which labels beside the layout's may stand at the far right.
    pub extra: Extra,
    /// What receivers do with a record that has too few or too many cells.
    pub ragged: Received,
    /// What receivers do with a blank line.
    pub blank: Received,
    /// What receivers leave out where something has to be left out.
    pub refuses: Refuses,
    /// Whether the file may be without records.
    pub may_be_empty: bool,
    /// Whether a cell may hold a line break.
    pub may_break_lines: bool,
    /// Words that stand for an empty cell.
    pub missing: Vec<String>,
    /// Fields that no two records share the values of, all of them together.
    pub keys: Vec<Vec<String>>,
    /// Records in error at which the receiver stops reading.
    pub stops: Option<usize>,
    /// How sure it is which labels there are, and in which order.
    pub confidence: Confidence,
    /// Clauses of the published document.
    pub source: String,
    /// Labels that a column map reads as fields.
    pub mapped: Mapped,
    /// In the layout's order.
    pub fields: Vec<Field>,
}

impl FileSpec {
    /// How its cells are separated and quoted where `delimiter` was met. Quotes mean something in a
    /// file that is separated in another way than it should be: other programs wrote it.
    pub fn dialect(&self, delimiter: u8) -> Dialect {
        let literal = self.quotes == Quotes::Literal && delimiter == self.delimiter;
        Dialect {
            delimiter,
            quote: Dialect::CSV.quote.filter(|_| !literal),
        }
    }

    /// What the names of its files end in, where they may have any name: `.txt` of `*.txt`.
    pub fn ending(&self) -> Option<&str> {
        match self.any_name {
            true if self.any_ending => Some(""),
            true => self.name.rfind('.').map(|at| &self.name[at..]),
            false => self.name.strip_prefix('*'),
        }
    }

    /// Whether there may be several such files.
    pub fn is_several(&self) -> bool {
        self.many || self.name.starts_with('*')
    }

    /// Whether a file of that name is named as it has to be.
    pub fn is_called(&self, name: &str) -> bool {
        match self.ending() {
            Some(ending) => name.ends_with(ending),
            None => name == self.name,
        }
    }

    /// What a file is called for people: by its name or, where it may have any, by what it holds.
    pub fn called(&self) -> &str {
        match self.ending() {
            Some(_) if !self.title.is_empty() => &self.title,
            _ => &self.name,
        }
    }

    /// A name for a file that has none of its own.
    pub fn usual_name(&self) -> String {
        self.name.replacen('*', "data", 1)
    }

    /// The position of the field of that name or, in a file of any name, of the one that has it among its
    /// synonyms, in any spelling.
    pub fn meant(&self, name: &str) -> Option<usize> {
        let is = |known: &String| plain(known) == plain(name);
        let says = |field: &Field| is(&field.name) || field.synonyms.iter().any(is);
        let meant = || self.fields.iter().position(says).filter(|_| self.any_name);
        self.field(name).or_else(meant)
    }

    /// The position in `fields` of the field of that name.
    pub fn field(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.name == name)
    }

    /// The field that identifies a record.
    pub fn key(&self) -> Option<usize> {
        self.fields.iter().position(|field| field.key == Key::Key)
    }
}

/// Which labels a header must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Labels {
    /// Those of all fields, but for the ones marked optional.
    All,
    /// Those of required fields.
    Required,
}

/// What quotes around a cell are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quotes {
    /// No part of it: delimiters and line breaks may stand between them.
    Enclose,
    /// The same, and only cells that could not be read without them have any.
    Needed,
    /// Characters like others, but for those around labels.
    Literal,
}

/// What receivers make of a byte-order mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// They pass over it.
    Allowed,
    /// It is not known, and nothing speaks for it.
    Doubtful,
    /// A part of the first label.
    Refused,
}

/// Whether a file has a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Header {
    /// Always.
    Required,
    /// It may be without: then its columns are those of the layout, by their position.
    Optional,
}

/// What receivers do with something that is not as it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Received {
    /// They take it, and make of it what they can.
    Taken,
    /// They do not take it.
    Refused,
}

/// What receivers leave out because of an error in a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refuses {
    /// The record.
    Record,
    /// The whole file.
    File,
}

/// Whether labels have an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// That of the layout.
    Fixed,
    /// That of the layout; receivers most likely take another.
    Advised,
    /// None.
    Any,
}

/// Whether the case of labels matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// It does.
    Exact,
    /// It does not.
    Any,
    /// Nor do blanks, wherever they stand.
    AnyWithBlanks,
}

impl Case {
    /// A label as it is compared with others.
    pub fn fold(self, label: &str) -> Cow<'_, str> {
        match self {
            Case::Exact => Cow::Borrowed(label),
            Case::Any => Cow::Owned(label.to_ascii_lowercase()),
            Case::AnyWithBlanks => label
                .chars()
                .filter(|c| !c.is_whitespace())
                .flat_map(char::to_lowercase)
                .collect(),
        }
    }
}

/// What a label counts as that is nearly that of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Similar {
    /// The field's, in the wrong spelling.
    Meant,
    /// A strange one, as receivers see it.
    Strange,
}

/// Which labels beside the layout's are allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Extra {
    /// None.
    None,
    /// All.
    Any,
    /// Those that begin so.
    Prefixed(String),
}
