//! Bytes as given: files, folders and zip members, in pieces, by byte range.
//!
//! Nothing here opens or waits for anything, except [`path`] (native only). Whoever can read says
//! how long a source is, is told which range is wanted next, and pushes the bytes, from a file or a
//! browser's `Blob` alike. No source is ever held whole in memory. Guards against hostile archives
//! live here too; what bytes *mean* (encodings, records) does not.

mod looks;
mod names;
#[cfg(not(target_arch = "wasm32"))]
pub mod path;
#[cfg(not(target_arch = "wasm32"))]
pub mod print;
#[cfg(not(target_arch = "wasm32"))]
pub mod save;
pub mod zip;

pub use looks::{advice, document, looks_like};
pub use names::{is_litter, safe_name, without_folder, wrapping_folder};

/// A byte range of a source that is wanted next: from `start` up to, not including, `end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Want {
    /// The first byte, counted from 0.
    pub start: u64,
    /// One past the last byte.
    pub end: u64,
}

impl Want {
    /// How many bytes.
    pub fn size(self) -> u64 {
        self.end.saturating_sub(self.start)
    }
}

/// What a reader does after a piece was pushed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Goes on reading the range.
    More,
    /// Stops: the rest of the range is not needed.
    Enough,
}
