//! Pushed chunks to batches of records.

use super::batch::{Odd, Row, resolve};
use super::lex::{End, Input, Lexer, Rest};
use super::marks::Marks;
use super::{Batch, Cell, Dialect, Fault, Flaw, Limits};

/// Records per batch: enough to run each check in a tight loop, few enough to stay in cache.
const BATCH: usize = 512;

/// Cells per batch, and those of one record: the columns of wide records stay in cache, too.
const CELLS: usize = 16 << 10;

/// Bytes taken in at once: few enough to stay in cache, and offsets in a batch stay small whatever is
/// pushed.
const PIECE: usize = 128 << 10;

/// How many line breaks of each kind ended records, and the first line that each kind ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Breaks {
    /// LF, CRLF, CR.
    pub count: [u64; 3],
    /// For each kind, the line breaks before the first one of it.
    pub first: [Option<u64>; 3],
}

impl Breaks {
    fn see(&mut self, end: End, line: u64) {
        let kind = match end {
            End::Lf => 0,
            End::CrLf => 1,
            End::Cr => 2,
            End::File | End::Cut => return,
        };
        self.count[kind] += 1;
        self.first[kind].get_or_insert(line);
    }

    /// Adds the breaks of the part that follows, which starts `lines` lines further down.
    pub fn merge(&mut self, later: &Breaks, lines: u64) {
        for kind in 0..3 {
            self.count[kind] += later.count[kind];
            if self.first[kind].is_none() {
                self.first[kind] = later.first[kind].map(|line| line + lines);
            }
        }
    }
}

/// Reads records out of pushed chunks. Lines, records and offsets count from where it was started.
pub struct Reader {
    lexer: Lexer,
    dialect: Dialect,
    width: Option<usize>,
    /// Records above and with the header: their width says nothing.
    header: u64,
    /// Bytes that are not yet part of a whole record.
    text: Vec<u8>,
    marks: Marks,
    /// Bytes with which it is worth another try to read a record.
    enough: usize,
    /// Offset of `text` in the file.
    offset: u64,
    /// Records that start here or later are another part's.
    stop: u64,
    records: u64,
    lines: u64,
    breaks: Breaks,
    /// The rest of an oversized record is being left out.
    skipping: bool,
    cells: Vec<Cell>,
    rows: Vec<Row>,
    filled: Vec<u32>,
    faults: Vec<Fault>,
    flaws: Vec<(Flaw, u32)>,
    odd: Vec<Odd>,
    resolved: Vec<u8>,
}

impl Reader {
    /// Reads the records that start in the given range of file offsets; one starts at its start.
    /// `width` is the number of cells of the header where it is known.
    pub fn new(dialect: Dialect, width: Option<usize>, range: std::ops::Range<u64>) -> Reader {
        Reader {
            lexer: Lexer::new(dialect, Limits::default()),
            dialect,
            width,
            header: 0,
            text: Vec::new(),
            marks: Marks::default(),
            enough: 0,
            offset: range.start,
            stop: range.end,
            records: 0,
            lines: 0,
            breaks: Breaks::default(),
            skipping: false,
            cells: Vec::new(),
            rows: Vec::new(),
            filled: Vec::new(),
            faults: Vec::new(),
            flaws: Vec::new(),
            odd: Vec::new(),
            resolved: Vec::new(),
        }
    }

    /// The same with so many records above and with the header. They are read whatever their
    /// width, and even where they start behind the range.
    pub fn with_header(mut self, records: u64) -> Reader {
        self.header = records;
        self
    }

    /// The same with other limits.
    pub fn with_limits(mut self, limits: Limits) -> Reader {
        self.lexer = Lexer::new(self.dialect, limits);
        self
    }

    /// Records read.
    pub fn records(&self) -> u64 {
        self.records
    }

    /// Line breaks passed.
    pub fn lines(&self) -> u64 {
        self.lines
    }

    /// File offset at which the next record starts.
    pub fn offset(&self) -> u64 {
        self.offset
    }

    /// The line breaks that ended records.
    pub fn breaks(&self) -> Breaks {
        self.breaks
    }

