//! A first look at a file: what it is, how its cells are separated, where its header stands.

use std::collections::HashSet;

use crate::decode::{Decode, Start};
use crate::layout::own::{Part, part};
use crate::legacy::{Encoding, guess};
use crate::records::{Dialect, Reader};
use crate::source::looks_like;

/// Bytes looked at: enough for a header of thousands of columns.
pub const PEEK: usize = 256 << 10;

/// Records looked at for a header.
const ABOVE: usize = 10;

/// Records of small files, such as manifests, that rules may read before anything else.
const ROWS: usize = 500;

/// What a first look tells.
#[derive(Debug)]
pub struct Peek {
    /// Name in the bundle.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// How its text starts.
    pub start: Start,
    /// What it is where it is no table: "a PDF document".
    pub foreign: Option<&'static str>,
    /// What it may be in a layout of the user's own.
    pub part: Option<Part>,
    /// How cells are separated.
    pub dialect: Dialect,
    /// Records above the header.
    pub titles: usize,
    /// Whether those are blank.
    pub blank_titles: bool,
    /// Labels of the header; none in an empty file. Of a file without one, its first record.
    pub labels: Vec<String>,
    /// How many of them are labels of some format.
    pub known: usize,
    /// Line of the header, from 1.
    pub line: u64,
    /// The first records with their lines.
    pub rows: Vec<(u64, Vec<String>)>,
}

impl Peek {
    /// How many of the first records hold something beyond so many columns.
    pub fn beyond(&self, columns: usize) -> usize {
        let rows = self.rows.iter().map(|(_, row)| row.iter().skip(columns));
        let beyond = rows.filter(|row| row.clone().any(|cell| !cell.is_empty()));
        beyond.count()
    }

    /// Whether most of the first records hold something beyond so many columns: then labels are missing,
    /// and not a quote somewhere.
    pub fn goes_on(&self, columns: usize) -> bool {
        self.beyond(columns) * 2 > self.rows.len()
    }

    /// Where the last filled cell of the widest of the first records ends, if that is wider than the header.
    pub fn wide(&self) -> Option<usize> {
        let last = |row: &Vec<String>| row.iter().rposition(|cell| !cell.is_empty());
        let ends = self.rows.iter().filter_map(|(_, row)| Some(last(row)? + 1));
        let widest = ends.max();
        widest.filter(|wide| *wide > self.labels.len())
    }
}

/// What a file is of which not even the first line could be looked at.
const ENDLESS: &str = "text whose first line is longer than 256 KiB";

/// What a file is whose columns are told by their positions.
const FIXED: &str = "text in columns of fixed width";

/// Labels of all formats, so that a header is known when it is seen.
pub type Known = HashSet<String>;

