//! What is proposed for one column, from what its cells showed.

use super::column::Seen;
use super::words::{is_naming, is_numberless, is_personal, is_secret};
use crate::types::Type;

/// Records from which on it counts that something was never seen.
pub(super) const ENOUGH: u64 = 20;

/// Records that have a code on average, at least.
const ON_AVERAGE: u64 = 2;

/// Records that have a code which is a word, at least: of a name, somebody would be known by it.
const SHARED: u64 = 3;

/// Digits of a number that may be counted with.
const DIGITS: usize = 9;

/// Whether others of the layout name the records by this column.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    None,
    Key,
    Names,
}

impl Seen {
    /// Whether it may identify records, as far as its type and its label go.
    pub(super) fn may_be_key(&self) -> bool {
        let kind = matches!(self.kinds.first(), Some(Type::Integer | Type::Identifier));
        let single = self.columns == 1 && !self.label.contains('*');
        single && !is_personal(&self.label) && (kind || is_naming(&self.label))
    }

    /// Whether it is the key of its file's records.
    pub(super) fn is_key(&self, records: u64) -> bool {
        let whole = self.distinct && self.prints.is_some() && self.filled == records && records > 0;
        whole && self.may_be_key() && (records >= ENOUGH || is_naming(&self.label))
    }

    /// Its type, codes apart: the narrowest that takes all cells and makes sense for the next file.
    pub(super) fn kind(&self, role: Role) -> Type {
        let identifies = self.kinds.contains(&Type::Identifier);
        let Some(kind) = self.kinds.first().filter(|_| self.filled > 0) else {
            return Type::String;
        };
        match kind {
            Type::Year | Type::Integer | Type::Boolean | Type::Decimal | Type::Date
                if identifies && role != Role::None =>
            {
                Type::Identifier
            }
            Type::Year | Type::Integer
                if identifies && (is_numberless(&self.label) || self.most > DIGITS) =>
            {
                Type::Identifier
            }
            // Nor are names, whatever letters they have.
            Type::Identifier
                if role == Role::None && is_personal(&self.label) && !is_naming(&self.label) =>
            {
                Type::String
            }
            // Single words are no identifiers only because they have no blanks, and dates of other
            // forms only because of their strokes.
            Type::Identifier
                if role == Role::None
                    && (self.slashed || !self.digits && !is_numberless(&self.label)) =>
            {
                Type::String
            }
            kind => kind.clone(),
        }
    }

    /// The codes that it holds, where it is a column of codes. What identifies or describes people
    /// never is: layouts are handed on.
    pub(super) fn codes(&self, role: Role) -> Option<Vec<&str>> {
        let words = self.few.as_ref()?.sorted()?;
        let enough = self.filled >= ENOUGH && self.filled >= words.len() as u64 * ON_AVERAGE;
        let label = is_personal(&self.label) || is_naming(&self.label) || is_secret(&self.label);
        let kind = matches!(self.kind(role), Type::String | Type::Identifier);
        let safe =
            |(word, times): &(&str, u64)| !is_telling(word) && (!is_word(word) || *times >= SHARED);
        let is = role == Role::None && kind && !label && enough && !self.slashed;
        (is && words.len() > 1 && words.iter().all(safe))
            .then(|| words.into_iter().map(|(word, _)| word).collect())
    }

    /// Whether no record is without it.
    pub(super) fn is_required(&self, role: Role, records: u64) -> bool {
        self.empty == 0 && self.filled > 0 && (records >= ENOUGH || role == Role::Key)
    }

    /// Its length, as tables write it.
    pub(super) fn length(&self) -> String {
        match self.least == self.most && self.filled >= ENOUGH {
            true => format!("{0}..{0}", self.most),
            false => self.most.to_string(),
        }
    }

    /// The range of its numbers, where there is one that makes sense.
    pub(super) fn range(&self) -> &'static str {
        match (self.negative || self.filled < ENOUGH, self.more) {
            (true, _) => "",
            (false, true) => "0..",
            (false, false) => "0..1",
        }
    }
}

/// Whether it has three letters in a row, as names and words have.
fn is_word(text: &str) -> bool {
    let letters: Vec<bool> = text.chars().map(char::is_alphabetic).collect();
    letters
        .windows(3)
        .any(|three| three.iter().all(|letter| *letter))
}

/// Whether it may tell who somebody is: an address, a long number, a surname and a name, a sentence.
fn is_telling(text: &str) -> bool {
    let digits: Vec<bool> = text.chars().map(|c| c.is_ascii_digit()).collect();
    let long = digits
        .windows(5)
        .any(|five| five.iter().all(|digit| *digit));
    long || text.contains(['@', ',']) || text.split_whitespace().count() > 3
}
