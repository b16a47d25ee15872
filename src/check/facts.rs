//! What one pass over the files gathers for rules that relate records: which keys there are, who
//! named them, and a few numbers and links for each. No record is kept.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use super::Print;

/// A bit that says something of a key: bit `b` that it was so, bit `b + 1` that it was so twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark(u32);

impl Mark {
    /// The `n`th mark of a domain; a domain has room for 32.
    pub(super) fn nth(n: u32) -> Mark {
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

/// All keys of one kind: an open-addressing table in columns, 32 bytes a slot and 8 per number.
#[derive(Clone, Debug)]
pub struct Domain {
    folds: Vec<Fold>,
    prints: Vec<Print>,
    flags: Vec<u64>,
    first: Vec<u32>,
    /// How often each key was named.
    named: Vec<u32>,
    numbers: Vec<i64>,
    len: usize,
    /// From key to key: who names whom.
    links: BTreeSet<(Print, Print)>,
    /// How often a missing key has to be named to be told apart as a cause.
    floor: OnceLock<u32>,
}

/// The record number of keys that no record has as its own.
const NOBODY: u32 = u32::MAX;

impl Domain {
    /// An empty domain that keeps one number per fold.
    pub fn new(folds: Vec<Fold>) -> Domain {
        Domain {
            folds,
            prints: Vec::new(),
            flags: Vec::new(),
            first: Vec::new(),
            named: Vec::new(),
            numbers: Vec::new(),
            len: 0,
            links: BTreeSet::new(),
            floor: OnceLock::new(),
        }
    }

    /// What is known of a key.
    pub fn get(&self, print: Print) -> Option<Known<'_>> {
        let slot = self.find(print)?;
        (self.prints[slot] == print).then(|| self.known(slot))
    }

    /// All keys, in no order.
    pub fn all(&self) -> impl Iterator<Item = Known<'_>> {
        let taken = (0..self.prints.len()).filter(|slot| self.prints[*slot] != 0);
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

    /// Whether one key names another.
    pub fn is_linked(&self, from: Print, to: Print) -> bool {
        self.links.contains(&(from, to))
    }

    /// Whether a missing key is one of those that explain most.
    pub fn is_cause(&self, print: Print) -> bool {
        let slot = self.find(print);
        slot.is_some_and(|slot| self.named[slot] >= *self.floor.get_or_init(|| self.floor()))
    }

    /// Notes that record `own` has this key as its own.
    pub fn define(&mut self, print: Print, mark: Mark, own: u64) {
        let slot = self.set(print, mark);
        self.first[slot] = self.first[slot].min(u32::try_from(own).unwrap_or(NOBODY - 1));
    }

    /// Notes that a record names this key.
    pub fn mark(&mut self, print: Print, mark: Mark) {
        let slot = self.set(print, mark);
        self.named[slot] = self.named[slot].saturating_add(1);
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
        for slot in (0..later.prints.len()).filter(|slot| later.prints[*slot] != 0) {
            let mine = self.slot(later.prints[slot]);
            let (before, after) = (self.flags[mine], later.flags[slot]);
            // A mark that both parts set was set twice.
            let both = (before & after & 0x5555_5555_5555_5555) << 1;
            self.flags[mine] = before | after | both;
            self.named[mine] = self.named[mine].saturating_add(later.named[slot]);
            if later.first[slot] != NOBODY {
                let first = u64::from(later.first[slot]) + records;
                let first = u32::try_from(first).unwrap_or(NOBODY - 1);
                self.first[mine] = self.first[mine].min(first);
            }
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
        for slot in (0..self.prints.len()).filter(|slot| self.first[*slot] == NOBODY) {
            count[self.named[slot].min(1023) as usize] += 1;
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
        let again = (self.flags[slot] & mark.once()) << 1;
        self.flags[slot] |= mark.once() | again;
        slot
    }

    fn known(&self, slot: usize) -> Known<'_> {
        let width = self.folds.len();
        Known {
            print: self.prints[slot],
            flags: self.flags[slot],
            first: self.first[slot],
            numbers: &self.numbers[slot * width..(slot + 1) * width],
        }
    }

    /// The slot that holds the key, or the empty one where it would go.
    fn find(&self, print: Print) -> Option<usize> {
        let mask = self.prints.len().checked_sub(1)?;
        let mut slot = print as usize & mask;
        while self.prints[slot] != 0 && self.prints[slot] != print {
            slot = (slot + 1) & mask;
        }
        Some(slot)
    }

    fn slot(&mut self, print: Print) -> usize {
        if (self.len + 1) * 4 > self.prints.len() * 3 {
            self.grow();
        }
        let slot = self.find(print).unwrap_or_default();
        if self.prints[slot] == 0 {
            self.prints[slot] = print;
            self.len += 1;
        }
        slot
    }

    fn grow(&mut self) {
        let size = (self.prints.len() * 2).max(64);
        let width = self.folds.len();
        let mut wide = Domain {
            folds: std::mem::take(&mut self.folds),
            prints: vec![0; size],
            flags: vec![0; size],
            first: vec![NOBODY; size],
            named: vec![0; size],
            numbers: vec![NONE; size * width],
            len: self.len,
            links: std::mem::take(&mut self.links),
            floor: OnceLock::new(),
        };
        for old in (0..self.prints.len()).filter(|slot| self.prints[*slot] != 0) {
            let Some(new) = wide.find(self.prints[old]) else {
                continue;
            };
            wide.prints[new] = self.prints[old];
            wide.flags[new] = self.flags[old];
            wide.first[new] = self.first[old];
            wide.named[new] = self.named[old];
            wide.numbers[new * width..(new + 1) * width]
                .copy_from_slice(&self.numbers[old * width..(old + 1) * width]);
        }
        *self = wide;
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