/// A label without what people change: case, blanks, punctuation.
pub fn plain(label: &str) -> String {
    if label.is_ascii() {
        let letters = label.bytes().filter(u8::is_ascii_alphanumeric);
        let small = letters.map(|letter| char::from(letter.to_ascii_lowercase()));
        let mut plainly = String::with_capacity(label.len());
        plainly.extend(small);
        return plainly;
    }
    label
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Looks at the first bytes of a file. `head` is all of it where the file is shorter than [`PEEK`].
pub fn peek(name: &str, size: u64, head: &[u8], known: &Known) -> Peek {
    let start = Start::of(head);
    let mut text = Vec::new();
    let mut decode = Decode::new(start);
    decode.push(head, &mut |piece| text.extend_from_slice(piece));
    decode.end(&mut |piece| text.extend_from_slice(piece));
    let text = &text[start.mark() as usize..];
    let foreign = foreign(head, start);
    let mut peek = Peek {
        name: name.to_owned(),
        size,
        start,
        foreign,
        part: part(name, &String::from_utf8_lossy(text)),
        dialect: Dialect::CSV,
        titles: 0,
        blank_titles: false,
        labels: Vec::new(),
        known: 0,
        line: 1,
        rows: Vec::new(),
    };
    if foreign.is_some() {
        return peek;
    }
    let encoding = guess(text);
    let whole = size as usize <= head.len();
    let rows = |dialect, most| rows(text, dialect, encoding, most, whole);
    let score = |labels: &[String]| {
        labels
            .iter()
            .filter(|label| known.contains(&plain(label)))
            .count()
    };
    // The delimiter and the record that give most known labels; without any, the delimiter that
    // splits the first record most.
    let mut best: Option<(usize, usize, Dialect, usize)> = None;
    for delimiter in [b',', b';', b'\t', b'|'] {
        let dialect = Dialect::CSV.with_delimiter(delimiter);
        let rows = rows(dialect, ABOVE);
        // Below a header, another one has to be that of a second file, and what is between is data.
        let is_header = |row: &Vec<String>| score(row) > 2 && score(row) * 2 >= row.len();
        let first = rows.iter().position(|(_, row)| is_header(row));
        let end = first.map_or(rows.len(), |first| first + 1);
        for (at, (_, row)) in rows[..end].iter().enumerate() {
            let width = if at == 0 { row.len() } else { 0 };
            // A title is one cell; a record of several known labels below it is the header.
            let hits = if at == 0 || score(row) > 1 {
                score(row)
            } else {
                0
            };
            if best.is_none_or(|(most, wide, ..)| (hits, width) > (most, wide)) {
                best = Some((hits, width, dialect, at));
            }
        }
    }
    if let Some((_, _, dialect, titles)) = best {
        peek.dialect = dialect;
        peek.titles = titles;
    }
    let mut rows = rows(peek.dialect, ROWS);
    if !whole && memchr::memchr2(b'\n', b'\r', text).is_none() {
        peek.foreign = Some(ENDLESS);
        return peek;
    }
    if is_fixed(&rows) {
        peek.foreign = Some(FIXED);
        return peek;
    }
    if rows.len() > peek.titles {
        let mut above = rows[..peek.titles].iter().flat_map(|(_, cells)| cells);
        peek.blank_titles = peek.titles > 0 && above.all(|cell| cell.trim().is_empty());
        let header = rows.drain(..=peek.titles).next_back();
        (peek.line, peek.labels) = header.unwrap_or_default();
        peek.known = score(&peek.labels);
        // A header that stands there once more is no record.
        rows.retain(|(_, cells)| cells.len() < 2 || *cells != peek.labels);
        peek.rows = rows;
    }
    peek
}

/// What the file is, where it is no table. A stray control character does not make it something
/// else; a known beginning does, unless the rest reads as text and the beginning is too.
fn foreign(head: &[u8], start: Start) -> Option<&'static str> {
    if !start.keeps_offsets() || head.is_empty() {
        return None;
    }
    let sample = &head[..head.len().min(4096)];
    let control = |b: &&u8| matches!(b, 0..=8 | 14..=26 | 28..=31 | 127);
    let controls = sample.iter().filter(control).count();
    let markup = head.starts_with(b"%PDF") || head.trim_ascii_start().starts_with(b"<");
    (markup || controls * 20 > sample.len()).then(|| looks_like(head))
}

/// Whether lines have nothing but blanks between columns, which all begin at the same places. Of lines
/// that are cut into cells, nobody asks that.
fn is_fixed(rows: &[(u64, Vec<String>)]) -> bool {
    let single = |cells: &Vec<String>| match cells.as_slice() {
        [cell] => Some(cell.chars().collect()),
        _ => None,
    };
    let lines: Option<Vec<Vec<char>>> = rows.iter().map(|(_, cells)| single(cells)).collect();
    let mut lines = lines.unwrap_or_default();
    lines.retain(|line| !line.is_empty());
    let gap = |line: &Vec<char>| line.windows(2).any(|pair| pair == [' ', ' ']);
    let filled = |at: usize| {
        let filled = lines
            .iter()
            .filter(|line| line.get(at).is_some_and(|c| *c != ' '));
        filled.count()
    };
    // In at least three of four lines, a column is filled to where it begins.
    let begins = |at: &usize| filled(at - 1) == 0 && filled(*at) * 4 >= lines.len() * 3;
    let width = lines.iter().map(Vec::len).max().unwrap_or_default();
    lines.len() > 2 && lines.iter().all(gap) && (1..width).filter(begins).count() > 1
}

fn rows(
    text: &[u8],
    dialect: Dialect,
    encoding: Encoding,
    most: usize,
    whole: bool,
) -> Vec<(u64, Vec<String>)> {
    let mut rows = Vec::new();
    let mut reader = Reader::new(dialect, None, 0..u64::MAX);
    let mut take = |batch: &crate::records::Batch<'_>| {
        for record in batch.records().take(most.saturating_sub(rows.len())) {
            let cells = (0..record.width()).filter_map(|at| record.value(at));
            let cells = cells.map(|cell| encoding.text(&cell).into_owned());
            rows.push((record.line() + 1, cells.collect()));
        }
    };
    reader.push(text, &mut take);
    if whole || reader.records() == 0 {
        reader.end(&mut take);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_that_does_not_end_is_not_read_in_part() {
        let line = "a,".repeat(PEEK / 2 - 1);
        let header = format!("{line}b\n1,2\n");
        let known = Known::new();
        let whole = peek("a.csv", header.len() as u64, header.as_bytes(), &known);
        assert_eq!(whole.foreign, None);
        assert_eq!(whole.labels.len(), PEEK / 2);
        let longer = format!("{line}bcd");
        let cut = &longer.as_bytes()[..PEEK];
        let endless = peek("a.csv", 1 << 31, cut, &known);
        assert_eq!(endless.foreign, Some(ENDLESS));
        assert!(endless.labels.is_empty());
    }
}
