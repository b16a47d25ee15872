//! From the bytes of a file, as they come, to its records: decoded, and without the byte-order mark.

use std::ops::Range;

use crate::decode::{Decode, Start};
use crate::records::{Batch, Dialect, Reader};

/// Reads the records of one file, or of one part of it.
pub(crate) struct Decoded {
    decode: Decode,
    /// Bytes of a byte-order mark still to pass over.
    mark: u64,
    reader: Reader,
}

impl Decoded {
    /// The records that start in `range`, from whose start bytes are pushed; a file begins as `start`
    /// says. `header` records are titles or the header; others have `width` cells.
    pub fn new(
        start: Start,
        dialect: Dialect,
        width: usize,
        header: u64,
        range: Range<u64>,
    ) -> Decoded {
        let mark = start.mark();
        let range = range.start + mark..range.end;
        Decoded {
            decode: Decode::new(start),
            mark,
            reader: Reader::new(dialect, Some(width), range).with_header(header),
        }
    }

    /// What was read so far.
    pub fn reader(&self) -> &Reader {
        &self.reader
    }

    /// Takes the next bytes; `None` stands for the end of the file.
    pub fn push(&mut self, bytes: Option<&[u8]>, batches: &mut dyn FnMut(&Batch<'_>)) {
        let Decoded {
            decode,
            mark,
            reader,
        } = self;
        let mut text = |piece: &[u8]| {
            let skip = (*mark).min(piece.len() as u64);
            *mark -= skip;
            reader.push(&piece[skip as usize..], batches);
        };
        match bytes {
            Some(bytes) => decode.push(bytes, &mut text),
            None => {
                decode.end(&mut text);
                reader.end(batches);
            }
        }
    }
}
