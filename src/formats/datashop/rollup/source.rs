//! A record of a transaction file, as it stands or with what became of it, to be read as a row.

use std::borrow::Cow;

use super::columns::Columns;
use crate::convert::Record;
use crate::formats::datashop::compute::names::Names;
use crate::formats::datashop::headings::{self, Heading};

/// A transaction to be read.
pub struct Source<'a> {
    /// The record that it is.
    pub record: &'a Record<'a>,
    /// What stands in it under which labels, where that is no longer what the file has.
    pub other: Option<(&'a [Heading], &'a [Vec<u8>])>,
    /// Its number in its file, which grows with the place where it stands.
    pub number: u64,
}

impl<'a> Source<'a> {
    /// A record as the file has it; its number is that of its line.
    pub fn as_it_stands(record: &'a Record<'a>) -> Source<'a> {
        Source {
            record,
            other: None,
            number: record.line(),
        }
    }

    /// Where in it what is.
    pub fn columns(&self, names: &mut Names) -> Columns {
        match self.other {
            Some((headings, _)) => Columns::of(headings, names),
            None => Columns::of(&headings::read(self.record.plan()), names),
        }
    }

    /// A cell in UTF-8; blank where there is no such column.
    pub fn cell(&self, column: Option<u32>) -> Cow<'_, [u8]> {
        let Some(column) = column.map(|column| column as usize) else {
            return Cow::Borrowed(b"");
        };
        match self.other {
            Some((_, cells)) => Cow::Borrowed(&cells[column]),
            None => self.record.cell(column),
        }
    }
}
