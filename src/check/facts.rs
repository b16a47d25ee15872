//! What one pass over the files gathers for rules that relate records: which keys there are, who
//! named them, and a few numbers and links for each. No record is kept.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use super::Print;

/// A bit that says something of a key: bit `b` that it was so, bit `b + 1` that it was so twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark(u32);

impl Mark {
    /// The `n`th mark of a domain; a domain has room for 31.
    pub(super) fn nth(n: u32) -> Mark {
        debug_assert!(n < 31, "a domain has room for 31 marks");
        Mark(n * 2)
    }

    fn once(self) -> u64 {
        1 << self.0
    }

    fn twice(self) -> u64 {
        2 << self.0
    }
}

/// How a number of many records becomes one number of their key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fold {
    /// The least.
    Least,
    /// The greatest.
    Greatest,
}

/// A key and what is said of it.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    /// The fingerprint: its upper and lower bits; both 0 in an empty slot.
    high: u64,
    flags: u64,
    low: u32,
    /// The first record that has the key; until one does, how often it was named.
    first: u32,
}

impl Slot {
    fn print(&self) -> Print {
        Print::from(self.high) << 32 | Print::from(self.low)
    }

    fn is_empty(&self) -> bool {
        self.high == 0 && self.low == 0
    }

    fn is_owned(&self) -> bool {
        self.flags & OWNED != 0
    }

    fn own(&mut self, record: u32) {
        self.first = if self.is_owned() {
            self.first.min(record)
        } else {
            record
        };
        self.flags |= OWNED;
    }
}

/// The bits that say that a mark was set.
const EVEN: u64 = 0x1555_5555_5555_5555;

/// The flag that some record has the key as its own.
const OWNED: u64 = 1 << 63;

/// What is known of a key.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// The key.
    pub print: Print,
    flags: u64,
    first: u32,
    numbers: &'a [i64],
}

/// A number that no record gave.
const NONE: i64 = i64::MIN;

impl Known<'_> {
    /// Whether the mark was set.
    pub fn has(&self, mark: Mark) -> bool {
        self.flags & mark.once() != 0
    }

    /// Whether it was set twice or more.
    pub fn has_twice(&self, mark: Mark) -> bool {
        self.flags & mark.twice() != 0
    }

    /// The first record, from 0, that set any mark as its own key.
    pub fn first(&self) -> u64 {
        u64::from(self.first)
    }

    /// The `n`th number.
    pub fn number(&self, n: usize) -> Option<i64> {
        self.numbers
            .get(n)
            .copied()
            .filter(|number| *number != NONE)
    }
}

/// Missing keys of a domain that are told apart as causes, at most. Where there are more, those
/// named least are left out, so that it does not matter in which order they were met.
const CAUSES: usize = 2000;

/// All keys of one kind: an open-addressing table of 24 bytes a slot, and 8 per number.
#[derive(Clone, Debug)]
pub struct Domain {
    folds: Vec<Fold>,
    slots: Vec<Slot>,
    numbers: Vec<i64>,
    len: usize,
    /// From key to key: who names whom.
    links: BTreeSet<(Print, Print)>,
    /// How often a missing key has to be named to be told apart as a cause.
    floor: OnceLock<u32>,
}

impl Domain {
    /// An empty domain that keeps one number per fold.
    pub fn new(folds: Vec<Fold>) -> Domain {
        Domain {
            folds,
            slots: Vec::new(),
            numbers: Vec::new(),
            len: 0,
            links: BTreeSet::new(),
            floor: OnceLock::new(),
        }
    }

