//! Text to records: cells, physical lines, byte ranges, lexical faults.
//!
//! Input is UTF-8 (or any superset of ASCII: bytes that are not UTF-8 pass through untouched) in
//! chunks of any size; output is [`Batch`]es of whole records. Nothing here knows what a cell
//! means, allocates per cell, or can fail: every input is some sequence of records, with faults.
//!
//! How a record is read (RFC 4180, and what to do where it is broken):
//! - A record ends at LF, CRLF or a lone CR outside quotes.
//! - A cell that begins with a quote ends at the next quote that is not doubled. If something other
//!   than a delimiter or line break follows on the same line, that is a *stray quote*: the cell
//!   is read literally, up to the next delimiter.
//! - A quoted cell that runs over line breaks and then ends in a stray quote, at the end of the
//!   file, or not within [`QUOTED_LIMIT`], is an *unclosed quote*: it is read literally, so that
//!   one missing quote costs one cell and not the rest of the file.

mod batch;
mod column;
mod dialect;
mod lex;
mod limits;
mod marks;
mod reader;
mod torn;

pub use batch::{Batch, Cell, END_OF_FILE, Record, has_lone_quote, trim};
pub use column::{Column, Columns};
pub use dialect::Dialect;
pub use limits::{Limits, QUOTED_LIMIT, RECORD_LIMIT};
pub use reader::{Breaks, Reader};
pub use torn::joined;

/// What can be wrong with a record before anything is known about its columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// A quote where none may be; the cell is read literally.
    StrayQuote,
    /// A quote that no quote closes; the cell is read literally.
    UnclosedQuote,
    /// The record is longer than [`RECORD_LIMIT`]; the rest of its line is left out.
    Oversized,
}

/// A flaw and the cell it was seen in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub flaw: Flaw,
    /// Index of the record in its batch.
    pub record: u32,
    /// Position of the cell, from 0.
    pub column: u32,
}
