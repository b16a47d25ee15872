//! An archive's list of contents: which byte ranges of the file are needed, and what they say.
//! Reads the file's first bytes (what is it?), its last ones (where is the list?), then the list.

use std::collections::BTreeMap;

use super::entry::{self, Entry};
use super::tail::{End, Tail, read_record, read_tail};
use super::wire::{END_SIZE, END64_SIZE, Fields, LOCAL_SIZE, LOCATOR_SIZE};
use super::{LONGEST_DIRECTORY, MOST_ENTRIES, Member, is_zip};
use crate::error::{Error, Result};
use crate::order::sort_by_key;
use crate::source::{Want, looks_like};

/// Enough of the file's start to say what it is.
const HEAD: u64 = 64;
/// Enough of its end for the longest comment and all end records.
const TAIL: u64 = (END64_SIZE + LOCATOR_SIZE + END_SIZE + u16::MAX as usize) as u64;

/// Reads an archive's list of contents.
///
/// While [`want`](Self::want) names a range: push its bytes in pieces of any size, then call
/// [`end`](Self::end). After that take the [`members`](Self::members).
#[derive(Debug)]
pub struct Directory {
    archive: String,
    size: u64,
    /// What the first bytes look like.
    seems: &'static str,
    /// Whether they begin a zip.
    begins: bool,
    stage: Stage,
    /// What was pushed of the present stage's range.
    bytes: Vec<u8>,
}

#[derive(Debug)]
enum Stage {
    /// The first bytes.
    Head,
    /// The last bytes, which hold the end records.
    Tail,
    /// The zip64 end record, where it is not just before its locator.
    Record(u64, End),
    /// The list itself: its range, how many entries, and how many bytes lie before the archive's
    /// first one.
    List {
        range: Want,
        entries: u64,
        offset: u64,
    },
    Done(Vec<Member>),
    /// After an error.
    Failed,
}

impl Directory {
    /// Begins with an archive of `size` bytes; `archive` is its name, for messages.
    pub fn new(archive: &str, size: u64) -> Self {
        let archive = archive.to_owned();
        Directory {
            archive,
            size,
            seems: "",
            begins: false,
            stage: Stage::Head,
            bytes: Vec::new(),
        }
    }

    /// The range wanted next; `None` once the list is read. What was pushed is not wanted again, so
    /// an empty range means that it is time for [`end`](Self::end).
    pub fn want(&self) -> Option<Want> {
        let Want { start, end } = match self.stage {
            Stage::Head => Want {
                start: 0,
                end: HEAD.min(self.size),
            },
            Stage::Tail => Want {
                start: self.size.saturating_sub(TAIL),
                end: self.size,
            },
            Stage::Record(at, _) => Want {
                start: at,
                end: at + END64_SIZE as u64,
            },
            Stage::List { range, .. } => range,
            Stage::Done(_) | Stage::Failed => return None,
        };
        Some(Want {
            start: start + self.bytes.len() as u64,
            end,
        })
    }

    /// Takes the next bytes of the wanted range; those beyond it are ignored.
    pub fn push(&mut self, bytes: &[u8]) {
        let room = self.want().map_or(0, Want::size);
        let count = usize::try_from(room).map_or(bytes.len(), |room| room.min(bytes.len()));
        self.bytes.extend_from_slice(&bytes[..count]);
    }

    /// The wanted range is at its end: reads it and settles what is wanted next.
    ///
    /// # Errors
    /// The file is not a zip, cut short, in several parts, damaged, or holds what is refused: see
    /// the [module](super).
    pub fn end(&mut self) -> Result<()> {
        if self.want().is_some_and(|rest| rest.size() > 0) {
            return Err(self.refuse("became shorter while it was read; try again"));
        }
        let bytes = std::mem::take(&mut self.bytes);
        self.stage = match std::mem::replace(&mut self.stage, Stage::Failed) {
            Stage::Head => {
                (self.seems, self.begins) = (looks_like(&bytes), is_zip(&bytes));
                Stage::Tail
            }
            Stage::Tail => match read_tail(&bytes, self.size) {
                Err(what) => return Err(self.refuse(what)),
                Ok(Tail::None) => return Err(self.no_end()),
                Ok(Tail::Record(at, small)) => Stage::Record(at, small),
                Ok(Tail::End(end)) => self.locate(end)?,
            },
            Stage::Record(at, small) => {
                let end = read_record(&bytes, at, small).map_err(|what| self.refuse(what))?;
                self.locate(end)?
            }
            Stage::List {
                range,
                entries,
                offset,
            } => {
                let members = self.read_list(&bytes, entries, offset)?;
                Stage::Done(settle_ranges(members, range.start)?)
            }
            done => done,
        };
        Ok(())
    }

