//! Files of the target whose records stand for groups of records, however far apart those stand: Rust
//! gathers what it needs of each record, then writes. What does not fit into memory is read again.

use super::Conversion;
use crate::layout::FileSpec;
use crate::session::Piece;

/// What a conversion of groups does next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// It writes on, once that is taken which it wrote.
    Write,
    /// It has to see all records once more.
    Read,
    /// All is written.
    Done,
}

/// Takes the rows of a file, the header first.
pub struct Rows<'a> {
    spec: &'a FileSpec,
    line_break: &'a [u8],
    out: Vec<u8>,
}

impl Rows<'_> {
    /// Writes a row. Labels are the file's own: fields of a family stand for any number of columns.
    pub fn row<'c>(&mut self, cells: impl IntoIterator<Item = &'c str>) {
        let dialect = self.spec.dialect(self.spec.delimiter);
        for (at, cell) in cells.into_iter().enumerate() {
            if at > 0 {
                self.out.push(dialect.delimiter);
            }
            dialect.write(cell.as_bytes(), &mut self.out);
        }
        self.out.extend_from_slice(self.line_break);
    }

    /// Bytes that were written and not yet taken: beyond a few megabytes it is time for
    /// [`Next::Write`].
    pub fn pending(&self) -> usize {
        self.out.len()
    }
}

impl Conversion {
    /// Has Rust write what it made of groups, if it makes any. It is the one file of the target.
    pub(super) fn write_groups(&mut self, pieces: &mut Vec<Piece>) -> Next {
        let first = self.given.first();
        let mut rows = Rows {
            spec: &self.layout.files[0],
            line_break: first.map_or(b"\n", |given| given.line_break),
            out: Vec::new(),
        };
        let next = self.own.group(&mut rows, &mut self.loss);
        let out = rows.out;
        self.counted = true;
        if !out.is_empty() {
            self.open(0, pieces);
            pieces.push(Piece::Bytes(out));
        }
        next
    }
}
