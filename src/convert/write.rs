//! Files of the target as they are written: begun with their first record, and closed with what Rust
//! adds.

use std::borrow::Cow;
use std::sync::Arc;

use super::{Conversion, Record, Written};
use crate::session::Piece;

/// Whether a file of the target is begun.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Open {
    /// It was, and what was written last is of it.
    Already,
    /// Now it is.
    New,
}

impl Conversion {
    /// Begins a file of the target, unless it is begun.
    pub(super) fn start(&mut self, at: usize, out: &mut Vec<u8>, pieces: &mut Vec<Piece>) {
        if self.open(at, pieces) == Open::Already {
            return;
        }
        let target = &self.plan.targets[at];
        let spec = &self.layout.files[target.spec];
        let fields = target.columns.iter().map(|field| &spec.fields[*field].name);
        let labels = fields.chain(target.extras.iter().map(|(label, _)| label));
        let labels = labels.map(|label| Cow::Borrowed(label.as_bytes()));
        self.write(at, labels, out);
    }

    /// The same without a header, for who writes that.
    pub(super) fn open(&mut self, at: usize, pieces: &mut Vec<Piece>) -> Open {
        let target = &self.plan.targets[at];
        let name = self.layout.files[target.spec].usual_name();
        if self.written.last().is_some_and(|last| last.file == name) {
            return Open::Already;
        }
        pieces.push(Piece::File(name.clone()));
        self.written.push(Written {
            file: name,
            mode: target.mode,
        });
        Open::New
    }

    /// Appends a record: its cells by field, and the columns that the layout does not know.
    pub(super) fn row(
        &self,
        at: usize,
        cells: &[Vec<u8>],
        from: Option<&Record<'_>>,
        out: &mut Vec<u8>,
    ) {
        let target = &self.plan.targets[at];
        let fields = target.columns.iter().map(|field| Cow::from(&cells[*field]));
        let extras = target
            .extras
            .iter()
            .map(|(_, column)| from.map_or(Cow::Borrowed(&[] as &[u8]), |from| from.cell(*column)));
        self.write(at, fields.chain(extras), out);
    }

    /// Writes what Rust adds to a file, and a header alone where that is all and may be.
    pub(super) fn close(&mut self, at: usize, out: &mut Vec<u8>, pieces: &mut Vec<Piece>) {
        let layout = Arc::clone(&self.layout);
        let target = &self.plan.targets[at];
        let spec = &layout.files[target.spec];
        let may_be_empty = layout.files.len() == 1 || spec.may_be_empty;
        let header = target.given.is_some() && may_be_empty;
        let next = self.plan.targets.get(at + 1);
        let added = match next.is_some_and(|next| next.spec == target.spec) {
            true => Vec::new(),
            false => self.own.add(&spec.name, &self.written, &mut self.loss),
        };
        if header || !added.is_empty() {
            self.start(at, out, pieces);
        }
        for record in added {
            let mut cells = vec![Vec::new(); spec.fields.len()];
            for (field, text) in record {
                if let Some(at) = spec.field(field) {
                    cells[at] = text.into_bytes();
                }
            }
            self.row(at, &cells, None, out);
        }
    }

    fn write<'a>(&self, at: usize, cells: impl Iterator<Item = Cow<'a, [u8]>>, out: &mut Vec<u8>) {
        let target = &self.plan.targets[at];
        let spec = &self.layout.files[target.spec];
        let dialect = spec.dialect(spec.delimiter);
        let begun = out.len();
        for (at, cell) in cells.enumerate() {
            if at > 0 {
                out.push(dialect.delimiter);
            }
            dialect.write(&cell, out);
        }
        // A line with nothing on it would be a blank record.
        if out.len() == begun {
            dialect.write_quoted(b"", out);
        }
        let given = target.given.map(|given| &self.given[given]);
        let given = given.or(self.given.first());
        out.extend_from_slice(given.map_or(b"\n", |given| given.line_break));
    }
}
