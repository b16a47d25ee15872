//! A record of which quotes show that it is only a piece of one: cells between tabs, read as by a
//! program that knows quotes.

use crate::check::View;
use crate::records::has_lone_quote;

/// Where a record begins.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Within {
    /// With a cell of its own.
    Nothing,
    /// Within the quotes of the record before.
    Quotes,
}

/// A record as a piece.
pub struct Piece {
    /// Its cells; those within one pair of quotes are one, with blanks between them.
    pub cells: Vec<String>,
    /// How many of the record's cells the first one is.
    pub first: usize,
    /// Whether a quote is open at its end.
    pub opens: bool,
}

impl Piece {
    /// Reads a record. None where quotes stand elsewhere than around values, or what stands there is not
    /// UTF-8.
    pub fn read(record: &View<'_>, within: Within) -> Option<Piece> {
        let mut cells = Vec::new();
        let mut first = 1;
        let mut torn = (within == Within::Quotes).then(Vec::new);
        for at in 0..record.width() {
            let text = std::str::from_utf8(record.raw(at as u32)?).ok()?;
            match (&mut torn, has_lone_quote(text.as_bytes())) {
                (Some(parts), true) => {
                    parts.push(text.strip_suffix('"')?);
                    cells.push(joined(parts));
                    torn = None;
                }
                (Some(parts), false) => parts.push(text),
                (None, true) => torn = Some(vec![text.strip_prefix('"')?]),
                (None, false) => cells.push(text.to_owned()),
            }
            if cells.is_empty() {
                first += 1;
            }
        }
        let opens = torn.is_some();
        cells.extend(torn.map(|parts| joined(&parts)));
        Some(Piece {
            cells,
            first,
            opens,
        })
    }
}

/// What stood in quotes, in which two stand for one.
fn joined(parts: &[&str]) -> String {
    parts.join(" ").replace("\"\"", "\"")
}
