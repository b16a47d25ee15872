//! The records of a table as comparing sees them: cells by slot, whatever the order of columns.
//!
//! A slot is a field of the layout or, behind these, a label that the layout does not have. Both
//! sides have the same slots; a column that one of them lacks is the same there as an empty one.

use std::borrow::Cow;
use std::collections::{BTreeMap, VecDeque};

use super::slots::{Goes, Slots};
use crate::check::FilePlan;
use crate::decode::Start;
use crate::decoded::Decoded;
use crate::legacy::{self, Encoding};
use crate::records::{Batch, Fault, Flaw, Record, trim};
use crate::rules::repeated_header;

/// From here on, slots are cells beyond the last label, by their position.
pub(super) const SURPLUS: usize = 1 << 20;

/// Bytes to data records.
pub(super) struct Rows {
    decoded: Decoded,
    header: u64,
    labels: Vec<String>,
    /// Whether a record of blanks alone is a blank one.
    broad: bool,
    /// Records whose end was left out, because they are too long.
    pub oversized: u64,
    /// Headers among the records.
    pub headers: u64,
    /// Quotes that none closes.
    pub unclosed: u64,
    /// What cells are in that are not UTF-8, as far as is known.
    encoding: Encoding,
    /// The first of these, which tell it.
    legacy: Vec<u8>,
}

/// Where a side has the cells of each slot.
pub(super) struct Columns {
    /// Slots with their positions, in the order of slots.
    filled: Vec<(usize, usize)>,
    /// Labels.
    width: usize,
    /// The name of the file, where its side has several of the kind.
    file: Option<String>,
}

/// A data record.
pub(super) struct Row<'a> {
    record: Record<'a>,
    columns: &'a Columns,
    /// What it is in; none of a batch that is UTF-8.
    encoding: Option<Encoding>,
}

impl Rows {
    pub fn new(plan: &FilePlan, start: Start, encoding: Encoding) -> Rows {
        let width = plan.labels.len();
        Rows {
            decoded: Decoded::new(start, plan.dialect, width, plan.header, 0..u64::MAX),
            header: plan.header,
            labels: plan.labels.clone(),
            broad: width > 1,
            oversized: 0,
            headers: 0,
            unclosed: 0,
            encoding,
            legacy: Vec::new(),
        }
    }

    /// What cells that are not UTF-8 are in, told by all that came; none where none came.
    pub fn encoding(&self) -> Option<Encoding> {
        (!self.legacy.is_empty()).then(|| legacy::guess(&self.legacy))
    }

    /// Takes the next bytes of the file, or its end, and hands on the records that they complete,
    /// several at a time.
    pub fn push(
        &mut self,
        bytes: Option<&[u8]>,
        columns: &Columns,
        each: &mut dyn FnMut(&[Row<'_>]),
    ) {
        let Rows {
            decoded,
            header,
            labels,
            broad,
            oversized,
            headers,
            unclosed,
            encoding,
            legacy,
        } = self;
        let mut batches = |batch: &Batch<'_>| {
            let encoding = (!batch.is_utf8()).then_some(*encoding);
            let met = |flaw| {
                let faults = batch.faults().iter();
                faults.filter(|fault: &&Fault| fault.flaw == flaw).count() as u64
            };
            *oversized += met(Flaw::Oversized);
            *unclosed += met(Flaw::UnclosedQuote);
            let is_data = |record: &Record<'_>| {
                let blank = record.bytes().is_empty() || *broad && record.is_blank();
                if record.number() < *header || blank {
                    return false;
                }
                let again = repeated_header::is(labels, record);
                *headers += u64::from(again);
                !again
            };
            let rows = batch.records().filter(is_data).map(|record| Row {
                record,
                columns,
                encoding,
            });
            let rows: Vec<Row<'_>> = rows.collect();
            if encoding.is_some() {
                rows.iter().for_each(|row| row.note(legacy));
            }
            each(&rows);
        };
        decoded.push(bytes, &mut batches);
    }
}

