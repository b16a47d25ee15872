//! What a part of a file gave, and how two parts are put together.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::{Facts, Runs};
use crate::legacy::{Encoding, guess, keep};
use crate::records::Breaks;
use crate::sink::Sink;

/// What a part of a file gave. Lines and records count from the part's start.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Partial {
    /// Findings.
    pub sink: Sink,
    /// What was gathered, in the pass that gathers.
    #[serde(skip)]
    pub facts: Facts,
    /// Data records.
    pub records: u64,
    /// Those with nothing in them, and headers among them.
    pub blank: u64,
    /// Line breaks.
    pub lines: u64,
    /// How lines end.
    pub breaks: Breaks,
    /// File offset of the part's first record.
    pub start: u64,
    /// File offset behind the part's last record.
    pub end: u64,
    /// Where the next part was cut off: records that start there or later are not in this one.
    pub stop: u64,
    /// The first cells that are not UTF-8, each with a line break behind it.
    pub legacy: Vec<u8>,
    /// Records of which the end was left out.
    pub oversized: u64,
    /// Data records, counted from the part's first one, of which a cell of a key was read as something
    /// else than what stands there; nothing where they are too many to be told one by one.
    pub mended: Option<Vec<u64>>,
    /// Records that stand together, for each rule about such.
    pub(crate) runs: Vec<Runs>,
}

/// Records with mended keys that are told one by one, at most.
const MENDED: usize = 4096;

impl Partial {
    /// The result of a part before any of it was read.
    pub(super) fn new(sink: Sink, facts: Facts, range: Range<u64>) -> Partial {
        Partial {
            sink,
            facts,
            records: 0,
            blank: 0,
            lines: 0,
            breaks: Breaks::default(),
            start: range.start,
            end: range.start,
            stop: range.end,
            legacy: Vec::new(),
            oversized: 0,
            mended: Some(Vec::new()),
            runs: Vec::new(),
        }
    }

    /// The same as bytes, but for what was gathered. `None` where it cannot be written so.
    pub fn to_bytes(&self) -> Option<Vec<u8>> {
        postcard::to_allocvec(self).ok()
    }

    /// What [`Partial::to_bytes`] wrote. `None` where the bytes are none of those.
    pub fn from_bytes(bytes: &[u8]) -> Option<Partial> {
        postcard::from_bytes(bytes).ok()
    }

    /// Takes some of what was gathered out, as bytes: what its domain makes of it, and the domain's
    /// number. `None` once nothing is left.
    pub fn take_frame(&mut self) -> Option<Vec<u8>> {
        let mut domains = self.facts.iter_mut().enumerate();
        domains.find_map(|(at, domain)| {
            let mut frame = domain.take_frame()?;
            frame.extend((at as u32).to_le_bytes());
            Some(frame)
        })
    }

    /// Puts the result of the part that follows to this one's.
    ///
    /// # Errors
    /// `later` has to start where this part ended. Where it does not, a line break inside quotes
    /// was taken for the end of a record: nothing is merged, and the range that has to be checked
    /// in its place is given back.
    pub fn merge(&mut self, later: Partial) -> Result<(), Range<u64>> {
        if later.start != self.end {
            if self.end < later.stop {
                return Err(self.end..later.stop);
            }
            // This part's last record runs over all of the later one.
            self.stop = self.stop.max(later.stop);
            return Ok(());
        }
        for (mine, theirs) in self.facts.iter_mut().zip(later.facts) {
            mine.merge(theirs, self.records);
        }
        let rules = self.runs.len().max(later.runs.len());
        self.runs.resize_with(rules, Runs::default);
        for (mine, theirs) in self.runs.iter_mut().zip(later.runs) {
            mine.merge(theirs, self.records);
        }
        self.sink.merge(later.sink, self.lines, self.records);
        self.breaks.merge(&later.breaks, self.lines);
        let records = self.records;
        let mended = later.mended.as_deref().unwrap_or_default();
        note_mended(
            &mut self.mended,
            mended.iter().map(|record| record + records),
        );
        if later.mended.is_none() {
            self.mended = None;
        }
        self.records += later.records;
        self.blank += later.blank;
        self.lines += later.lines;
        self.end = later.end;
        self.stop = later.stop;
        self.oversized += later.oversized;
        keep(&mut self.legacy, &later.legacy);
        Ok(())
    }

    /// Adds what the pass that places told of the same file.
    pub fn add_placed(&mut self, placed: Partial) {
        self.sink.merge(placed.sink, 0, 0);
    }

    /// The encoding of what is not UTF-8: one for the whole file, told by all such cells together.
    pub fn encoding(&self) -> Encoding {
        guess(&self.legacy)
    }

    /// This is the result of the whole file: findings tell what is not UTF-8 in its encoding.
    pub fn settle(&mut self) {
        self.sink.settle(self.encoding());
    }
}

/// Notes records of which a cell of a key was read as something else than what stands there, while
/// they are not too many.
pub(super) fn note_mended(mended: &mut Option<Vec<u64>>, records: impl Iterator<Item = u64>) {
    if let Some(known) = mended {
        known.extend(records);
        if known.len() > MENDED {
            *mended = None;
        }
    }
}

/// Adds what [`Partial::take_frame`] took out of a part `records` records further on. `None` where
/// the bytes are none of those.
pub fn add_frame(facts: &mut Facts, frame: &[u8], records: u64) -> Option<()> {
    let (frame, at) = frame.split_last_chunk()?;
    let domain = facts.get_mut(u32::from_le_bytes(*at) as usize)?;
    domain.add_frame(frame, records)
}
