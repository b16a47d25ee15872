//! Streams a file of the sample past what looks at its columns.

use std::sync::Arc;

use super::column::Seen;
use crate::decode::Decode;
use crate::peek::Peek;
use crate::records::{Batch, Dialect, Reader};

/// Columns that may still be the key, once some records were read: so many of the first ones.
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
    mark: u64,
    reader: Reader,
    decode: Decode,
}

impl File {
    /// A file of which a first look was taken.
    pub(super) fn new(peek: &Peek) -> File {
        let has_header = super::header::is_there(peek);
        let mut columns: Vec<Seen> = Vec::new();
        let mut places = Vec::new();
        for (at, label) in peek.labels.iter().enumerate() {
            let label = match has_header {
                true => label.trim().to_owned(),
                false => format!("column {}", at + 1),
            };
            let known = columns.iter().position(|known| known.label == label);
            if let Some(known) = known {
                columns[known].columns += 1;
            } else if !label.is_empty() {
                columns.push(Seen::new(&label));
            }
            // A column without a label is none of a layout.
            places.push(known.or_else(|| (!label.is_empty()).then(|| columns.len() - 1)));
        }
        let above = if has_header {
            peek.titles as u64 + 1
        } else {
            0
        };
        let mark = peek.start.mark();
        let reader = Reader::new(peek.dialect, Some(peek.labels.len()), mark..u64::MAX);
        File {
            name: peek.name.clone(),
            dialect: peek.dialect,
            has_header,
            records: 0,
            columns,
            places,
            above,
            mark,
            reader: reader.with_header(above),
            decode: Decode::new(peek.start),
        }
    }

    /// Takes the next bytes; none at the end. `room` is that for fingerprints.
    pub(super) fn push(&mut self, bytes: Option<&[u8]>, room: &mut usize) {
        let File {
            records,
            columns,
            places,
            above,
            mark,
            reader,
            decode,
            ..
        } = self;
        let mut batches = |batch: &Batch<'_>| {
            let records_before = *records;
            *records += see(batch, *above, columns, places, room);
            if records_before == 0 && *records > 0 {
                few_candidates(columns, room);
            }
        };
        let mut text = |piece: &[u8]| {
            let skip = (*mark).min(piece.len() as u64);
            *mark -= skip;
            reader.push(&piece[skip as usize..], &mut batches);
        };
        match bytes {
            Some(bytes) => decode.push(bytes, &mut text),
            None => {
                decode.end(&mut text);
                reader.end(&mut batches);
            }
        }
    }
}

/// Has all columns look at a batch; the data records in it.
fn see(
    batch: &Batch<'_>,
    above: u64,
    columns: &mut [Seen],
    places: &[Option<usize>],
    room: &mut usize,
) -> u64 {
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
            columns[*place].see(&batch.column(at, &passed, &[]), records, room);
        }
    }
    records
}

/// Leaves the first columns that may be a key; others need no fingerprints.
fn few_candidates(columns: &mut [Seen], room: &mut usize) {
    let columns = columns.iter_mut().filter(|column| !column.wanted);
    let candidates = columns.filter(|column| column.prints.is_some() && column.may_be_key());
    candidates
        .skip(CANDIDATES)
        .for_each(|column| column.drop_prints(room));
}
