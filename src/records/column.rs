//! All cells of a batch at one position, and what is known of all of them, so that a check need not
//! look at each.

use std::cell::OnceCell;
use std::sync::Arc;

use super::batch::{Batch, Cell};
use super::trim;

/// All cells of a batch at one position.
#[derive(Debug)]
pub struct Column<'a> {
    /// Without the blanks around them; none where the record is shorter. Nothing at all where all
    /// cells are empty.
    texts: Vec<Option<&'a [u8]>>,
    /// How many there are.
    len: usize,
    /// As they stand, where some have blanks around them.
    wholes: Option<Vec<Option<&'a [u8]>>>,
    seen: Seen,
    printable: bool,
    common: bool,
    /// The records whose cells may run over lines; none where that may be any.
    broken: Option<Vec<usize>>,
    fits: OnceCell<bool>,
}

/// What is known of all cells.
#[derive(Clone, Copy, Debug)]
struct Seen {
    shortest: usize,
    longest: usize,
    /// For each byte below 64 a bit that says that some cell begins with it.
    starts: u64,
    /// Some cell begins or ends with what may be a blank, or part of one.
    edgy: bool,
}

impl Seen {
    const NOTHING: Seen = Seen {
        shortest: usize::MAX,
        longest: 0,
        starts: 0,
        edgy: false,
    };

    #[inline(always)]
    fn see(&mut self, text: &[u8]) {
        self.shortest = self.shortest.min(text.len());
        self.longest = self.longest.max(text.len());
        if let [first, ..] = text {
            let is_edge = |byte: u8| !(b'!'..=b'~').contains(&byte);
            self.starts |= u64::from(*first < 64) << (first & 63);
            self.edgy |= is_edge(*first) | is_edge(text[text.len() - 1]);
        }
    }
}

impl<'a> Batch<'a> {
    /// All cells at a position. `meanings` has other text for some of them: records' indexes, in
    /// order, and what is read there. `missing` are words that stand for an empty cell.
    pub fn column<'c>(
        &'c self,
        position: usize,
        meanings: &'c [(usize, Arc<str>)],
        missing: &[String],
    ) -> Column<'c> {
        let mut seen = Seen::NOTHING;
        let mut text = |cell: &Cell| {
            let text = &self.text[cell.range()];
            seen.see(text);
            text
        };
        let mut texts: Vec<Option<&[u8]>> = match self.width {
            Some(width) if position < width => {
                // In wide files, most columns are blank.
                if self.filled[position] == 0 && meanings.is_empty() {
                    return self.blank();
                }
                let records = self.cells.chunks_exact(width);
                records.map(|cells| Some(text(&cells[position]))).collect()
            }
            _ => {
                let cells = (0..self.len()).map(|index| self.cell(index, position));
                cells.map(|cell| cell.as_ref().map(&mut text)).collect()
            }
        };
        let odd = || {
            self.odd
                .iter()
                .filter(|odd| odd.column as usize == position)
        };
        let resolved = odd().filter_map(|odd| {
            let range = odd.resolved.clone()?;
            Some((odd.record as usize, &self.resolved[range]))
        });
        let meant = meanings
            .iter()
            .map(|(index, text)| (*index, text.as_bytes()));
        let mut others = resolved.chain(meant).peekable();
        if others.peek().is_some() {
            others.for_each(|(index, text)| texts[index] = Some(text));
            seen = Seen::NOTHING;
            texts.iter().flatten().for_each(|text| seen.see(text));
        }
        let mut wholes = None;
        let is_padded = |text: &&[u8]| trim(text).len() != text.len();
        if seen.edgy && texts.iter().flatten().any(is_padded) {
            wholes = Some(texts.clone());
            for text in texts.iter_mut().flatten() {
                *text = trim(text);
                seen.see(text);
            }
        }
        let longest = missing.iter().map(String::len).max();
        if longest.is_some_and(|longest| seen.shortest <= longest) {
            for (index, text) in texts.iter_mut().enumerate() {
                let is = |word: &String| text.is_some_and(|text| text == word.as_bytes());
                if missing.iter().any(is) {
                    *text = Some(b"");
                    seen.see(b"");
                    if let Some(wholes) = &mut wholes {
                        wholes[index] = *text;
                    }
                }
            }
        }
        Column {
            texts,
            len: self.len(),
            wholes,
            seen,
            printable: self.printable && meanings.is_empty(),
            common: self.common && meanings.is_empty(),
            broken: meanings
                .is_empty()
                .then(|| odd().map(|odd| odd.record as usize).collect()),
            fits: OnceCell::new(),
        }
    }

    /// A column without anything in it.
    fn blank<'c>(&self) -> Column<'c> {
        Column {
            texts: Vec::new(),
            len: self.len(),
            wholes: None,
            seen: Seen {
                shortest: 0,
                ..Seen::NOTHING
            },
            printable: true,
            common: true,
            broken: Some(Vec::new()),
            fits: OnceCell::new(),
        }
    }
}

