//! All keys of one file, of both sides: 24 bytes for each and 11 to 21 in the table by which it is
//! found. This is what memory is spent on.

use std::cell::Cell;

use crate::check::Print;

/// Something that is known of a key.
pub(super) type Flag = u32;

/// A record of OLD has it.
pub(super) const OLD: Flag = 1;
/// A record of NEW has it.
pub(super) const NEW: Flag = 1 << 1;
/// The records of both sides are not the same.
pub(super) const CHANGED: Flag = 1 << 2;
/// This pass has met a record with it.
pub(super) const SEEN: Flag = 1 << 3;
/// The record of NEW says that it is to be deleted.
pub(super) const MARKED: Flag = 1 << 4;
/// The receiver takes its record for one with another key, of the other side.
pub(super) const PAIRED: Flag = 1 << 5;
/// The record of OLD is at hand.
pub(super) const HELD: Flag = 1 << 6;
/// Both records were put side by side.
pub(super) const DONE: Flag = 1 << 7;
/// A record of OLD says where the record belongs.
pub(super) const LENT_OLD: Flag = 1 << 8;
/// A record of NEW says so.
pub(super) const LENT_NEW: Flag = 1 << 9;
/// It is most likely the same as one with another key, of the other side.
pub(super) const TWIN: Flag = 1 << 10;
/// The receiver keeps its record, although NEW lacks it.
pub(super) const KEPT: Flag = 1 << 11;

/// Bits of flags; the others say where the record belongs.
const FLAGS: u32 = 12;

/// The most places where a record can belong.
pub(super) const MOST_SCHOOLS: usize = 1 << (32 - FLAGS);

/// Keys that stand together, so that nothing is copied as there are more.
const CHUNK: usize = 1 << 13;

/// The most keys: the table has 32 bits for the number of each.
const MOST: usize = if cfg!(test) {
    1 << 15
} else {
    u32::MAX as usize
};

/// No key.
const EMPTY: u64 = u64::MAX;

/// Tables with fewer places than this stay in cache.
const LARGE: usize = 1 << 14;

/// A key and what is known of it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Entry {
    high: u64,
    /// First the fingerprint of the record, of 64 bits. Later, of a key of NEW that is paired, the key
    /// of OLD; of a record of OLD that is held, where.
    pub content: u64,
    low: u32,
    bits: u32,
}

impl Entry {
    pub fn has(&self, flag: Flag) -> bool {
        self.bits & flag != 0
    }

    pub fn set(&mut self, flag: Flag) {
        self.bits |= flag;
    }

    pub fn unset(&mut self, flags: Flag) {
        self.bits &= !flags;
    }

    /// Where the record belongs; 0 is nowhere.
    pub fn school(&self) -> u32 {
        self.bits >> FLAGS
    }

    pub fn set_school(&mut self, school: u32) {
        self.bits = school << FLAGS | self.bits & ((1 << FLAGS) - 1);
    }

    pub fn print(&self) -> Print {
        Print {
            high: self.high,
            low: self.low,
        }
    }
}

/// Keys by their fingerprints.
#[derive(Default)]
pub(super) struct Keys {
    entries: Vec<Vec<Entry>>,
    len: usize,
    /// Where each key is, below the upper bits of its fingerprint, in whose order they stand; open
    /// addressing. Most keys that are not looked for are passed over without being read.
    table: Vec<u64>,
    shift: u32,
    /// The key that was looked up last: both sides mostly have their records in one order, so the next
    /// one is likely to be asked for next.
    last: Cell<usize>,
    /// There was no room for a key: what is known is not whole, and nothing more is noted.
    is_full: bool,
    /// Keys that were looked up since [`Keys::warm`] and were not there.
    strays: Cell<usize>,
}

impl Keys {
    pub fn get(&self, at: usize) -> &Entry {
        &self.entries[at / CHUNK][at % CHUNK]
    }

    pub fn get_mut(&mut self, at: usize) -> &mut Entry {
        &mut self.entries[at / CHUNK][at % CHUNK]
    }

    /// All keys, in the order in which they came.
    pub fn iter(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().flatten()
    }

    /// Forgets a flag of all keys.
    pub fn unset(&mut self, flags: Flag) {
        let all = self.entries.iter_mut().flatten();
        all.for_each(|entry| entry.unset(flags));
    }

    /// The number of a key.
    pub fn find(&self, print: Print) -> Option<usize> {
        let known = self.guess(print).or_else(|| self.look(print).ok())?;
        self.last.set(known);
        Some(known)
    }

    /// Whether there was no room for a key.
    pub fn is_full(&self) -> bool {
        self.is_full
    }

    /// The number of a key, which is noted where it is new; that of another one where there is no room.
    pub fn enter(&mut self, print: Print) -> usize {
        let at = match self.guess(print) {
            Some(known) => known,
            None => self.note(print),
        };
        self.last.set(at);
        at
    }

