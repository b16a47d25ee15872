//! One record as rules see it: by field, without the cells that are known to be faulty.

use std::borrow::Cow;

use super::FilePlan;
use super::poison::Poison;
use crate::records::{Columns, Record, trim};

/// A record and what its columns mean.
#[derive(Clone, Copy)]
pub struct View<'a> {
    pub(super) record: Record<'a>,
    pub(super) plan: &'a FilePlan,
    pub(super) poison: &'a Poison,
    pub(super) columns: &'a Columns<'a>,
    /// Records before it in the file.
    pub(super) number: u64,
}

impl<'a> View<'a> {
    /// The text of a field, blanks around it left off. `None` where the column is missing, the
    /// cell is empty, or something else is wrong with it already. A cell of which it is certain
    /// what it means is read as that.
    pub fn text(&self, field: usize) -> Option<Cow<'a, str>> {
        let column = self.plan.position(field)?;
        self.at(column)
    }

    /// Like [`text`](View::text), by the position of the column.
    pub fn at(&self, column: u32) -> Option<Cow<'a, str>> {
        let sound = || !self.poison.has(self.record.index(), Some(column));
        (self.poison.is_clean() || sound()).then(|| self.key(column))?
    }

    /// Like [`at`](View::at), whatever may be wrong with the record or the cell.
    pub fn key(&self, column: u32) -> Option<Cow<'a, str>> {
        // Most batches have no faults: then the cells stand there as they were read for all checks.
        if self.poison.is_clean() {
            let text = self.columns.text(column as usize, self.index())?;
            let text = std::str::from_utf8(text).ok()?;
            return (!text.is_empty()).then_some(Cow::Borrowed(text));
        }
        let text = match self.poison.meaning(self.index(), column) {
            Some(meaning) => owned(meaning.as_bytes())?,
            None => match self.record.value(column as usize)? {
                Cow::Borrowed(bytes) => Cow::Borrowed(std::str::from_utf8(trim(bytes)).ok()?),
                Cow::Owned(bytes) => owned(&bytes)?,
            },
        };
        let missing = &self.plan.spec().missing;
        let is_missing = text.is_empty() || missing.iter().any(|word| text == word.as_str());
        (!is_missing).then_some(text)
    }

    /// A cell as it stands in the file, its quotes included.
    pub fn raw(&self, column: u32) -> Option<&'a [u8]> {
        self.record.raw(column as usize)
    }

    /// Whether that byte is in it, wherever.
    pub fn holds(&self, byte: u8) -> bool {
        memchr::memchr(byte, self.record.bytes()).is_some()
    }

    /// Cells that it has.
    pub fn width(&self) -> usize {
        self.record.width()
    }

    /// Whether the column is there and nothing is wrong with the cell; it may be empty.
    pub fn is_sound(&self, field: usize) -> bool {
        self.plan.position(field).is_some_and(|column| {
            !self.poison.has(self.record.index(), Some(column))
                && self.record.value(column as usize).is_some()
        })
    }

    /// Records before this one in the file, the header not counted, as facts number them: see
    /// [`super::nth_of_kind`].
    pub fn number(&self) -> u64 {
        self.number
    }

    /// Its position in the batch, as [`super::Out`] wants it.
    pub fn index(&self) -> usize {
        self.record.index()
    }

    /// The file's plan.
    pub fn plan(&self) -> &'a FilePlan {
        self.plan
    }
}

/// Text without the blanks around it, if it is UTF-8.
fn owned(bytes: &[u8]) -> Option<Cow<'static, str>> {
    let text = std::str::from_utf8(trim(bytes)).ok()?;
    Some(Cow::Owned(text.to_owned()))
}
