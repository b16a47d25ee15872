//! One entry of the central directory: its header to a [`Member`], or why it is refused.

use super::wire::{CENTRAL, Fields, SEE64_16, SEE64_32};
use super::{Member, Method, name};
use crate::error::{Error, Result};
use crate::source::{Want, safe_name};

/// What an entry is.
pub(super) enum Entry {
    /// A file; its range holds the start of its local header only, its end is not settled yet.
    File(Member),
    /// A folder: nothing to read, and its files name it anyway.
    Folder,
}

/// Takes one header off the front of the central directory [4.3.12]. `None`: it is no header.
/// `offset` is how far the archive's first byte is from the file's (self-extracting archives).
pub(super) fn take(list: &mut Fields, offset: u64) -> Option<Result<Entry>> {
    if list.u32()? != CENTRAL {
        return None;
    }
    let (made_by, _needed) = (list.u16()?, list.u16()?);
    let (flags, method) = (list.u16()?, list.u16()?);
    let (_time, _date) = (list.u16()?, list.u16()?);
    let crc32 = list.u32()?;
    let (compressed, size) = (list.u32()?, list.u32()?);
    let (name_size, extra_size, comment_size) = (list.u16()?, list.u16()?, list.u16()?);
    let (disk, _internal) = (list.u16()?, list.u16()?);
    let (external, start) = (list.u32()?, list.u32()?);
    let raw_name = list.take(name_size.into())?;
    let extra = list.take(extra_size.into())?;
    list.take(comment_size.into())?;

    let mut wide = Fields(zip64(extra));
    let mut widened = |value: u32| {
        if value == SEE64_32 {
            wide.u64()
        } else {
            Some(value.into())
        }
    };
    let places = (widened(size), widened(compressed), widened(start));
    let disk = if disk == SEE64_16 {
        wide.u32()
    } else {
        Some(disk.into())
    };

    let text = name::decode(raw_name, extra);
    let refuse = |what: String| Some(Err(Error::entry(&text, what)));
    let (Some(size), Some(compressed), Some(start)) = places else {
        return refuse("lacks its zip64 sizes: the archive is damaged; make it again".into());
    };
    if disk != Some(0) {
        return refuse(
            "is in another part of an archive in several parts; join the parts first".into(),
        );
    }
    if flags & (ENCRYPTED | STRONGLY_ENCRYPTED | MASKED) != 0 || method == AES {
        return refuse(
            "is encrypted; unpack it with its password and give the unpacked files".into(),
        );
    }
    let folder = match file_type(made_by, external) {
        FileType::Link => {
            return refuse(
                "is a link to another file, not a file; replace it with the file itself".into(),
            );
        }
        FileType::Special => {
            return refuse("is not an ordinary file; make the archive without it".into());
        }
        FileType::Folder => true,
        FileType::File => text.ends_with(['/', '\\']),
    };
    let name = match safe_name(&text) {
        Ok(name) => name,
        Err(why) => {
            return refuse(format!(
                "{why}; make the archive again with plain relative names"
            ));
        }
    };
    if folder {
        return Some(Ok(Entry::Folder));
    }
    let method = match method {
        0 if flags & PATCH == 0 => Method::Stored,
        8 if flags & PATCH == 0 => Method::Deflated,
        other => {
            let method = method_name(other);
            return refuse(format!(
                "is compressed with {method}; make the archive again with ordinary zip compression (Deflate)"
            ));
        }
    };
    if method == Method::Stored && compressed != size {
        return refuse("has two different sizes: the archive is damaged; make it again".into());
    }
    let Some(start) = start.checked_add(offset) else {
        return refuse("lies outside the archive: the archive is damaged; make it again".into());
    };
    let range = Want { start, end: start };
    let raw_name = raw_name.to_vec();
    Some(Ok(Entry::File(Member {
        name,
        method,
        compressed,
        size,
        crc32,
        range,
        raw_name,
    })))
}

// General purpose flags [4.4.4].
const ENCRYPTED: u16 = 1;
const PATCH: u16 = 1 << 5;
const STRONGLY_ENCRYPTED: u16 = 1 << 6;
const MASKED: u16 = 1 << 13;

/// The method that stands for "encrypted, the real method is in an extra field" [4.4.5].
const AES: u16 = 99;

/// The content of the zip64 extra field [4.5.3], empty if there is none.
fn zip64(extra: &[u8]) -> &[u8] {
    let mut fields = Fields(extra);
    std::iter::from_fn(|| fields.extra())
        .find_map(|(id, content)| (id == 1).then_some(content))
        .unwrap_or_default()
}

enum FileType {
    File,
    Folder,
    Link,
    Special,
}

/// The Unix file type in the upper half of the external attributes, if a Unix or macOS wrote them
/// [4.4.2.2, 4.4.15]. Zero is common and means an ordinary file.
fn file_type(made_by: u16, external: u32) -> FileType {
    let unix = matches!(made_by >> 8, 3 | 19);
    match external >> 28 {
        0o12 if unix => FileType::Link,
        0o04 if unix => FileType::Folder,
        // 0o01, a pipe, is what Info-ZIP writes for a member it read from one.
        0 | 0o01 | 0o10 => FileType::File,
        _ if unix => FileType::Special,
        _ => FileType::File,
    }
}

/// The name of a compression method [4.4.5].
fn method_name(method: u16) -> String {
    let name = match method {
        0 | 8 => "patch data",
        1 => "Shrink",
        2..=5 => "Reduce",
        6 => "Implode",
        9 => "Deflate64",
        10 | 18 => "an IBM method",
        12 => "bzip2",
        14 => "LZMA",
        20 | 93 => "Zstandard",
        94 => "MP3",
        95 => "xz",
        96 => "JPEG",
        97 => "WavPack",
        98 => "PPMd",
        _ => return format!("an unknown method ({method})"),
    };
    name.into()
}
