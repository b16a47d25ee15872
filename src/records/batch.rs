//! Some records, whole, side by side: what checks look at.

use std::borrow::Cow;

use super::{Dialect, Fault};

const FLAG: u32 = 1 << 31;

/// Where the text of a cell lies, without the quotes around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Offset of the first byte; the top bit says that the cell was quoted.
    start: u32,
    /// Offset behind the last byte; the top bit says that quotes inside are doubled.
    end: u32,
}

impl Cell {
    pub(super) fn plain(start: usize, end: usize) -> Cell {
        Cell {
            start: start as u32,
            end: end as u32,
        }
    }

    pub(super) fn quoted(start: usize, end: usize, doubled: bool) -> Cell {
        let flag = if doubled { FLAG } else { 0 };
        Cell {
            start: start as u32 | FLAG,
            end: end as u32 | flag,
        }
    }

    pub(super) fn range(self) -> std::ops::Range<usize> {
        (self.start & !FLAG) as usize..(self.end & !FLAG) as usize
    }

    /// Not 0 where it is not empty.
    #[inline(always)]
    pub(super) fn fill(self) -> u32 {
        (self.start ^ self.end) & !FLAG
    }

    fn is_quoted(self) -> bool {
        self.start & FLAG != 0
    }

    /// Whether it is quoted and has line breaks or doubled quotes in it.
    pub(super) fn is_odd(self, text: &[u8]) -> bool {
        let breaks = || memchr::memchr2(b'\n', b'\r', &text[self.range()]).is_some();
        self.is_quoted() && (self.is_doubled() || breaks())
    }

    pub(super) fn is_doubled(self) -> bool {
        self.end & FLAG != 0
    }
}

/// Where a record lies.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    /// Index of its first cell.
    pub cells: u32,
    /// Its bytes without the line break.
    pub start: u32,
    pub end: u32,
    /// Where the next one starts.
    pub next: u32,
    /// Its first physical line, counted from the batch's.
    pub line: u32,
}

/// Whole records in a row. `text` holds them; all cells are ranges of it.
#[derive(Debug)]
pub struct Batch<'a> {
    pub(super) text: &'a [u8],
    /// Offset of `text` in the file.
    pub(super) offset: u64,
    /// Records before these.
    pub(super) first: u64,
    /// Physical line breaks before these.
    pub(super) line: u64,
    pub(super) dialect: Dialect,
    pub(super) cells: &'a [Cell],
    pub(super) rows: &'a [Row],
    /// How many cells each record has, where all have the same.
    pub(super) width: Option<usize>,
    /// Where they do, for each position a number that is not 0 where some cell is not empty.
    pub(super) filled: &'a [u32],
    pub(super) faults: &'a [Fault],
    /// They have no control characters but tabs and line breaks.
    pub(super) printable: bool,
    /// They have no characters of four bytes.
    pub(super) common: bool,
    /// They are UTF-8.
    pub(super) utf8: bool,
    /// Quoted cells that run over lines, or whose quotes had to be resolved.
    pub(super) odd: &'a [Odd],
    /// What is read there in place of doubled quotes.
    pub(super) resolved: &'a [u8],
}

/// A quoted cell that runs over lines, or with doubled quotes.
#[derive(Clone, Debug)]
pub(super) struct Odd {
    /// Index of its record in the batch.
    pub record: u32,
    /// Its position.
    pub column: u32,
    /// Where its text is among what was resolved.
    pub resolved: Option<std::ops::Range<usize>>,
}

impl<'a> Batch<'a> {
    /// Number of records.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The `index`th record.
    pub fn record(&self, index: usize) -> Record<'_> {
        Record { batch: self, index }
    }

    /// All records.
    pub fn records(&self) -> impl Iterator<Item = Record<'_>> {
        (0..self.len()).map(|index| self.record(index))
    }

    /// How many cells each record has, where all have the same.
    pub fn width(&self) -> Option<usize> {
        self.width
    }

    /// Whether all their bytes are UTF-8.
    pub fn is_utf8(&self) -> bool {
        self.utf8
    }

    /// Whether they have that byte, wherever.
    pub fn holds(&self, byte: u8) -> bool {
        memchr::memchr(byte, self.text).is_some()
    }

    /// What was wrong with the records' quotes and sizes, in order.
    pub fn faults(&self) -> &'a [Fault] {
        self.faults
    }

    pub(super) fn cell(&self, index: usize, position: usize) -> Option<Cell> {
        let first = self.rows[index].cells as usize;
        let end = self
            .rows
            .get(index + 1)
            .map_or(self.cells.len(), |next| next.cells as usize);
        self.cells[first..end].get(position).copied()
    }

    fn value(&self, cell: Cell) -> Cow<'a, [u8]> {
        let bytes = &self.text[cell.range()];
        match self.dialect.quote {
            Some(quote) if cell.is_doubled() => {
                let mut out = Vec::with_capacity(bytes.len());
                resolve(bytes, quote, &mut out);
                Cow::Owned(out)
            }
            _ => Cow::Borrowed(bytes),
        }
    }
}

/// Writes text with doubled quotes to `out`, each as one.
pub(super) fn resolve(bytes: &[u8], quote: u8, out: &mut Vec<u8>) {
    let mut rest = bytes;
    while let Some(at) = memchr::memchr(quote, rest) {
        out.extend_from_slice(&rest[..=at]);
        rest = rest.get(at + 2..).unwrap_or_default();
    }
    out.extend_from_slice(rest);
}

