//! What a receiver does not change, see [`Protected`]: records of OLD that NEW would have it change
//! there. A table of the format says what is guarded; nothing here knows whose rule it is.

use super::file::{File, Told};
use super::keys::{NEW, OLD, PAIRED};
use super::matching::plain;
use super::rows::{Row, cells};
use crate::check::print;
use crate::formats::{Guards, Protected};
use crate::records::trim;

/// A row of the table for one file, and what was found.
pub(super) struct Guard {
    pub row: Protected,
    /// The slot that has to hold one of some values, without case.
    when: Option<(usize, Vec<String>)>,
    slots: Vec<usize>,
    /// The file, by its number, whose records the first slot names.
    to: Option<usize>,
    /// What the records of OLD say, and for each record of that file which of these.
    words: Vec<String>,
    said: Vec<u16>,
    /// Records, or items, that would change.
    pub told: Told,
    /// Items of NEW that are none of the same record of OLD.
    pub unmatched: Told,
    /// Items that stand twice in the list of a record.
    pub ambiguous: Told,
}

/// An item of a list that goes by what it says, and what stands in its place in another list.
struct Item<'a> {
    /// Without case.
    title: String,
    text: String,
    other: &'a [u8],
}

impl Guard {
    /// The guards of the file with this number, as far as the layout has what they look at.
    pub fn all(table: &[Protected], files: &[File], at: usize) -> Vec<Guard> {
        let spec = files[at].spec();
        let rows = table.iter().filter(|row| row.file == spec.name);
        let guards = rows.filter_map(|row| {
            let when = match &row.when {
                Some(when) => Some((spec.field(&when.field)?, when.values.clone())),
                None => None,
            };
            let slots = row.fields.iter().map(|field| spec.field(field));
            let slots = slots.collect::<Option<Vec<usize>>>()?;
            let first = slots.first().map(|slot| &spec.fields[*slot]);
            let to = first.and_then(|field| field.reference.as_ref());
            let to = to.and_then(|to| files.iter().position(|file| file.name() == to.file));
            Some(Guard {
                row: row.clone(),
                when,
                slots,
                to,
                words: Vec::new(),
                said: Vec::new(),
                told: Told::default(),
                unmatched: Told::default(),
                ambiguous: Told::default(),
            })
        });
        guards.collect()
    }

    fn is_about(&self, row: &Row<'_>) -> bool {
        self.when.as_ref().is_none_or(|(slot, values)| {
            let cell = plain(&row.cell(*slot));
            values.iter().any(|value| value.to_lowercase() == cell)
        })
    }

    /// The file that is spoken of, the slot that names a record of it, and the slot that says
    /// something of that record.
    fn word(&self) -> Option<(usize, [usize; 2])> {
        let slots = self.slots.as_slice().try_into().ok()?;
        let to = self.to.filter(|_| self.row.guards == Guards::Word)?;
        Some((to, slots))
    }

    /// The bit of a word; none where there are more words than bits, which then all count as said.
    fn bit(&mut self, word: String) -> u16 {
        let at = self.words.iter().position(|known| *known == word);
        let at = at.unwrap_or_else(|| {
            self.words.push(word);
            self.words.len() - 1
        });
        1u16.checked_shl(at as u32).unwrap_or(u16::MAX)
    }

