//! What is true of a column by itself.

use crate::types::Type;
use crate::types::pattern::Pattern;

/// A column of the layout.
#[derive(Clone, Debug)]
pub struct Field {
    /// As the published document spells it. A `*` stands for a name of one's own.
    pub name: String,
    /// Other labels that receivers take for it, with a `*` or without.
    pub aliases: Vec<String>,
    /// How many columns it may have.
    pub columns: Columns,
    /// What its cells hold.
    pub kind: Type,
    /// Whether cells must be filled.
    pub required: Required,
    /// Whether cells must be empty.
    pub prohibited: Required,
    /// Fewest and most characters.
    pub length: Option<(usize, usize)>,
    /// Most bytes of UTF-8.
    pub bytes: Option<usize>,
    /// What receivers do with a value that is longer.
    pub longer: Longer,
    /// Which numbers are allowed.
    pub range: Option<Range>,
    /// What a value (of a list: each item) looks like.
    pub pattern: Option<Pattern>,
    /// A value (of a list: an item) that matches the pattern, for messages.
    pub example: Option<String>,
    /// The name of its code list.
    pub codes: Option<String>,
    /// Whether it identifies the record.
    pub key: Key,
    /// Whose key its values name.
    pub reference: Option<Reference>,
    /// Labels seen for it.
    pub synonyms: Vec<String>,
    /// Whether the header has to have it.
    pub label: Label,
    /// Whether no report and no log may show what its cells hold.
    pub secret: bool,
    /// How sure the row is.
    pub confidence: Confidence,
    /// Clauses of the published document.
    pub source: String,
}

impl Field {
    /// Whether each of its columns has a label of its own.
    pub fn is_family(&self) -> bool {
        self.name.contains('*')
    }

    /// The labels that name it, with a `*` or without.
    pub fn labels(&self) -> impl Iterator<Item = &String> {
        std::iter::once(&self.name).chain(&self.aliases)
    }
}

/// How many columns a field may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Columns {
    /// One.
    One,
    /// Any number.
    Many,
    /// Any number, each with a label of its own.
    Distinct,
}

/// What receivers do with a value that is too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Longer {
    /// They do not take it.
    Refused,
    /// They keep its beginning.
    Cut,
}

/// Whether a header has to have a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// As [`super::FileSpec::labels`] says.
    AsAll,
    /// It may be without it.
    Optional,
    /// It has to have it, even where cells may be empty.
    Required,
}

/// A range of numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Range {
    /// The least, or minus infinity.
    pub least: f64,
    /// The greatest, or infinity.
    pub most: f64,
    /// Both as the table writes them, with `..` between them; it is shown as it stands.
    pub text: String,
}

/// How strongly something holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Required {
    /// Always.
    Yes,
    /// Never.
    No,
    /// It should.
    Recommended,
    /// When another field, or `mode`, has one of these values.
    When(Condition),
}

/// `field=value|value`, the only condition that tables know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// A field of the same file, or `mode`.
    pub field: String,
    /// The values of which it has one.
    pub values: Vec<String>,
}

/// What a field does for identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// Nothing.
    None,
    /// It identifies the record; no two records share it.
    Key,
    /// No two records should share it.
    Unique,
}

/// The field whose values a field names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The file that holds the records named.
    pub file: String,
    /// Their key.
    pub field: String,
    /// What must be true of them besides.
    pub condition: Option<Condition>,
}

/// How sure a row of a table is. What is not sure is never an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confidence {
    /// Read in the published document.
    High,
    /// Inferred, or told by implementations.
    Medium,
    /// A guess.
    Low,
}
