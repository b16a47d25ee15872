//! One record from the bytes at hand: the only place that decides where cells and records end.

use super::marks::{Cursor, Marks};
use super::{Cell, Dialect, Flaw, Limits};

/// How a record ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// `\n`
    Lf,
    /// `\r\n`
    CrLf,
    /// `\r`
    Cr,
    /// The end of the file.
    File,
    /// Cut at [`Limits::record`].
    Cut,
}

impl End {
    /// Bytes that the line break takes.
    pub fn len(self) -> usize {
        match self {
            End::Lf | End::Cr => 1,
            End::CrLf => 2,
            End::File | End::Cut => 0,
        }
    }
}

/// What follows the bytes at hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    /// Perhaps more bytes.
    Unknown,
    /// The end of the file.
    Nothing,
}

/// The bytes at hand.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// The bytes.
    pub bytes: &'a [u8],
    /// Those of them that have to be looked at.
    pub(super) marks: &'a Marks,
    /// What follows.
    pub rest: Rest,
}

/// A record that was read.
#[derive(Clone, Copy, Debug)]
pub struct Lexed {
    /// Bytes of the record without its line break.
    pub len: usize,
    /// How it ends.
    pub end: End,
    /// Line breaks inside its quoted cells.
    pub inner_breaks: u32,
    /// Whether any of its cells has line breaks or doubled quotes in it.
    pub odd: bool,
}

/// Whether a quoted cell may run over line breaks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lines {
    Many,
    One,
}

/// What became of an opening quote.
enum Quoted {
    /// The closing quote's place, whether quotes inside were doubled, line breaks inside.
    Closed {
        at: usize,
        doubled: bool,
        breaks: u32,
    },
    Stray,
    Unclosed,
    /// The bytes at hand do not tell.
    More,
}

/// Reads records of one dialect.
#[derive(Clone)]
pub struct Lexer {
    dialect: Dialect,
    limits: Limits,
}

impl Lexer {
    /// A lexer for a dialect.
    pub fn new(dialect: Dialect, limits: Limits) -> Lexer {
        Lexer { dialect, limits }
    }

    /// Reads the record that starts at `start` and appends its cells (offsets into the input) and flaws
    /// (with the cell's position). `None` means that more bytes are needed; nothing is appended
    /// then. `width` is the number of cells in the header; it decides between the two readings of
    /// a quote that runs over lines.
    pub fn record(
        &self,
        input: Input<'_>,
        start: usize,
        width: Option<usize>,
        cells: &mut Vec<Cell>,
        flaws: &mut Vec<(Flaw, u32)>,
    ) -> Option<Lexed> {
        let before = (cells.len(), flaws.len());
        let read = |lines, cells: &mut Vec<Cell>, flaws: &mut Vec<_>| {
            cells.truncate(before.0);
            flaws.truncate(before.1);
            self.cells(input, start, lines, cells, flaws)
        };
        let lexed = read(Lines::Many, cells, flaws);
        match (lexed, width) {
            (None, _) => {
                cells.truncate(before.0);
                flaws.truncate(before.1);
                None
            }
            (Some(whole), Some(width))
                if whole.inner_breaks > 0 && cells.len() - before.0 != width =>
            {
                let first = read(Lines::One, cells, flaws);
                if first.is_some() && cells.len() - before.0 == width {
                    first
                } else {
                    read(Lines::Many, cells, flaws)
                }
            }
            (Some(whole), _) => Some(whole),
        }
    }