    /// The items that go by what they say, of a list in each record.
    fn items(&mut self, keep: usize, key: &str, old: &[u8], new: &[u8]) {
        let [title, other] = self.slots[..] else {
            return;
        };
        let list = |record, slot| -> Vec<&[u8]> {
            let cell = cells(record).find(|cell| cell.0 == slot);
            let items = cell.map_or(&[][..], |cell| cell.1).split(|b| *b == b',');
            items.map(trim).collect()
        };
        let pairs = |record| -> Vec<Item<'_>> {
            let (titles, others) = (list(record, title), list(record, other));
            let item = |(at, title): (usize, &&[u8])| Item {
                title: plain(title),
                text: String::from_utf8_lossy(title).into_owned(),
                other: others.get(at).copied().unwrap_or_default(),
            };
            let all = titles.iter().enumerate().map(item);
            all.filter(|item| !item.title.is_empty()).collect()
        };
        let (old, new) = (pairs(old), pairs(new));
        for item in &new {
            let same = |of: &[Item<'_>]| of.iter().filter(|one| one.title == item.title).count();
            let known = old.iter().find(|one| one.title == item.title);
            let shown = || format!("{key}: {}", item.text);
            match (known, same(&old), same(&new)) {
                (None, ..) => self.unmatched.add(keep, shown),
                (Some(known), 1, 1) if known.other != item.other => self.told.add(keep, || {
                    let [old, new] = [known, item].map(|item| String::from_utf8_lossy(item.other));
                    format!("{}: {old} → {new}", shown())
                }),
                (_, 1, 1) => {}
                _ => self.ambiguous.add(keep, shown),
            }
        }
    }
}

/// Takes what a record of OLD says of another one.
pub(super) fn hear(files: &mut [File], at: usize, row: &Row<'_>) {
    with(files, at, |files, guard| {
        if let Some((to, [named, said])) = guard.word()
            && guard.is_about(row)
            && !row.is_blank(named)
        {
            let key = files[to].keys.enter(print([&*row.cell(named)]));
            let bit = guard.bit(plain(&row.cell(said)));
            if guard.said.len() <= key {
                guard.said.resize(key + 1, 0);
            }
            guard.said[key] |= bit;
        }
    });
}

/// Takes what a record of NEW says of another one.
pub(super) fn compare_word(files: &mut [File], at: usize, row: &Row<'_>, keep: usize) {
    with(files, at, |files, guard| {
        let Some((to, [named, said])) = guard.word().filter(|_| guard.is_about(row)) else {
            return;
        };
        let keys = &files[to].keys;
        let Some(key) = keys.find(print([&*row.cell(named)])) else {
            return;
        };
        let entry = keys.get(key);
        let of_old = match entry.has(NEW) && entry.has(PAIRED) {
            true => entry.content as usize,
            false => key,
        };
        let before = guard.said.get(of_old).copied().unwrap_or_default();
        let word = plain(&row.cell(said));
        if keys.get(of_old).has(OLD) && before != 0 && before & guard.bit(word) == 0 {
            guard.told.add(keep, || row.shown(named));
        }
    });
}

/// Takes a record of NEW that differs from the one that the receiver has.
pub(super) fn compare_record(
    files: &mut [File],
    at: usize,
    (row, is_paired): (&Row<'_>, bool),
    (old, new): (&[u8], &[u8]),
    differences: &[usize],
    keep: usize,
) {
    let key = files[at].shown_key(row);
    let mut is_taken: Vec<&str> = Vec::new();
    with(files, at, |_, guard| {
        let is_here = match guard.row.guards {
            Guards::Word => false,
            Guards::Items => {
                guard.items(keep, &key, old, new);
                false
            }
            Guards::Matched if !is_paired => false,
            Guards::Matched | Guards::Fields => {
                let here = |slot: &usize| guard.slots.is_empty() || guard.slots.contains(slot);
                differences.iter().any(here) && guard.is_about(row)
            }
        };
        // Of one rule, the first row that fits tells of a record.
        if is_here && !is_taken.contains(&guard.row.rule) {
            is_taken.push(guard.row.rule);
            guard.told.add(keep, || key.clone());
        }
    });
}

/// Does something with each guard of a file.
fn with(files: &mut [File], at: usize, mut each: impl FnMut(&mut [File], &mut Guard)) {
    if files[at].guards.is_empty() {
        return;
    }
    let mut guards = std::mem::take(&mut files[at].guards);
    guards.iter_mut().for_each(|guard| each(files, guard));
    files[at].guards = guards;
}