    /// The number of a key, which may be new and is not where it was likely.
    fn note(&mut self, print: Print) -> usize {
        let is_crowded = (self.len + 1) * 4 > self.table.len() * 3;
        self.is_full |= is_crowded && self.grow().is_none();
        if !self.is_full && self.len.is_multiple_of(CHUNK) && self.look(print).is_err() {
            self.is_full = self.widen().is_none();
        }
        match self.look(print) {
            Ok(at) => at,
            Err(_) if self.is_full => 0,
            Err(slot) => {
                let Print { high, low } = print;
                self.entries[self.len / CHUNK].push(Entry {
                    high,
                    low,
                    ..Entry::default()
                });
                self.table[slot] = high >> 32 << 32 | self.len as u64;
                self.len += 1;
                self.len - 1
            }
        }
    }

    /// The key where it is likely to be.
    fn guess(&self, print: Print) -> Option<usize> {
        let last = self.last.get();
        let mut likely = [last + 1, last].into_iter();
        likely.find(|at| *at < self.len && self.is(*at, print))
    }

    fn is(&self, at: usize, print: Print) -> bool {
        let Entry { high, low, .. } = *self.get(at);
        high == print.high && low == print.low
    }

    /// Reads what will be looked up next, all of it at once: where keys come in no order, waiting for
    /// one after the other takes most of the time.
    pub fn warm(&self, prints: &[Option<Print>]) {
        let strays = self.strays.replace(0);
        if self.table.len() < LARGE || strays * 4 < prints.len() {
            return;
        }
        let prints = prints.iter().flatten();
        let mut likely: Vec<usize> = Vec::with_capacity(prints.size_hint().0);
        likely.extend(prints.map(|print| {
            let at = self.table[self.slot(print.high)] as u32 as usize;
            at.min(self.len.saturating_sub(1))
        }));
        let read = likely.iter().map(|at| self.get(*at).high);
        std::hint::black_box(read.fold(0, |sum, high| sum ^ high));
    }

    /// The key with this print, or the empty place where it would be noted.
    fn look(&self, print: Print) -> Result<usize, usize> {
        self.strays.set(self.strays.get() + 1);
        if self.table.is_empty() {
            return Err(0);
        }
        let mut slot = self.slot(print.high);
        loop {
            let entry = self.table[slot];
            if entry == EMPTY {
                return Err(slot);
            }
            let at = entry as u32 as usize;
            if entry >> 32 == print.high >> 32 && self.is(at, print) {
                return Ok(at);
            }
            slot = (slot + 1) & (self.table.len() - 1);
        }
    }

    /// The place of the table where the search for a key begins.
    fn slot(&self, high: u64) -> usize {
        (high >> self.shift) as usize
    }

    /// Makes room for more keys; none where there is no memory.
    fn widen(&mut self) -> Option<()> {
        let mut more = Vec::new();
        // Most files are small: the first list grows as it has to.
        let room = if self.len == 0 { 1 } else { CHUNK };
        more.try_reserve_exact(room).ok()?;
        self.entries.try_reserve(1).ok()?;
        self.entries.push(more);
        (self.len < MOST).then_some(())
    }

    /// Makes the table twice as large; none where there is no memory.
    fn grow(&mut self) -> Option<()> {
        let size = (self.table.len() * 2).max(64);
        let mut table = Vec::new();
        table.try_reserve_exact(size).ok()?;
        table.resize(size, EMPTY);
        self.shift = 64 - size.trailing_zeros();
        let old = std::mem::replace(&mut self.table, table);
        // The order stays: old places are read, and new ones written, from the first to the last.
        for entry in old.into_iter().filter(|entry| *entry != EMPTY) {
            let mut slot = self.slot(entry >> 32 << 32);
            while self.table[slot] != EMPTY {
                slot = (slot + 1) & (size - 1);
            }
            self.table[slot] = entry;
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::print;

    #[test]
    fn keys_are_found_again_and_their_bits_stay_apart() {
        let mut keys = Keys::default();
        let key = |n: usize| print([n.to_string().as_bytes()]);
        for n in 0..30_000 {
            assert_eq!(keys.enter(key(n)), n);
            keys.get_mut(n).set_school(n as u32);
            keys.get_mut(n).set(NEW | LENT_NEW);
        }
        keys.unset(NEW);
        for n in (0..30_000).rev() {
            assert_eq!((keys.enter(key(n)), keys.find(key(n))), (n, Some(n)));
            let entry = keys.get(n);
            assert_eq!(entry.print(), key(n));
            assert_eq!(entry.school(), n as u32);
            assert!(entry.has(LENT_NEW) && !entry.has(NEW | OLD | CHANGED));
        }
        assert_eq!(keys.find(key(30_000)), None);
        assert_eq!(keys.iter().count(), 30_000);
        assert!(std::mem::size_of::<Entry>() <= 24);
    }
}
