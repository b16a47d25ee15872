//! The end records of an archive [4.3.14–4.3.16]: found in the file's last bytes, read, compared.
//! Says why they cannot be used in words that go on from the archive's name.

use super::wire::{
    END, END_SIZE, END64, END64_SIZE, Fields, LOCATOR, LOCATOR_SIZE, SEE64_16, SEE64_32,
};

/// What the end records say about the list of contents.
#[derive(Clone, Copy, Debug)]
pub(super) struct End {
    pub entries: u64,
    /// Bytes.
    pub size: u64,
    /// Where it starts, counted from the archive's first byte.
    pub start: u64,
    /// Where it ends, counted from the file's first byte.
    pub at: u64,
}

/// What the last bytes hold.
pub(super) enum Tail {
    /// No end record.
    None,
    /// All there is to know.
    End(End),
    /// The zip64 end record is elsewhere, at this place.
    Record(u64, End),
}

const SEVERAL: &str =
    "is one part of an archive in several parts; join the parts into one file first";
const DAMAGED: &str = "has damaged end records; copy or download it again";

/// Reads the last bytes of a file of `size` bytes.
pub(super) fn read_tail(tail: &[u8], size: u64) -> Result<Tail, &'static str> {
    let Some(at) = find(tail) else {
        return Ok(Tail::None);
    };
    let file_at = |at: usize| size - (tail.len() - at) as u64;
    let small = read_end(&tail[at..], file_at(at)).ok_or(DAMAGED)??;
    let locator = at
        .checked_sub(LOCATOR_SIZE)
        .and_then(|start| read_locator(&tail[start..at]));
    let Some(claimed) = locator else {
        return Ok(Tail::End(small));
    };
    let (claimed, locator_at) = (claimed?, at - LOCATOR_SIZE);
    // Nearly always the record is just before its locator, also when something was put before the
    // archive and the claimed place is wrong.
    if let Some(near) = locator_at.checked_sub(END64_SIZE)
        && tail[near..].starts_with(&END64.to_le_bytes())
    {
        return read_record(&tail[near..], file_at(near), small).map(Tail::End);
    }
    match claimed.checked_add(END64_SIZE as u64) {
        Some(end) if end <= file_at(locator_at) => Ok(Tail::Record(claimed, small)),
        _ => Err(DAMAGED),
    }
}

/// Reads the zip64 end record `at` its place in the file [4.3.14]. Where the `small` record has
/// values of its own, they must be the same: otherwise readers would see different archives.
pub(super) fn read_record(bytes: &[u8], at: u64, small: End) -> Result<End, &'static str> {
    let (disks, wide) = record_fields(bytes, at).ok_or(DAMAGED)?;
    if disks != (0, 0) {
        return Err(SEVERAL);
    }
    let agrees = |small: u64, wide: u64, see: u64| small == see || small == wide;
    let same = agrees(small.entries, wide.entries, SEE64_16.into())
        && agrees(small.size, wide.size, SEE64_32.into())
        && agrees(small.start, wide.start, SEE64_32.into());
    if same { Ok(wide) } else { Err(DAMAGED) }
}

fn record_fields(bytes: &[u8], at: u64) -> Option<((u32, u32), End)> {
    let mut fields = Fields(bytes);
    if fields.u32()? != END64 {
        return None;
    }
    let (_size, _versions) = (fields.u64()?, fields.u32()?);
    let disks = (fields.u32()?, fields.u32()?);
    let _here = fields.u64()?;
    let (entries, size, start) = (fields.u64()?, fields.u64()?, fields.u64()?);
    Some((
        disks,
        End {
            entries,
            size,
            start,
            at,
        },
    ))
}

/// Reads the end record [4.3.16].
fn read_end(bytes: &[u8], at: u64) -> Option<Result<End, &'static str>> {
    let mut fields = Fields(bytes);
    let _signature = fields.u32()?;
    let (disk, list_disk) = (fields.u16()?, fields.u16()?);
    let (here, entries) = (fields.u16()?, fields.u16()?);
    let (size, start) = (fields.u32()?, fields.u32()?);
    let one = |disk: u16| matches!(disk, 0 | SEE64_16);
    if !one(disk) || !one(list_disk) || here != entries {
        return Some(Err(SEVERAL));
    }
    Some(Ok(End {
        entries: entries.into(),
        size: size.into(),
        start: start.into(),
        at,
    }))
}

/// Reads the locator [4.3.15]: where it claims the zip64 end record to be. `None`: it is none.
fn read_locator(bytes: &[u8]) -> Option<Result<u64, &'static str>> {
    let mut fields = Fields(bytes);
    if fields.u32()? != LOCATOR {
        return None;
    }
    let (disk, at, disks) = (fields.u32()?, fields.u64()?, fields.u32()?);
    Some(if disk != 0 || disks > 1 {
        Err(SEVERAL)
    } else {
        Ok(at)
    })
}

/// The place of the end record: the last one whose comment ends with the file, else the last one
/// whose comment fits (something was appended to the archive).
fn find(tail: &[u8]) -> Option<usize> {
    let left = |at: usize| {
        let comment = Fields(tail.get(at + END_SIZE - 2..)?).u16()?;
        (tail.len() - at - END_SIZE).checked_sub(comment.into())
    };
    let signature = END.to_le_bytes();
    let places = || {
        (0..tail.len())
            .rev()
            .filter(|at| tail[*at..].starts_with(&signature))
    };
    places()
        .find(|at| left(*at) == Some(0))
        .or_else(|| places().find(|at| left(*at).is_some()))
}