    /// Takes the next bytes and hands on the records that they complete.
    pub fn push(&mut self, bytes: &[u8], each: &mut dyn FnMut(&Batch<'_>)) {
        for piece in bytes.chunks(PIECE) {
            if self.is_done() {
                return;
            }
            self.text.extend_from_slice(piece);
            if self.text.len() >= self.enough {
                self.read(Rest::Unknown, each);
                // A record of many pieces is not read anew with each of them.
                self.enough = self.text.len() + self.text.len() / 2;
            }
        }
    }

    /// The file ends here: hands on what is left.
    pub fn end(&mut self, each: &mut dyn FnMut(&Batch<'_>)) {
        self.read(Rest::Nothing, each);
    }

    /// Whether no record that starts before the stop is left to read.
    pub fn is_done(&self) -> bool {
        !self.skipping && !self.is_wanted(self.offset, self.records)
    }

    /// Whether a record that starts at `offset` behind `records` others is to be read.
    fn is_wanted(&self, offset: u64, records: u64) -> bool {
        offset < self.stop || records < self.header
    }

    fn read(&mut self, rest: Rest, each: &mut dyn FnMut(&Batch<'_>)) {
        let mut text = std::mem::take(&mut self.text);
        let mut marks = std::mem::take(&mut self.marks);
        marks.read(&text, self.dialect);
        let mut at = 0;
        while at < text.len() {
            if self.skipping && !self.skip(&text, &mut at, rest) {
                break;
            }
            let before = at;
            let input = Input {
                bytes: &text,
                marks: &marks,
                rest,
            };
            self.batch(input, &mut at, each);
            if at == before {
                break;
            }
        }
        text.drain(..at);
        self.offset += at as u64;
        self.text = text;
        self.marks = marks;
    }

    /// Notes the odd cells of a record, whose cells are those from `first` on.
    fn note_odd(&mut self, text: &[u8], record: u32, first: usize) {
        let cells = self.cells[first..].iter().enumerate();
        for (at, cell) in cells.filter(|(_, cell)| cell.is_odd(text)) {
            let start = self.resolved.len();
            let quote = self.dialect.quote.filter(|_| cell.is_doubled());
            self.odd.push(Odd {
                record,
                column: at as u32,
                resolved: quote.map(|quote| {
                    resolve(&text[cell.range()], quote, &mut self.resolved);
                    start..self.resolved.len()
                }),
            });
        }
    }

    /// How many cells each record at hand has, where all have the same.
    fn even(&self) -> Option<usize> {
        let width = self.cells.len() / self.rows.len();
        let mut rows = self.rows.iter().enumerate();
        let even = rows.all(|(at, row)| row.cells as usize == at * width);
        (even && width * self.rows.len() == self.cells.len()).then_some(width)
    }

    /// Notes at which positions of even records some cell is not empty: in wide files, most columns
    /// are blank.
    fn note_filled(&mut self, width: usize) {
        self.filled.clear();
        self.filled.resize(width, 0);
        for record in self.cells.chunks_exact(width) {
            for (filled, cell) in self.filled.iter_mut().zip(record) {
                *filled |= cell.fill();
            }
        }
    }

    /// Leaves out the rest of an oversized record's line. False where the line goes on.
    fn skip(&mut self, text: &[u8], at: &mut usize, rest: Rest) -> bool {
        let Some(found) = memchr::memchr2(b'\n', b'\r', &text[*at..]) else {
            *at = text.len();
            return false;
        };
        *at += found;
        let end = match text[*at..] {
            [b'\n', ..] => End::Lf,
            [b'\r', b'\n', ..] => End::CrLf,
            [_] if rest == Rest::Unknown => return false,
            _ => End::Cr,
        };
        self.breaks.see(end, self.lines);
        self.lines += 1;
        *at += end.len();
        self.skipping = false;
        true
    }

    /// Reads records from `at` on and hands them on.
    fn batch(&mut self, input: Input<'_>, at: &mut usize, each: &mut dyn FnMut(&Batch<'_>)) {
        let text = input.bytes;
        self.cells.clear();
        self.rows.clear();
        self.faults.clear();
        self.odd.clear();
        self.resolved.clear();
        let begun = *at;
        let mut line = 0;
        while self.rows.len() < BATCH
            && self.cells.len() < CELLS
            && *at < text.len()
            && !self.skipping
        {
            let number = self.records + self.rows.len() as u64;
            if !self.is_wanted(self.offset + *at as u64, number) {
                break;
            }
            let width = self.width.filter(|_| number >= self.header);
            let first = self.cells.len() as u32;
            self.flaws.clear();
            let (cells, flaws) = (&mut self.cells, &mut self.flaws);
            let read = self.lexer.record(input, *at, width, cells, flaws);
            let Some(lexed) = read else { break };
            let record = self.rows.len() as u32;
            if lexed.end == End::Cut {
                self.skipping = true;
                self.flaws.push((Flaw::Oversized, 0));
            }
            self.faults
                .extend(self.flaws.iter().map(|&(flaw, column)| Fault {
                    flaw,
                    record,
                    column,
                }));
            let end = *at + lexed.len;
            let next = end + lexed.end.len();
            self.rows.push(Row {
                cells: first,
                start: *at as u32,
                end: end as u32,
                next: next as u32,
                line,
            });
            line += lexed.inner_breaks;
            if lexed.odd {
                self.note_odd(text, record, first as usize);
            }
            self.breaks.see(lexed.end, self.lines + u64::from(line));
            line += u32::from(lexed.end.len() > 0);
            *at = next;
        }
        if !self.rows.is_empty() {
            let width = self.even();
            width.into_iter().for_each(|width| self.note_filled(width));
            each(&Batch {
                text,
                offset: self.offset,
                first: self.records,
                line: self.lines,
                dialect: self.dialect,
                cells: &self.cells,
                rows: &self.rows,
                width,
                filled: &self.filled,
                faults: &self.faults,
                printable: input.marks.is_printable(begun..*at),
                common: input.marks.is_common(begun..*at),
                utf8: input.marks.is_utf8(text, begun..*at),
                odd: &self.odd,
                resolved: &self.resolved,
            });
        }
        self.records += self.rows.len() as u64;
        self.lines += u64::from(line);
    }
}
