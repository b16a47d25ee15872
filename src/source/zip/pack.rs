//! Writes an archive member by member; the bytes are taken away piece by piece while it grows.
//! The same members give the same bytes: no clock, no user, no machine in them.
//! Sizes and checksums follow each member in a data descriptor, so no member is held in memory.

use std::collections::BTreeSet;

use flate2::{Compress, Compression, Crc, FlushCompress, Status};

use super::wire::{CENTRAL, DESCRIPTOR, END, END64, LOCAL, LOCATOR, SEE64_16, SEE64_32};
use crate::error::{Error, Result};
use crate::source::safe_name;

/// Flags [4.4.4]: a data descriptor follows (bit 3), names are UTF-8 (bit 11).
const FLAGS: u16 = 1 << 3 | 1 << 11;
/// Deflate [4.4.5].
const METHOD: u16 = 8;
/// On a roster, level 2 takes half the time of the usual 6 and makes archives 5 % larger.
const LEVEL: u32 = 2;
/// Midnight of 1 January 1980, the first date there is [4.4.6]: time, then date.
const TIMESTAMP: [u16; 2] = [0, 0x0021];
/// Version needed [4.4.3]: 2.0 for deflate and folders, 4.5 for zip64.
const PLAIN: u16 = 20;
const WIDE: u16 = 45;
/// Made by Unix [4.4.2], so that the attributes below are read.
const UNIX: u16 = 3 << 8;
/// An ordinary file, readable by all, writable by its owner.
const ATTRIBUTES: u32 = 0o100_644 << 16;

/// Writes a zip archive.
///
/// For each member [`start`](Self::start), [`write`](Self::write) any number of times,
/// [`finish_member`](Self::finish_member); at the end [`finish`](Self::finish). [`take`](Self::take)
/// whenever convenient, and after `finish`.
#[derive(Debug)]
pub struct Pack {
    out: Vec<u8>,
    /// Bytes written before those in `out`.
    taken: u64,
    names: BTreeSet<String>,
    /// The list of contents, grown member by member.
    list: Vec<u8>,
    entries: u64,
    current: Option<Open>,
    finished: Finished,
    deflater: Compress,
}

#[derive(Debug, PartialEq)]
enum Finished {
    No,
    Yes,
}

/// The member that is being written.
#[derive(Debug)]
struct Open {
    name: String,
    start: u64,
    crc: Crc,
}

impl Default for Pack {
    fn default() -> Self {
        Self::new()
    }
}

impl Pack {
    /// Begins an archive without members.
    pub fn new() -> Self {
        Pack {
            out: Vec::new(),
            taken: 0,
            names: BTreeSet::new(),
            list: Vec::new(),
            entries: 0,
            current: None,
            finished: Finished::No,
            deflater: Compress::new(Compression::new(LEVEL), false),
        }
    }

    /// Begins a member; a relative name, parts divided by `/`.
    ///
    /// # Errors
    /// A name that [`safe_name`] refuses, that is a folder, too long, or in the archive already
    /// (whatever the case of its letters); or, a bug, a member is not finished.
    pub fn start(&mut self, name: &str) -> Result<()> {
        if self.current.is_some() || self.finished == Finished::Yes {
            return Err(out_of_order());
        }
        let name = safe_name(name)
            .map_err(|why| Error::entry(name, format!("{why}; it cannot be written to a zip")))?;
        let size = u16::try_from(name.len())
            .ok()
            .filter(|_| !name.ends_with('/'));
        let Some(size) = size else {
            return Err(Error::entry(&name, "cannot be the name of a file in a zip"));
        };
        if !self.names.insert(name.to_lowercase()) {
            return Err(Error::entry(
                &name,
                "would be in the zip twice; give the files different names",
            ));
        }
        let start = self.written();
        let [time, date] = TIMESTAMP;
        put32(&mut self.out, [LOCAL]);
        put16(&mut self.out, [PLAIN, FLAGS, METHOD, time, date]);
        put32(&mut self.out, [0, 0, 0]);
        put16(&mut self.out, [size, 0]);
        self.out.extend_from_slice(name.as_bytes());
        self.deflater.reset();
        self.current = Some(Open {
            name,
            start,
            crc: Crc::new(),
        });
        Ok(())
    }