impl<'a> Column<'a> {
    /// The text of a record's cell, blanks around it left off; none where the record is shorter.
    pub fn text(&self, record: usize) -> Option<&'a [u8]> {
        match self.texts.get(record) {
            Some(text) => *text,
            None => Some(&[]),
        }
    }

    /// Whether some cell has blanks around it.
    pub fn is_padded(&self) -> bool {
        self.wholes.is_some()
    }

    /// Whether some cell is empty, or holds blanks alone.
    pub fn has_gaps(&self) -> bool {
        self.seen.shortest == 0
    }

    /// Bytes of the longest cell, the blanks around it counted.
    pub fn longest(&self) -> usize {
        self.seen.longest
    }

    /// Whether certainly no cell has a control character but for tabs and line breaks.
    pub fn is_printable(&self) -> bool {
        self.printable
    }

    /// Whether certainly no cell has a character of four bytes of UTF-8: emoji, rare letters.
    pub fn is_common(&self) -> bool {
        self.common
    }

    /// Whether some cell begins with one of these bytes, all below 64.
    pub fn begins_with(&self, bytes: &[u8]) -> bool {
        let is = |byte: &u8| self.seen.starts >> (byte & 63) & 1 != 0;
        bytes.iter().any(is)
    }

    /// Whether all cells that hold something fit the column's type. It is looked up once, for the
    /// first check that asks; all have to ask with the same type.
    pub fn fits(&self, accepts: impl FnOnce(&Column<'a>) -> bool) -> bool {
        *self
            .fits
            .get_or_init(|| self.longest() == 0 || accepts(self))
    }

    /// The cells that hold something, blanks around them left off.
    pub fn texts(&self) -> impl Iterator<Item = &'a [u8]> {
        let texts = self.texts.iter().flatten().copied();
        texts.filter(|text| !text.is_empty())
    }

    /// Calls `f` with the record's index and the text of each cell that has one: quotes resolved,
    /// blanks around it left off, empty cells and short records passed over.
    #[inline]
    pub fn each(&self, mut f: impl FnMut(usize, &'a [u8])) {
        if self.longest() == 0 {
            return;
        }
        for (index, text) in self.texts.iter().enumerate() {
            if let Some(text) = text
                && !text.is_empty()
            {
                f(index, text);
            }
        }
    }

    /// Like [`each`](Column::each), for those that may run over lines.
    pub fn each_broken(&self, mut f: impl FnMut(usize, &'a [u8])) {
        match &self.broken {
            Some(broken) => {
                for index in broken {
                    self.texts[*index]
                        .into_iter()
                        .for_each(|text| f(*index, text));
                }
            }
            None => self.each(f),
        }
    }

    /// Calls `f` with the record's index, the text of each cell as it stands, empty ones too, and
    /// the same without the blanks around it.
    pub fn each_untrimmed(&self, mut f: impl FnMut(usize, &[u8], &[u8])) {
        if self.texts.is_empty() {
            return (0..self.len).for_each(|index| f(index, b"", b""));
        }
        let wholes = self.wholes.as_ref().unwrap_or(&self.texts).iter();
        for (index, (whole, text)) in wholes.zip(&self.texts).enumerate() {
            if let (Some(whole), Some(text)) = (whole, text) {
                f(index, whole, text);
            }
        }
    }
}

/// The columns of a batch as they stand, each read once for all who ask.
pub struct Columns<'a> {
    batch: &'a Batch<'a>,
    missing: &'a [String],
    read: Vec<OnceCell<Column<'a>>>,
}

impl<'a> Columns<'a> {
    /// None read yet, of so many. `missing` are words that stand for an empty cell.
    pub fn new(batch: &'a Batch<'a>, width: usize, missing: &'a [String]) -> Columns<'a> {
        Columns {
            batch,
            missing,
            read: std::iter::repeat_with(OnceCell::new).take(width).collect(),
        }
    }

    /// The text of a cell as it stands, blanks around it left off. None where the record is shorter.
    pub fn text(&self, position: usize, record: usize) -> Option<&'a [u8]> {
        match self.read.get(position) {
            Some(read) => read
                .get_or_init(|| self.batch.column(position, &[], self.missing))
                .text(record),
            None => self.batch.column(position, &[], self.missing).text(record),
        }
    }

    /// Calls `f` with the column at a position, with other text for some of its cells.
    pub fn with<T>(
        &self,
        position: usize,
        meanings: &[(usize, Arc<str>)],
        f: impl FnOnce(&Column<'_>) -> T,
    ) -> T {
        match self.read.get(position).filter(|_| meanings.is_empty()) {
            Some(read) => f(read.get_or_init(|| self.batch.column(position, &[], self.missing))),
            None => f(&self.batch.column(position, meanings, self.missing)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::{Dialect, Reader};

    #[test]
    fn a_blank_column_reads_as_its_cells() {
        let mut reader = Reader::new(Dialect::CSV, None, 0..u64::MAX);
        let mut batches = 0;
        let mut check = |batch: &Batch<'_>| {
            batches += 1;
            let blank = batch.column(1, &[], &[]);
            let mut seen = Vec::new();
            blank
                .each_untrimmed(|record, whole, text| seen.push((record, whole.len(), text.len())));
            assert_eq!(seen, [(0, 0, 0), (1, 0, 0)]);
            assert!(blank.has_gaps() && blank.texts().next().is_none());
            assert_eq!(blank.text(1), Some(&b""[..]));
            let meant = [(1, Arc::from("x"))];
            let mended = batch.column(1, &meant, &[]);
            assert_eq!(mended.text(0), Some(&b""[..]));
            assert_eq!(mended.text(1), Some(&b"x"[..]));
            assert_eq!(batch.column(2, &[], &[]).text(0), Some(&b"c"[..]));
        };
        reader.push(b"a,,c\n1,\"\",\n", &mut check);
        reader.end(&mut check);
        assert_eq!(batches, 1);
    }
}