    /// What is known of a key.
    pub fn get(&self, print: Print) -> Option<Known<'_>> {
        let slot = self.find(print)?;
        (self.slots[slot].print() == print).then(|| self.known(slot))
    }

    /// Reads the slot where a key would be, so that it is near when it is needed.
    pub(super) fn touch(&self, print: Print) -> u64 {
        let mask = self.slots.len().wrapping_sub(1);
        let slot = self.slots.get((print >> 32) as usize & mask);
        slot.map_or(0, |slot| slot.flags)
    }

    /// All keys, in no order.
    pub fn all(&self) -> impl Iterator<Item = Known<'_>> {
        let taken = (0..self.slots.len()).filter(|slot| !self.slots[*slot].is_empty());
        taken.map(|slot| self.known(slot))
    }

    /// Who names whom, in the order of the prints: all who are named by one stand together.
    pub fn links(&self) -> impl Iterator<Item = (Print, Print)> {
        self.links.iter().copied()
    }

    /// Whom a key names.
    pub fn links_of(&self, from: Print) -> impl Iterator<Item = Print> {
        self.links
            .range((from, 0)..=(from, Print::MAX))
            .map(|link| link.1)
    }

    /// Whether a missing key is one of those that explain most.
    pub fn is_cause(&self, print: Print) -> bool {
        let slot = self.find(print).map(|slot| self.slots[slot]);
        slot.is_some_and(|slot| {
            !slot.is_owned() && slot.first >= *self.floor.get_or_init(|| self.floor())
        })
    }

    /// Notes that record `own` has this key as its own.
    pub fn define(&mut self, print: Print, mark: Mark, own: u64) {
        let slot = self.set(print, mark);
        self.slots[slot].own(u32::try_from(own).unwrap_or(u32::MAX));
    }

    /// Notes that a record names this key.
    pub fn mark(&mut self, print: Print, mark: Mark) {
        let slot = self.set(print, mark);
        let slot = &mut self.slots[slot];
        if !slot.is_owned() {
            slot.first = slot.first.saturating_add(1);
        }
    }

    /// Folds a number into the key's `n`th.
    pub fn number(&mut self, print: Print, n: usize, number: i64) {
        let slot = self.slot(print);
        let fold = self.folds[n];
        let mine = &mut self.numbers[slot * self.folds.len() + n];
        *mine = folded(fold, *mine, number);
    }

    /// Notes that `from` names `to`.
    pub fn link(&mut self, from: Print, to: Print) {
        self.links.insert((from, to));
    }

    /// Adds what the part that follows gathered, `records` records further on.
    pub fn merge(&mut self, later: &Domain, records: u64) {
        for slot in (0..later.slots.len()).filter(|slot| !later.slots[*slot].is_empty()) {
            let other = later.slots[slot];
            let at = self.slot(other.print());
            let mine = &mut self.slots[at];
            let owned = (mine.is_owned(), other.is_owned());
            // A mark that both parts set was set twice.
            let both = (mine.flags & other.flags & EVEN) << 1;
            match owned {
                (_, true) => {
                    let first = u64::from(other.first) + records;
                    mine.own(u32::try_from(first).unwrap_or(u32::MAX));
                }
                (true, false) => {}
                (false, false) => mine.first = mine.first.saturating_add(other.first),
            }
            mine.flags |= other.flags | both;
            let mine = at;
            let width = self.folds.len();
            for n in 0..width {
                let number = later.numbers[slot * width + n];
                let old = &mut self.numbers[mine * width + n];
                *old = folded(self.folds[n], *old, number);
            }
        }
        self.links.extend(&later.links);
    }

    /// The least number of namings that no more than [`CAUSES`] missing keys reach.
    fn floor(&self) -> u32 {
        let mut count = [0; 1024];
        let missing = self
            .slots
            .iter()
            .filter(|slot| !slot.is_empty() && !slot.is_owned());
        for slot in missing {
            count[slot.first.min(1023) as usize] += 1;
        }
        let mut sum = 0;
        let fit = (1..1024).rev().take_while(|named| {
            sum += count[*named as usize];
            sum <= CAUSES
        });
        fit.last().unwrap_or(u32::MAX)
    }

    /// Sets a mark, or sets it twice.
    fn set(&mut self, print: Print, mark: Mark) -> usize {
        let slot = self.slot(print);
        let flags = &mut self.slots[slot].flags;
        *flags |= mark.once() | (*flags & mark.once()) << 1;
        slot
    }

    fn known(&self, slot: usize) -> Known<'_> {
        let width = self.folds.len();
        Known {
            print: self.slots[slot].print(),
            flags: self.slots[slot].flags,
            first: self.slots[slot].first,
            numbers: &self.numbers[slot * width..(slot + 1) * width],
        }
    }

    /// The slot that holds the key, or the empty one where it would go.
    fn find(&self, print: Print) -> Option<usize> {
        let mask = self.slots.len().checked_sub(1)?;
        let (high, low) = ((print >> 32) as u64, print as u32);
        let mut at = high as usize & mask;
        loop {
            let slot = &self.slots[at];
            if (slot.high == high && slot.low == low) || slot.is_empty() {
                return Some(at);
            }
            at = (at + 1) & mask;
        }
    }

    fn slot(&mut self, print: Print) -> usize {
        if (self.len + 1) * 4 > self.slots.len() * 3 {
            self.grow();
        }
        let at = self.find(print).unwrap_or_default();
        let slot = &mut self.slots[at];
        if slot.is_empty() {
            (slot.high, slot.low) = ((print >> 32) as u64, print as u32);
            self.len += 1;
        }
        at
    }

    fn grow(&mut self) {
        let size = (self.slots.len() * 2).max(64);
        let width = self.folds.len();
        let old = std::mem::replace(&mut self.slots, vec![Slot::default(); size]);
        let numbers = std::mem::replace(&mut self.numbers, vec![NONE; size * width]);
        for (at, slot) in old.iter().enumerate().filter(|(_, slot)| !slot.is_empty()) {
            let new = self.find(slot.print()).unwrap_or_default();
            self.slots[new] = *slot;
            self.numbers[new * width..(new + 1) * width]
                .copy_from_slice(&numbers[at * width..(at + 1) * width]);
        }
    }
}

fn folded(fold: Fold, old: i64, new: i64) -> i64 {
    match (old, new, fold) {
        (NONE, new, _) => new,
        (old, NONE, _) => old,
        (old, new, Fold::Least) => old.min(new),
        (old, new, Fold::Greatest) => old.max(new),
    }
}