impl Columns {
    /// The columns of a file; labels that the layout does not have are found among the names of slots, or
    /// added behind those of the fields.
    pub fn new(plan: &FilePlan, slots: &mut Slots<'_>, file: Option<String>) -> Columns {
        let goes = slots.of(plan);
        let fields = slots.fields();
        let names = &mut slots.names;
        let mut filled: Vec<(usize, usize)> = Vec::new();
        let mut is_taken = vec![false; names.len()];
        // Labels may be many, and many of them equal: each slot is offered once.
        let mut others: BTreeMap<String, VecDeque<usize>> = BTreeMap::new();
        for (slot, name) in names.iter().enumerate().skip(fields) {
            others.entry(name.clone()).or_default().push_back(slot);
        }
        for (position, field) in plan.fields.iter().enumerate() {
            let goes = field.map_or(&Goes::ByLabel, |field| &goes[field]);
            let free = match goes {
                Goes::Nowhere => continue,
                // Of a field with several columns, all but the first go by their labels.
                Goes::To(slot) if !std::mem::replace(&mut is_taken[*slot], true) => Some(*slot),
                Goes::To(_) | Goes::ByLabel => None,
            };
            let slot = free.unwrap_or_else(|| {
                let label = &plan.labels[position];
                let known = others.get_mut(label).and_then(|slots| {
                    let free = slots.iter().position(|slot| !is_taken[*slot])?;
                    slots.drain(..=free).next_back()
                });
                known.unwrap_or_else(|| {
                    names.push(label.clone());
                    names.len() - 1
                })
            });
            filled.push((slot, position));
        }
        filled.sort_unstable();
        Columns {
            filled,
            width: plan.labels.len(),
            file,
        }
    }

    /// Whether there is a column for the slot.
    pub fn has(&self, slot: usize) -> bool {
        self.position(slot).is_some()
    }

    fn position(&self, slot: usize) -> Option<usize> {
        let at = self.filled.binary_search_by_key(&slot, |(slot, _)| *slot);
        Some(self.filled[at.ok()?].1)
    }
}

impl<'a> Row<'a> {
    /// The text of a slot; empty where there is no cell.
    pub fn cell(&self, slot: usize) -> Cow<'a, [u8]> {
        let position = self.columns.position(slot);
        position.map_or(Cow::Borrowed(&[][..]), |position| self.text(position))
    }

    /// The same for people.
    pub fn shown(&self, slot: usize) -> String {
        String::from_utf8_lossy(&self.cell(slot)).into_owned()
    }

    /// Whether it says nothing there but blanks.
    pub fn is_blank(&self, slot: usize) -> bool {
        trim(&self.cell(slot)).is_empty()
    }

    /// Whether it says something beyond the last label.
    pub fn is_surplus(&self) -> bool {
        let mut beyond = self.columns.width..self.record.width();
        beyond.any(|position| !self.text(position).is_empty())
    }

    /// Where it is, in words.
    pub fn place(&self) -> String {
        let line = self.record.line() + 1;
        match &self.columns.file {
            None => format!("line {line}"),
            Some(file) => format!("{file}, line {line}"),
        }
    }

    fn text(&self, position: usize) -> Cow<'a, [u8]> {
        let Some(bytes) = self.record.value(position) else {
            return Cow::Borrowed(&[]);
        };
        match (self.encoding, bytes) {
            (None, bytes) => bytes,
            (Some(encoding), Cow::Borrowed(bytes)) => match encoding.text(bytes) {
                Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
                Cow::Owned(text) => Cow::Owned(text.into_bytes()),
            },
            (Some(encoding), Cow::Owned(bytes)) => {
                Cow::Owned(encoding.text(&bytes).into_owned().into_bytes())
            }
        }
    }

    /// Adds the cells that are not UTF-8 to those that tell the encoding.
    fn note(&self, legacy: &mut Vec<u8>) {
        if std::str::from_utf8(self.record.bytes()).is_ok() {
            return;
        }
        let cells = (0..self.record.width()).filter_map(|at| self.record.value(at));
        let cells = cells.filter(|cell| std::str::from_utf8(cell).is_err());
        cells.for_each(|cell| legacy::note(legacy, &cell));
    }

    /// Appends what the record says in the slots that count, in their order: see [`cells`].
    pub fn write(&self, counts: &[bool], out: &mut Vec<u8>) {
        let mut add = |slot: usize, text: &[u8]| {
            if !text.is_empty() {
                out.extend_from_slice(&(slot as u32).to_le_bytes());
                out.extend_from_slice(&(text.len() as u32).to_le_bytes());
                out.extend_from_slice(text);
            }
        };
        let counting = self.columns.filled.iter().filter(|(slot, _)| counts[*slot]);
        counting.for_each(|(slot, position)| add(*slot, &self.text(*position)));
        for position in self.columns.width..self.record.width() {
            add(SURPLUS + position, &self.text(position));
        }
    }
}

/// What [`Row::write`] wrote: slots and what stands there, empty ones left out.
pub(super) fn cells(mut text: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    std::iter::from_fn(move || {
        let (slot, rest) = text.split_first_chunk()?;
        let (length, rest) = rest.split_first_chunk()?;
        let length = u32::from_le_bytes(*length) as usize;
        let (cell, rest) = rest.split_at_checked(length)?;
        text = rest;
        Some((u32::from_le_bytes(*slot) as usize, cell))
    })
}