/// One record of a batch.
#[derive(Clone, Copy, Debug)]
pub struct Record<'a> {
    batch: &'a Batch<'a>,
    index: usize,
}

impl<'a> Record<'a> {
    /// Position in its batch, from 0.
    pub fn index(&self) -> usize {
        self.index
    }

    /// Records before it in the file (or part), the header counted.
    pub fn number(&self) -> u64 {
        self.batch.first + self.index as u64
    }

    /// Line breaks before it in the file (or part).
    pub fn line(&self) -> u64 {
        self.batch.line + u64::from(self.batch.rows[self.index].line)
    }

    /// Byte range in the file, without the line break.
    pub fn range(&self) -> std::ops::Range<u64> {
        let row = &self.batch.rows[self.index];
        self.batch.offset + u64::from(row.start)..self.batch.offset + u64::from(row.end)
    }

    /// Where the next record starts in the file.
    pub fn next(&self) -> u64 {
        self.batch.offset + u64::from(self.batch.rows[self.index].next)
    }

    /// Bytes as they stand in the file, without the line break.
    #[inline(always)]
    pub fn bytes(&self) -> &'a [u8] {
        let row = &self.batch.rows[self.index];
        &self.batch.text[row.start as usize..row.end as usize]
    }

    /// The bytes of its line break; none at the end of a file.
    pub fn line_break(&self) -> &'a [u8] {
        let row = &self.batch.rows[self.index];
        &self.batch.text[row.end as usize..row.next as usize]
    }

    /// Number of cells; a blank line has one, empty.
    pub fn width(&self) -> usize {
        let rows = self.batch.rows;
        let end = rows
            .get(self.index + 1)
            .map_or(self.batch.cells.len(), |r| r.cells as usize);
        end - rows[self.index].cells as usize
    }

    /// The text of a cell, quotes resolved; `None` where the record is shorter.
    pub fn value(&self, position: usize) -> Option<Cow<'a, [u8]>> {
        self.batch
            .cell(self.index, position)
            .map(|cell| self.batch.value(cell))
    }

    /// The bytes of a cell as they stand in the file, its quotes included.
    pub fn raw(&self, position: usize) -> Option<&'a [u8]> {
        self.cell_range(position)
            .map(|range| &self.batch.text[range])
    }

    /// Byte range of a cell in the file, its quotes included.
    pub fn place(&self, position: usize) -> Option<std::ops::Range<u64>> {
        let range = self.cell_range(position)?;
        Some(self.batch.offset + range.start as u64..self.batch.offset + range.end as u64)
    }

    #[inline(always)]
    fn cell_range(&self, position: usize) -> Option<std::ops::Range<usize>> {
        let cell = self.batch.cell(self.index, position)?;
        let range = cell.range();
        Some(if cell.is_quoted() {
            range.start - 1..range.end + 1
        } else {
            range
        })
    }

    /// Whether some cell has a quote without another that closes it, though quotes mean nothing here.
    pub fn is_torn(&self) -> bool {
        self.batch.dialect.quote.is_none()
            && memchr::memchr(b'"', self.bytes()).is_some()
            && (0..self.width()).any(|at| self.raw(at).is_some_and(has_lone_quote))
    }

    /// Whether there is nothing in it: no cells but empty ones and blanks, or the mark that DOS
    /// programs write at the end of a file.
    pub fn is_blank(&self) -> bool {
        if self.bytes() == END_OF_FILE {
            return true;
        }
        let dialect = self.batch.dialect;
        let may_be = |b: &u8| {
            matches!(b, b' ' | b'\t' | b'\n' | b'\r' | 0xC2 | 0xA0)
                || *b == dialect.delimiter
                || Some(*b) == dialect.quote
        };
        let blank = |cell: Cow<'_, [u8]>| trim(&cell).is_empty();
        // Most records show with their first byte that they are not.
        self.bytes().iter().all(may_be)
            && (0..self.width()).all(|at| self.value(at).is_none_or(blank))
    }
}

/// Whether a cell has a quote without another that closes it.
pub fn has_lone_quote(cell: &[u8]) -> bool {
    !memchr::memchr_iter(b'"', cell).count().is_multiple_of(2)
}

/// Ctrl-Z, which ends a text file for DOS.
pub const END_OF_FILE: &[u8] = b"\x1A";

/// Text without the blanks around it: ASCII white space and the no-break space.
#[inline]
pub fn trim(text: &[u8]) -> &[u8] {
    // Most text begins and ends with something that no blank can be part of.
    match (text.first(), text.last()) {
        (None, None) | (Some(b'!'..=b'~'), Some(b'!'..=b'~')) => text,
        _ => trimmed(text),
    }
}

fn trimmed(mut text: &[u8]) -> &[u8] {
    loop {
        text = match text {
            [b' ' | b'\t' | b'\n' | b'\r', rest @ ..]
            | [rest @ .., b' ' | b'\t' | b'\n' | b'\r'] => rest,
            [0xC2, 0xA0, rest @ ..] | [rest @ .., 0xC2, 0xA0] => rest,
            _ => return text,
        }
    }
}
