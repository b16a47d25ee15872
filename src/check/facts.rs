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
struct Key {
    /// The upper bits of the fingerprint.
    high: u64,
    flags: u64,
    /// Its lower bits.
    low: u32,
    /// The first record that has the key; until one does, how often it was named.
    first: u32,
}

impl Key {
    fn print(&self) -> Print {
        Print::from(self.high) << 32 | Print::from(self.low)
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

    /// Sets a mark, or sets it twice.
    fn set(&mut self, mark: Mark) {
        self.flags |= mark.once() | (self.flags & mark.once()) << 1;
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

/// All keys of one kind: 24 bytes for each and 8 per number, and an open-addressing table of 4 bytes
/// a place, at most half full, to find them by.
#[derive(Clone, Debug)]
pub struct Domain {
    folds: Vec<Fold>,
    /// In the order in which they were met.
    keys: Vec<Key>,
    numbers: Vec<i64>,
    /// For each place of the table the key there, counted from 1.
    table: Vec<u32>,
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
            keys: Vec::new(),
            numbers: Vec::new(),
            table: Vec::new(),
            links: BTreeSet::new(),
            floor: OnceLock::new(),
        }
    }

    /// What is known of a key.
    pub fn get(&self, print: Print) -> Option<Known<'_>> {
        self.find(print).ok().map(|at| self.known(at))
    }

    /// All keys, in the order in which they were met.
    pub fn all(&self) -> impl Iterator<Item = Known<'_>> {
        (0..self.keys.len()).map(|at| self.known(at))
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
        self.find(print).is_ok_and(|at| {
            let key = &self.keys[at];
            !key.is_owned() && key.first >= *self.floor.get_or_init(|| self.floor())
        })
    }

    /// Where the keys with these prints stand, new ones added; written to `places`. Memory is slow,
    /// but it answers many questions at a time: so all are asked before any answer is used.
    pub(super) fn enter(&mut self, prints: &[(Print, usize)], places: &mut Vec<usize>) {
        self.reserve(prints.len());
        places.clear();
        let mask = self.table.len() - 1;
        let table = prints
            .iter()
            .map(|(print, _)| self.table[start(*print) & mask] as usize);
        places.extend(table);
        let near = places
            .iter()
            .filter_map(|key| self.keys.get(key.wrapping_sub(1)));
        std::hint::black_box(near.fold(0, |all, key| all ^ key.high));
        for (place, (print, _)) in places.iter_mut().zip(prints) {
            *place = self.key(*print);
        }
    }

    /// Notes that record `own` has the key at `place` as its own.
    pub(super) fn own(&mut self, place: usize, mark: Mark, own: u64) {
        let key = &mut self.keys[place];
        key.set(mark);
        key.own(u32::try_from(own).unwrap_or(u32::MAX));
    }

    /// Notes that a record names the key at `place`.
    pub(super) fn name(&mut self, place: usize, mark: Mark) {
        let key = &mut self.keys[place];
        key.set(mark);
        if !key.is_owned() {
            key.first = key.first.saturating_add(1);
        }
    }

    /// Folds a number into the `n`th of the key at `place`.
    pub(super) fn number(&mut self, place: usize, n: usize, number: i64) {
        let width = self.folds.len();
        let mine = &mut self.numbers[place * width + n];
        *mine = folded(self.folds[n], *mine, number);
    }

    /// Notes that `from` names `to`.
    pub(super) fn link(&mut self, from: Print, to: Print) {
        self.links.insert((from, to));
    }

    /// Adds what the part that follows gathered, `records` records further on.
    pub fn merge(&mut self, later: &Domain, records: u64) {
        self.reserve(later.keys.len());
        let width = self.folds.len();
        for (theirs, other) in later.keys.iter().enumerate() {
            let at = self.key(other.print());
            let mine = &mut self.keys[at];
            // A mark that both parts set was set twice.
            let both = (mine.flags & other.flags & EVEN) << 1;
            match (mine.is_owned(), other.is_owned()) {
                (_, true) => {
                    let first = u64::from(other.first) + records;
                    mine.own(u32::try_from(first).unwrap_or(u32::MAX));
                }
                (true, false) => {}
                (false, false) => mine.first = mine.first.saturating_add(other.first),
            }
            mine.flags |= other.flags | both;
            for n in 0..width {
                self.number(at, n, later.numbers[theirs * width + n]);
            }
        }
        self.links.extend(&later.links);
    }

    /// The least number of namings that no more than [`CAUSES`] missing keys reach.
    fn floor(&self) -> u32 {
        let mut count = [0; 1024];
        for missing in self.keys.iter().filter(|key| !key.is_owned()) {
            count[missing.first.min(1023) as usize] += 1;
        }
        let mut sum = 0;
        let fit = (1..1024).rev().take_while(|named| {
            sum += count[*named as usize];
            sum <= CAUSES
        });
        fit.last().unwrap_or(u32::MAX)
    }

    fn known(&self, at: usize) -> Known<'_> {
        let width = self.folds.len();
        let key = &self.keys[at];
        Known {
            print: key.print(),
            flags: key.flags,
            first: key.first,
            numbers: &self.numbers[at * width..(at + 1) * width],
        }
    }

    /// The key with this print, or the empty place of the table where it would be noted.
    fn find(&self, print: Print) -> Result<usize, usize> {
        let Some(mask) = self.table.len().checked_sub(1) else {
            return Err(0);
        };
        let (high, low) = ((print >> 32) as u64, print as u32);
        let mut place = start(print) & mask;
        loop {
            let Some(at) = (self.table[place] as usize).checked_sub(1) else {
                return Err(place);
            };
            let key = &self.keys[at];
            if key.high == high && key.low == low {
                return Ok(at);
            }
            place = (place + 1) & mask;
        }
    }

    /// The key with this print, added where it is new; there is room for it.
    fn key(&mut self, print: Print) -> usize {
        self.find(print).unwrap_or_else(|place| {
            self.keys.push(Key {
                high: (print >> 32) as u64,
                low: print as u32,
                ..Key::default()
            });
            let numbers = self.numbers.len() + self.folds.len();
            self.numbers.resize(numbers, NONE);
            self.table[place] = self.keys.len() as u32;
            self.keys.len() - 1
        })
    }

    /// Makes room in the table for so many more keys.
    fn reserve(&mut self, more: usize) {
        let size = ((self.keys.len() + more) * 2).next_power_of_two().max(64);
        if size > self.table.len() {
            let mut table = vec![0; size];
            for (at, key) in self.keys.iter().enumerate() {
                let mut place = key.high as usize & (size - 1);
                while table[place] != 0 {
                    place = (place + 1) & (size - 1);
                }
                table[place] = at as u32 + 1;
            }
            self.table = table;
        }
    }
}

/// Where the search for a key starts, before it is cut to the size of the table.
fn start(print: Print) -> usize {
    (print >> 32) as usize
}

fn folded(fold: Fold, old: i64, new: i64) -> i64 {
    match (old, new, fold) {
        (NONE, new, _) => new,
        (old, NONE, _) => old,
        (old, new, Fold::Least) => old.min(new),
        (old, new, Fold::Greatest) => old.max(new),
    }
}