    /// The files of the archive, in the order of its list.
    ///
    /// # Errors
    /// A bug: the list was not read to its end.
    pub fn members(self) -> Result<Vec<Member>> {
        match self.stage {
            Stage::Done(members) => Ok(members),
            _ => Err(Error::bug(
                "a zip's list of contents was taken before it was read",
            )),
        }
    }

    fn refuse(&self, what: impl Into<String>) -> Error {
        Error::archive(&self.archive, what)
    }

    /// There is no end record.
    fn no_end(&self) -> Error {
        if self.begins {
            return self.refuse("is cut short: its list of contents, at the end, is missing; copy or download it again");
        }
        self.refuse(format!(
            "is not a zip archive; it seems to be {}",
            self.seems
        ))
    }

    /// Where the list is. It ends where the end records begin; what is then left before the archive
    /// was put there later, as in self-extracting archives.
    fn locate(&self, end: End) -> Result<Stage> {
        if end.entries > MOST_ENTRIES {
            return Err(self.refuse(format!(
                "has {} entries; at most {MOST_ENTRIES} are read",
                end.entries
            )));
        }
        if end.size > LONGEST_DIRECTORY {
            return Err(self.refuse(format!(
                "has a list of contents of {} bytes; at most {LONGEST_DIRECTORY} are read",
                end.size
            )));
        }
        let start = end.at.checked_sub(end.size);
        let offset = start.and_then(|start| start.checked_sub(end.start));
        match (start, offset) {
            // The file begins as a zip, but this zip begins later: it is another one's last member.
            (Some(_), Some(offset)) if offset > 0 && self.begins => Err(self.no_end()),
            (Some(start), Some(offset)) => Ok(Stage::List {
                range: Want { start, end: end.at },
                entries: end.entries,
                offset,
            }),
            _ => {
                Err(self
                    .refuse("lacks bytes in the middle or at the start; copy or download it again"))
            }
        }
    }

    fn read_list(&self, bytes: &[u8], entries: u64, offset: u64) -> Result<Vec<Member>> {
        let damaged = || self.refuse("has a damaged list of contents; copy or download it again");
        let mut list = Fields(bytes);
        let mut members = Vec::new();
        let mut names: BTreeMap<String, String> = BTreeMap::new();
        for _ in 0..entries {
            let Entry::File(member) = entry::take(&mut list, offset).ok_or_else(damaged)?? else {
                continue;
            };
            // Windows, macOS and most receivers do not tell `A.csv` from `a.csv`.
            if let Some(first) = names.insert(member.name.to_lowercase(), member.name.clone()) {
                let what =
                    format!("is in the archive twice (first as `{first}`); keep the one you mean");
                return Err(Error::entry(&member.name, what));
            }
            members.push(member);
        }
        if list.0.is_empty() {
            Ok(members)
        } else {
            Err(damaged())
        }
    }
}

/// Gives every member its range: up to the next member, and no further than its longest possible
/// local header and its data. `limit` is where the list begins.
fn settle_ranges(mut members: Vec<Member>, limit: u64) -> Result<Vec<Member>> {
    let mut order: Vec<usize> = (0..members.len()).collect();
    sort_by_key(&mut order, |index| members[*index].range.start);
    let mut bound = limit;
    for index in order.into_iter().rev() {
        let member = &mut members[index];
        let start = member.range.start;
        let least = start
            .checked_add((LOCAL_SIZE + member.raw_name.len()) as u64)
            .and_then(|data| data.checked_add(member.compressed))
            .filter(|end| *end <= bound);
        let Some(least) = least else {
            return Err(overlap(&member.name));
        };
        member.range.end = bound.min(least.saturating_add(u16::MAX.into()));
        bound = start;
    }
    Ok(members)
}

/// A member reaches into the next one or into the list of contents.
pub(super) fn overlap(name: &str) -> Error {
    Error::entry(
        name,
        "shares bytes with another part of the archive: the archive is damaged or built to deceive; make it again",
    )
}
