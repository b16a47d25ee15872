//! Archives built here, byte by byte where they must be wrong, read back in pieces of every size.
#![allow(clippy::unwrap_used)]

mod pieces;
mod refusals;

use super::wire::{CENTRAL, END, END64, LOCAL, LOCATOR};
use super::*;
use crate::error::Result;
use crate::source::Progress;

/// Drives a directory over bytes in memory, `piece` bytes at a time.
fn list(zip: &[u8], piece: usize) -> Result<Vec<Member>> {
    let mut directory = Directory::new("a.zip", zip.len() as u64);
    let mut ranges = 0;
    while let Some(want) = directory.want() {
        let range = &zip[want.start as usize..want.end as usize];
        range.chunks(piece).for_each(|piece| directory.push(piece));
        directory.end()?;
        ranges += 1;
        assert!(ranges <= 4, "at most: head, tail, zip64 record, list");
    }
    directory.members()
}

fn unpack(zip: &[u8], member: &Member, piece: usize) -> Result<Vec<u8>> {
    let (mut inflate, mut bytes) = (Inflate::new(member), Vec::new());
    for piece in zip[member.range.start as usize..member.range.end as usize].chunks(piece) {
        if inflate.push(piece, &mut |out| bytes.extend_from_slice(out))? == Progress::Enough {
            break;
        }
    }
    inflate.end()?;
    assert_eq!(inflate.unpacked(), bytes.len() as u64);
    Ok(bytes)
}

type Files = Vec<(String, Vec<u8>)>;

fn read(zip: &[u8], piece: usize) -> Result<Files> {
    let members = list(zip, piece)?;
    members
        .iter()
        .map(|member| Ok((member.name.clone(), unpack(zip, member, piece)?)))
        .collect()
}

fn pack(files: &[(impl AsRef<str>, impl AsRef<[u8]>)], piece: usize) -> Vec<u8> {
    let (mut pack, mut zip) = (Pack::new(), Vec::new());
    for (name, bytes) in files {
        pack.start(name.as_ref()).unwrap();
        for piece in bytes.as_ref().chunks(piece) {
            pack.write(piece).unwrap();
            zip.append(&mut pack.take());
        }
        pack.finish_member().unwrap();
    }
    pack.finish().unwrap();
    zip.append(&mut pack.take());
    zip
}

/// A stored entry with everything open to lies.
#[derive(Clone)]
struct Raw {
    name: &'static [u8],
    data: &'static [u8],
    made_by: u16,
    flags: u16,
    method: u16,
    crc32: u32,
    size: u32,
    extra: Vec<u8>,
    disk: u16,
    external: u32,
    start: Option<u32>,
    local_name: &'static [u8],
}

fn raw(name: &'static [u8]) -> Raw {
    let data = b"a,b\n1,2\n";
    let mut crc = flate2::Crc::new();
    crc.update(data);
    let (crc32, size) = (crc.sum(), data.len() as u32);
    let (made_by, flags, method, disk, external) = (3 << 8, 0, 0, 0, 0);
    Raw {
        name,
        data,
        made_by,
        flags,
        method,
        crc32,
        size,
        extra: vec![],
        disk,
        external,
        start: None,
        local_name: name,
    }
}

fn shorts(values: &[u16]) -> Vec<u8> {
    values
        .iter()
        .flat_map(|value| value.to_le_bytes())
        .collect()
}

fn longs(values: &[u32]) -> Vec<u8> {
    values
        .iter()
        .flat_map(|value| value.to_le_bytes())
        .collect()
}

/// Entries, then end records made by `ends` from the number of entries and the list's size and start.
fn build(entries: &[Raw], ends: fn(u16, u32, u32) -> Vec<u8>) -> Vec<u8> {
    let (mut zip, mut list) = (Vec::new(), Vec::new());
    for e in entries {
        let start = e.start.unwrap_or(zip.len() as u32);
        let (data, name) = (e.data.len() as u32, e.name.len() as u16);
        let time = [e.flags, e.method, 0, 33];
        zip.extend(
            [
                longs(&[LOCAL]),
                shorts(&[20]),
                shorts(&time),
                longs(&[e.crc32, data, e.size]),
            ]
            .concat(),
        );
        zip.extend(
            [
                &shorts(&[e.local_name.len() as u16, 0])[..],
                e.local_name,
                e.data,
            ]
            .concat(),
        );
        list.extend([longs(&[CENTRAL]), shorts(&[e.made_by, 20]), shorts(&time)].concat());
        list.extend(
            [
                longs(&[e.crc32, data, e.size]),
                shorts(&[name, e.extra.len() as u16, 0, e.disk, 0]),
            ]
            .concat(),
        );
        list.extend([&longs(&[e.external, start])[..], e.name, &e.extra].concat());
    }
    let ends = ends(entries.len() as u16, list.len() as u32, zip.len() as u32);
    [zip, list, ends].concat()
}

fn end(entries: u16, size: u32, start: u32) -> Vec<u8> {
    [
        longs(&[END]),
        shorts(&[0, 0, entries, entries]),
        longs(&[size, start]),
        shorts(&[0]),
    ]
    .concat()
}

fn end64(entries: u16, size: u32, start: u32) -> Vec<u8> {
    let (e, at) = (u32::from(entries), start + size);
    let record = [
        longs(&[END64, 44, 0]),
        shorts(&[45, 45]),
        longs(&[0, 0, e, 0, e, 0, size, 0, start, 0]),
    ]
    .concat();
    [
        record,
        longs(&[LOCATOR, 0, at, 0, 1]),
        end(u16::MAX, u32::MAX, u32::MAX),
    ]
    .concat()
}