    fn cells(
        &self,
        input: Input<'_>,
        start: usize,
        lines: Lines,
        cells: &mut Vec<Cell>,
        flaws: &mut Vec<(Flaw, u32)>,
    ) -> Option<Lexed> {
        let Input { bytes, marks, rest } = input;
        let first = cells.len();
        let limit = self.limit(bytes, start);
        // Whether the bytes up to the limit are all that may belong to the record.
        let complete = limit < bytes.len() || rest == Rest::Nothing;
        let mut inner_breaks = 0;
        let mut odd = false;
        let mut cursor = marks.from(start);
        let mut open = start;
        let within = &bytes[..limit];
        let delimiter = self.dialect.delimiter;
        loop {
            // Most cells are plain and end at a delimiter.
            let mut at = plain(within, delimiter, &mut cursor, &mut open, cells);
            at = at.min(limit);
            let is_quote = |at: usize| at < limit && Some(bytes[at]) == self.dialect.quote;
            let mut closed = None;
            if is_quote(at) {
                let column = (cells.len() - first) as u32;
                let quoted = match at == open {
                    true => self.quoted(within, &mut cursor, at, complete, lines),
                    false => Quoted::Stray,
                };
                match quoted {
                    Quoted::More => return None,
                    Quoted::Closed {
                        at: close,
                        doubled,
                        breaks,
                    } => {
                        inner_breaks += breaks;
                        odd |= doubled || breaks > 0;
                        closed = Some(Cell::quoted(open + 1, close, doubled));
                        // What follows a closing quote is marked, if anything follows.
                        cursor.next();
                        at = close + 1;
                    }
                    Quoted::Stray | Quoted::Unclosed => {
                        let flaw = match quoted {
                            Quoted::Stray => Flaw::StrayQuote,
                            _ => Flaw::UnclosedQuote,
                        };
                        flaws.push((flaw, column));
                        cursor = marks.from(at + 1);
                        while is_quote(at) {
                            at = cursor.next().min(limit);
                        }
                    }
                }
            }
            cells.push(closed.unwrap_or(Cell::plain(open, at)));
            let end = match bytes.get(at) {
                None if rest == Rest::Unknown => return None,
                None => End::File,
                Some(b'\n') => End::Lf,
                Some(b'\r') => match bytes.get(at + 1) {
                    None if rest == Rest::Unknown => return None,
                    Some(b'\n') => End::CrLf,
                    _ => End::Cr,
                },
                Some(_) if at == limit => End::Cut,
                Some(_) => {
                    open = at + 1;
                    continue;
                }
            };
            return Some(Lexed {
                len: at - start,
                end,
                inner_breaks,
                odd,
            });
        }
    }

    /// Where the record at `start` has to end, not inside a character.
    fn limit(&self, bytes: &[u8], start: usize) -> usize {
        let mut limit = bytes.len().min(start + self.limits.record);
        for _ in 0..3 {
            if limit > start && bytes.get(limit).is_some_and(|b| b & 0xC0 == 0x80) {
                limit -= 1;
            }
        }
        limit
    }

    /// Follows the quote at `open`, which `cursor` has just passed, to the one that closes it.
    fn quoted(
        &self,
        bytes: &[u8],
        cursor: &mut Cursor<'_>,
        open: usize,
        complete: bool,
        lines: Lines,
    ) -> Quoted {
        let quote = bytes[open];
        let horizon = bytes.len().min(open + self.limits.quoted);
        let mut doubled = false;
        let mut breaks = 0;
        loop {
            let at = cursor.next();
            if at >= horizon {
                break;
            }
            match bytes[at] {
                b if b == quote => {
                    let Some(&next) = bytes.get(at + 1) else {
                        return match complete {
                            true => Quoted::Closed {
                                at,
                                doubled,
                                breaks,
                            },
                            false => Quoted::More,
                        };
                    };
                    if next == quote {
                        doubled = true;
                        cursor.next();
                        continue;
                    }
                    let closes = next == self.dialect.delimiter || next == b'\n' || next == b'\r';
                    return match (closes, breaks) {
                        (true, _) => Quoted::Closed {
                            at,
                            doubled,
                            breaks,
                        },
                        (false, 0) => Quoted::Stray,
                        (false, _) => Quoted::Unclosed,
                    };
                }
                b'\n' => breaks += 1,
                // A lone CR breaks a line; the LF of CRLF is counted above.
                b'\r' => match bytes.get(at + 1) {
                    Some(b'\n') => {}
                    None if !complete => return Quoted::More,
                    _ => breaks += 1,
                },
                _ => {}
            }
            if breaks > 0 && lines == Lines::One {
                return Quoted::Unclosed;
            }
        }
        // Fewer bytes than the limit and more may come: the next chunk will tell.
        if bytes.len() < open + self.limits.quoted && !complete {
            Quoted::More
        } else {
            Quoted::Unclosed
        }
    }
}

/// Adds the plain cells from `open` on, as many as end at a delimiter; gives the place of the next
/// marked byte, which is none. By itself it has all it needs at hand: this is the innermost loop.
#[inline(never)]
fn plain(
    bytes: &[u8],
    delimiter: u8,
    cursor: &mut Cursor<'_>,
    open: &mut usize,
    cells: &mut Vec<Cell>,
) -> usize {
    loop {
        let at = cursor.next();
        if bytes.get(at) != Some(&delimiter) {
            return at;
        }
        cells.push(Cell::plain(*open, at));
        *open = at + 1;
    }
}
