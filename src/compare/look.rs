//! Records of both sides put side by side: which fields differ, and a few of them to show. Those of
//! OLD are held as far as there is room; where there is not, both files are read once more.

use super::differences::{differences, is_renamed};
use super::file::File;
use super::guards;
use super::keys::{CHANGED, DONE, HELD, KEPT, MARKED, NEW, OLD, PAIRED};
use super::matching::plain;
use super::rows::{Row, SURPLUS};
use crate::check::Mode;
use crate::formats::Missing;
use crate::report::compare::{Sample, What};

/// Bytes of records of OLD that are held at once. The same everywhere: samples depend on it.
const ROOM: usize = if cfg!(test) { 1 << 9 } else { 32 << 20 };

/// What is looked at, and what for.
#[derive(Default)]
pub(super) struct Look {
    /// Records of OLD, as [`Row::write`] wrote them.
    held: Vec<u8>,
    /// Records that found no room.
    left: bool,
    /// Both files were read before.
    again: bool,
    text: Vec<u8>,
    /// Samples of each sort that are shown.
    keep: usize,
    /// How many of them still have room.
    wanted: [usize; 4],
}

/// Where what was seen goes.
pub(super) enum Sink<'a> {
    /// It is counted, and some of it kept.
    Count,
    /// It is written, all of it.
    Rows(&'a mut dyn FnMut(Sample, u32)),
}

impl Look {
    /// A first look, of which so many samples of each sort are kept.
    pub fn new(keep: usize) -> Look {
        Look {
            keep,
            wanted: [keep; 4],
            ..Look::default()
        }
    }

    /// Whether the files are read for the first time.
    pub fn is_first(&self) -> bool {
        !self.again
    }

    /// Both files were read: whether they have to be read again.
    pub fn is_left(&mut self) -> bool {
        self.held.clear();
        self.again = true;
        std::mem::take(&mut self.left)
    }

    /// Takes a record of OLD; its key has this number.
    pub fn old(&mut self, file: &mut File, at: usize, row: &Row<'_>, sink: &mut Sink<'_>) {
        let entry = *file.keys.get(at);
        if entry.has(CHANGED) {
            if !entry.has(DONE) && self.held.len() < ROOM {
                let entry = file.keys.get_mut(at);
                entry.set(HELD);
                entry.content = self.held.len() as u64;
                self.text.clear();
                row.write(&file.counts, &mut self.text);
                self.held
                    .extend_from_slice(&(self.text.len() as u32).to_le_bytes());
                self.held.extend_from_slice(&self.text);
            } else if !entry.has(DONE) {
                self.left = true;
            }
        } else if !entry.has(NEW | PAIRED) && !self.again && file.mode() == Mode::Bulk {
            let what = match file.missing {
                Missing::Archived if !entry.has(KEPT) => What::Removed,
                _ => What::Missing,
            };
            self.tell(file, what, row, entry.school(), sink);
        }
    }

    /// Takes a record of NEW.
    pub fn new_side(
        &mut self,
        files: &mut [File],
        n: usize,
        at: usize,
        row: &Row<'_>,
        sink: &mut Sink<'_>,
    ) {
        let file = &mut files[n];
        let entry = *file.keys.get(at);
        let of_old = match entry.has(PAIRED) {
            true => entry.content as usize,
            false => at,
        };
        if file.keys.get(of_old).has(HELD) {
            self.compare(files, n, of_old, row, entry.school(), sink);
        } else if !self.again && entry.has(MARKED) && entry.has(OLD) {
            self.tell(file, What::Removed, row, entry.school(), sink);
        } else if !self.again && !entry.has(OLD | PAIRED | MARKED) {
            self.tell(file, What::Added, row, entry.school(), sink);
        }
    }

    /// Puts a record beside that of OLD, which is held.
    fn compare(
        &mut self,
        files: &mut [File],
        n: usize,
        of_old: usize,
        row: &Row<'_>,
        school: u32,
        sink: &mut Sink<'_>,
    ) {
        let file = &files[n];
        let from = file.keys.get(of_old).content as usize;
        let (length, rest) = self.held[from..].split_at(4);
        let length = length
            .iter()
            .rev()
            .fold(0, |sum, b| sum << 8 | usize::from(*b));
        self.text.clear();
        row.write(&file.counts, &mut self.text);
        let mut differences = differences(&rest[..length], &self.text);
        differences.retain(|one| !is_renamed(files, file, one));
        let key = file.shown_key(row);
        let slight = differences
            .iter()
            .all(|one| plain(one.old) == plain(one.new));
        let samples = differences.iter().map(|one| Sample {
            key: key.clone(),
            what: What::Changed,
            field: Some(field_name(file, one.slot)),
            old: Some(file.shown(one.slot, one.old)),
            new: Some(file.shown(one.slot, one.new)),
        });
        let mut kept = Vec::new();
        match sink {
            Sink::Rows(each) => samples.for_each(|sample| each(sample, school)),
            Sink::Count => {
                let room = &mut self.wanted[What::Changed as usize];
                kept.extend(samples.take(*room));
                *room -= kept.len();
            }
        }
        let slots: Vec<usize> = differences.iter().map(|one| one.slot).collect();
        if let (Sink::Count, false) = (&sink, slots.is_empty()) {
            let is_paired = files[n].keys.get(of_old).has(PAIRED);
            let sides = (&rest[..length], self.text.as_slice());
            guards::compare_record(files, n, (row, is_paired), sides, &slots, self.keep);
        }
        let file = &mut files[n];
        let entry = file.keys.get_mut(of_old);
        entry.unset(HELD);
        entry.set(DONE);
        if slots.is_empty() {
            entry.unset(CHANGED);
        }
        if let Sink::Count = sink {
            file.samples.extend(kept);
            file.slight += u64::from(slight && !slots.is_empty());
            for slot in slots {
                let last = file.fields.len() - 1;
                file.fields[slot.min(last)] += 1;
            }
        }
    }

    fn tell(
        &mut self,
        file: &mut File,
        what: What,
        row: &Row<'_>,
        school: u32,
        sink: &mut Sink<'_>,
    ) {
        let sample = |file: &File| Sample {
            key: file.shown_key(row),
            what,
            field: None,
            old: None,
            new: None,
        };
        match sink {
            Sink::Rows(each) => each(sample(file), school),
            Sink::Count => {
                let room = &mut self.wanted[what as usize];
                if *room > 0 {
                    *room -= 1;
                    let sample = sample(file);
                    file.samples.push(sample);
                }
            }
        }
    }
}

/// The name of a slot for people.
fn field_name(file: &File, slot: usize) -> String {
    match slot.checked_sub(SURPLUS) {
        Some(position) => format!("column {}", position + 1),
        None => file.names[slot].clone(),
    }
}
