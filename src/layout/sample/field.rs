//! What is proposed for one column, from what its cells showed.

use super::codes::codes;
use super::column::Seen;
use super::words::{is_naming, is_numberless, is_personal, is_secret};
use crate::types::Type;

/// Records from which on it counts that something was never seen.
pub(super) const ENOUGH: u64 = 20;

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
            // forms only because of their marks.
            Type::Identifier
                if role == Role::None
                    && (self.is_dated() || !self.digits && !is_numberless(&self.label)) =>
            {
                Type::String
            }
            kind => kind.clone(),
        }
    }

    /// The codes that it holds, where it is a column of codes. What identifies or describes people
    /// never is: layouts are handed on.
    pub(super) fn codes(&self, role: Role) -> Option<Vec<&str>> {
        let values = self.few.as_ref()?.sorted();
        let label = is_personal(&self.label) || is_naming(&self.label) || is_secret(&self.label);
        let kind = matches!(self.kind(role), Type::String | Type::Identifier);
        let may = role == Role::None && kind && !label && !self.is_dated();
        may.then(|| codes(&self.label, self.columns, self.filled, &values))?
    }

    /// Whether no record is without it.
    pub(super) fn is_required(&self, role: Role, records: u64) -> bool {
        self.empty == 0 && self.filled > 0 && (records >= ENOUGH || role == Role::Key)
    }

    /// Its length, as tables write it: that of identifiers which all have the same, else so much that
    /// the next files have room.
    pub(super) fn length(&self, kind: &Type) -> String {
        let same = self.least == self.most && self.filled >= ENOUGH;
        match same && *kind == Type::Identifier {
            true => format!("{0}..{0}", self.most),
            false => (self.most * 2).to_string(),
        }
    }

    /// Whether all cells are dates in one form of their own.
    fn is_dated(&self) -> bool {
        self.dates.contains(&true)
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