    /// Adds bytes to the member.
    ///
    /// # Errors
    /// A bug: no member was started.
    pub fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.current
            .as_mut()
            .ok_or_else(out_of_order)?
            .crc
            .update(bytes);
        self.deflate(bytes, FlushCompress::None)
    }

    /// Ends the member.
    ///
    /// # Errors
    /// A bug: no member was started.
    pub fn finish_member(&mut self) -> Result<()> {
        let Open { name, start, crc } = self.current.take().ok_or_else(out_of_order)?;
        self.deflate(&[], FlushCompress::Finish)?;
        let (compressed, size) = (self.deflater.total_out(), self.deflater.total_in());

        put32(&mut self.out, [DESCRIPTOR, crc.sum()]);
        match (u32::try_from(compressed), u32::try_from(size)) {
            (Ok(compressed), Ok(size)) => put32(&mut self.out, [compressed, size]),
            _ => put64(&mut self.out, [compressed, size]),
        }

        let mut wide = Vec::new();
        let [size, compressed, start] =
            [size, compressed, start].map(|value| narrow32(value, &mut wide));
        let extra = if wide.is_empty() {
            0
        } else {
            wide.len() as u16 + 4
        };
        let version = if wide.is_empty() { PLAIN } else { WIDE };
        let [time, date] = TIMESTAMP;
        let list = &mut self.list;
        put32(list, [CENTRAL]);
        put16(list, [UNIX | version, version, FLAGS, METHOD, time, date]);
        put32(list, [crc.sum(), compressed, size]);
        put16(list, [name.len() as u16, extra, 0, 0, 0]);
        put32(list, [ATTRIBUTES, start]);
        list.extend_from_slice(name.as_bytes());
        if extra > 0 {
            put16(list, [1, extra - 4]);
            list.extend_from_slice(&wide);
        }
        self.entries += 1;
        Ok(())
    }

    /// Ends the archive with its list of contents. [`take`](Self::take) the last bytes after it.
    ///
    /// # Errors
    /// A bug: a member is not finished, or the archive is already.
    pub fn finish(&mut self) -> Result<()> {
        if self.current.is_some() || self.finished == Finished::Yes {
            return Err(out_of_order());
        }
        self.finished = Finished::Yes;
        let start = self.written();
        let size = self.list.len() as u64;
        self.out.append(&mut self.list);
        let mut wide = Vec::new();
        let entries = u16::try_from(self.entries)
            .ok()
            .filter(|n| *n != SEE64_16)
            .unwrap_or(SEE64_16);
        let [small_size, small_start] = [size, start].map(|value| narrow32(value, &mut wide));
        if entries == SEE64_16 || !wide.is_empty() {
            let at = self.written();
            put32(&mut self.out, [END64]);
            put64(&mut self.out, [44]);
            put16(&mut self.out, [UNIX | WIDE, WIDE]);
            put32(&mut self.out, [0, 0]);
            put64(&mut self.out, [self.entries, self.entries, size, start]);
            put32(&mut self.out, [LOCATOR, 0]);
            put64(&mut self.out, [at]);
            put32(&mut self.out, [1]);
        }
        put32(&mut self.out, [END]);
        put16(&mut self.out, [0, 0, entries, entries]);
        put32(&mut self.out, [small_size, small_start]);
        put16(&mut self.out, [0]);
        Ok(())
    }

    /// The archive's next bytes: all that were made since the last time.
    pub fn take(&mut self) -> Vec<u8> {
        self.taken += self.out.len() as u64;
        std::mem::take(&mut self.out)
    }

    fn written(&self) -> u64 {
        self.taken + self.out.len() as u64
    }

    fn deflate(&mut self, mut bytes: &[u8], flush: FlushCompress) -> Result<()> {
        loop {
            self.out.reserve(32 << 10);
            let before = (self.deflater.total_in(), self.out.len());
            let status = self
                .deflater
                .compress_vec(bytes, &mut self.out, flush)
                .map_err(|_| Error::bug("a zip member could not be compressed"))?;
            bytes = &bytes[(self.deflater.total_in() - before.0) as usize..];
            let idle = bytes.is_empty() && self.out.len() < self.out.capacity();
            match (flush, status) {
                (FlushCompress::None, _) if idle => return Ok(()),
                (_, Status::StreamEnd) => return Ok(()),
                _ => {}
            }
        }
    }
}

fn out_of_order() -> Error {
    Error::bug("a zip was written in the wrong order")
}

/// A value in four bytes, or the sign that it is in the zip64 field, to which it is then added.
fn narrow32(value: u64, wide: &mut Vec<u8>) -> u32 {
    match u32::try_from(value) {
        Ok(value) if value != SEE64_32 => value,
        _ => {
            put64(wide, [value]);
            SEE64_32
        }
    }
}

fn put16<const N: usize>(out: &mut Vec<u8>, values: [u16; N]) {
    values
        .iter()
        .for_each(|value| out.extend_from_slice(&value.to_le_bytes()));
}

fn put32<const N: usize>(out: &mut Vec<u8>, values: [u32; N]) {
    values
        .iter()
        .for_each(|value| out.extend_from_slice(&value.to_le_bytes()));
}

fn put64<const N: usize>(out: &mut Vec<u8>, values: [u64; N]) {
    values
        .iter()
        .for_each(|value| out.extend_from_slice(&value.to_le_bytes()));
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{super::Directory, *};

    #[test]
    fn beyond_four_gigabytes_places_are_written_in_zip64() {
        const BEFORE: u64 = 5 << 30;
        let mut pack = Pack {
            taken: BEFORE,
            ..Pack::new()
        };
        pack.start("x.csv").unwrap();
        pack.write(b"a,b\n").unwrap();
        pack.finish_member().unwrap();
        pack.finish().unwrap();
        let zip = pack.take();
        let mut directory = Directory::new("a.zip", BEFORE + zip.len() as u64);
        while let Some(want) = directory.want() {
            let byte = |at: u64| at.checked_sub(BEFORE).map_or(0, |at| zip[at as usize]);
            directory.push(&(want.start..want.end).map(byte).collect::<Vec<u8>>());
            directory.end().unwrap();
        }
        let members = directory.members().unwrap();
        assert_eq!((members[0].range.start, members[0].size), (BEFORE, 4));
        assert!(zip.windows(4).any(|bytes| bytes == END64.to_le_bytes()));
    }
}
