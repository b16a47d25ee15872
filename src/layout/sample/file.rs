//! Streams a file of the sample past what looks at its columns.

use std::collections::HashMap;
use std::sync::Arc;

use super::column::Seen;
use super::values::Prints;
use crate::decoded::Decoded;
use crate::peek::Peek;
use crate::records::{Batch, Dialect, trim};

/// Columns that may be the key, at most.
const CANDIDATES: usize = 3;

/// A file of the sample, as far as it was read.
pub(super) struct File {
    pub name: String,
    pub dialect: Dialect,
    /// Whether it begins with a header.
    pub has_header: bool,
    /// Data records, blank ones not counted.
    pub records: u64,
    /// One for each label; several columns may share one.
    pub columns: Vec<Seen>,
    /// For each column of the file its place in `columns`.
    places: Vec<Option<usize>>,
    /// Records up to and with the header.
    above: u64,
    decoded: Decoded,
}

impl File {
    /// A file of which a first look was taken, and whether that showed a header.
    pub(super) fn new(peek: &Peek, has_header: bool) -> File {
        let mut columns: Vec<Seen> = Vec::new();
        let mut places = Vec::new();
        let mut known: HashMap<String, usize> = HashMap::new();
        for (at, label) in peek.labels.iter().enumerate() {
            let label = match has_header {
                true => label.trim().to_owned(),
                false => format!("column {}", at + 1),
            };
            // A column without a label is none of a layout.
            if label.is_empty() {
                places.push(None);
                continue;
            }
            let place = *known.entry(label).or_insert_with_key(|label| {
                columns.push(Seen::new(label));
                columns.len() - 1
            });
            columns[place].columns += 1;
            places.push(Some(place));
        }
        candidates(peek, &mut columns, &places);
        let above = if has_header {
            peek.titles as u64 + 1
        } else {
            0
        };
        let width = peek.labels.len();
        File {
            name: peek.name.clone(),
            dialect: peek.dialect,
            has_header,
            records: 0,
            columns,
            places,
            above,
            decoded: Decoded::new(peek.start, peek.dialect, width, above, 0..u64::MAX),
        }
    }

    /// How many values its columns keep.
    pub(super) fn kept(&self) -> usize {
        self.columns.iter().map(Seen::kept).sum()
    }

    /// Takes the next bytes; none at the end. Its columns keep as many values as `room` says.
    pub(super) fn push(&mut self, bytes: Option<&[u8]>, room: usize) {
        let File {
            records,
            columns,
            places,
            above,
            decoded,
            ..
        } = self;
        let mut batches = |batch: &Batch<'_>| {
            *records += see(batch, *above, columns, places);
            while columns.iter().map(Seen::kept).sum::<usize>() > room {
                crowd_out(columns);
            }
        };
        decoded.push(bytes, &mut batches);
    }
}

/// Has all columns look at a batch; the data records in it.
fn see(batch: &Batch<'_>, above: u64, columns: &mut [Seen], places: &[Option<usize>]) -> u64 {
    let no_data = |record: &crate::records::Record<'_>| {
        record.number() < above || record.bytes().is_empty() || record.is_blank()
    };
    // Records without data say nothing, as if all their cells were empty.
    let nothing: Arc<str> = Arc::from("");
    let passed = batch.records().filter(no_data);
    let passed: Vec<_> = passed
        .map(|record| (record.index(), Arc::clone(&nothing)))
        .collect();
    let records = (batch.len() - passed.len()) as u64;
    for (at, place) in places.iter().enumerate() {
        if let Some(place) = place {
            columns[*place].see(&batch.column(at, &passed, &[]), records);
        }
    }
    records
}

/// Gives up the last column that keeps values.
fn crowd_out(columns: &mut [Seen]) {
    let last = columns.iter_mut().rev().find(|column| column.kept() > 0);
    if let Some(column) = last {
        column.prints = None;
        column.crowded = true;
    }
}

/// Has the first columns that may be the key, as the first look tells, keep their values. Others need
/// not, and what is told does not depend on the pieces in which the file comes.
fn candidates(peek: &Peek, columns: &mut [Seen], places: &[Option<usize>]) {
    let rows = || peek.rows.iter().map(|(_, row)| row);
    let rows = || rows().filter(|row| row.iter().any(|cell| !cell.trim().is_empty()));
    let mut found = 0;
    for (at, place) in places.iter().enumerate() {
        let Some(column) = place.map(|place| &mut columns[place]) else {
            continue;
        };
        let mut first = Seen::new(&column.label);
        first.columns = column.columns;
        first.prints = Some(Prints::default());
        let cells = rows()
            .filter_map(|row| row.get(at))
            .map(|cell| trim(cell.as_bytes()));
        first.take(cells.filter(|cell| !cell.is_empty()), rows().count() as u64);
        if first.kept() > 0 && first.distinct && first.may_be_key() && found < CANDIDATES {
            column.prints = Some(Prints::default());
            found += 1;
        }
    }
}
