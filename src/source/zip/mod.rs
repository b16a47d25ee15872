//! Zip archives, pushed piece by piece: [`Directory`] reads the list of contents, [`Inflate`] one
//! member, [`Pack`] writes an archive. None of them opens, waits for or holds a whole file.
//!
//! What is said about an archive is what its central directory says; the local headers must agree.
//! Everything that a person could not safely unpack by hand is refused with an [`Error`] that names
//! the entry: encrypted entries, unknown compression, links, names that lead out of the folder,
//! names that are there twice, members that overlap, archives that unpack to absurd sizes or do not
//! match their checksums. Clauses cite APPNOTE 6.3.10, PKWARE's .ZIP file format specification.

mod directory;
mod entry;
mod inflate;
mod name;
mod pack;
mod tail;
#[cfg(test)]
mod tests;
mod wire;

pub use directory::Directory;
pub use inflate::Inflate;
pub use pack::Pack;

#[cfg(doc)]
use crate::error::Error;
use crate::source::Want;

/// The most entries an archive may have. Bundles have some dozens.
pub const MOST_ENTRIES: u64 = 10_000;

/// The longest list of contents that is read, in bytes: it is held in memory once.
pub const LONGEST_DIRECTORY: u64 = 32 << 20;

/// A member may unpack to this many bytes whatever its compressed size …
pub const UNSUSPICIOUS_SIZE: u64 = 64 << 20;

/// … and beyond that to this many times its compressed size. CSV files compress 5 to 20 times,
/// bombs about 1000 times.
pub const HIGHEST_RATIO: u64 = 200;

/// How a member's bytes are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// As they are.
    Stored,
    /// Deflated.
    Deflated,
}

/// One file in an archive, as the archive's list of contents declares it. Folders are not members.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Its safe relative name, parts divided by `/`.
    pub name: String,
    /// How its bytes are kept.
    pub method: Method,
    /// Its declared size in the archive, in bytes.
    pub compressed: u64,
    /// Its declared size unpacked, in bytes. Counted, not believed, while unpacking.
    pub size: u64,
    /// The declared CRC-32 of the unpacked bytes.
    pub crc32: u32,
    /// The range of the archive to push into [`Inflate`]: local header and data, and mostly some
    /// bytes more, because the local header's length is only known once it is read.
    pub range: Want,
    /// The name's bytes as written; the local header must repeat them.
    raw_name: Vec<u8>,
}

/// Whether a file that begins with these bytes (four are enough) should be opened as a zip.
pub fn is_zip(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06")
}
