//! What one pass over the files gathers for rules that relate records: which keys there are, who
//! named them, and a few numbers and links for each. No record is kept.

mod frame;
mod shared;

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
    /// The one that all have; none where they differ.
    Common,
    /// All together.
    Sum,
}

/// A key and what is said of it.
#[derive(Clone, Copy, Debug, Default)]
struct Key {
    /// The two parts of its fingerprint.
    high: u64,
    low: u32,
    /// The first record that has the key; until one does, how often it was named.
    first: u32,
    flags: u64,
}

impl Key {
    fn print(&self) -> Print {
        let Key { high, low, .. } = *self;
        Print { high, low }
    }

    fn known<'a>(&self, numbers: &'a [i64]) -> Known<'a> {
        Known {
            print: self.print(),
            flags: self.flags,
            first: self.first,
            numbers,
        }
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

    /// Adds what a part that follows says of the same key, `records` records further on.
    fn merge(&mut self, other: &Key, records: u64) {
        // A mark that both parts set was set twice.
        let both = (self.flags & other.flags & EVEN) << 1;
        match (self.is_owned(), other.is_owned()) {
            (_, true) => {
                let first = u64::from(other.first) + records;
                self.own(u32::try_from(first).unwrap_or(u32::MAX));
            }
            (true, false) => {}
            (false, false) => self.first = self.first.saturating_add(other.first),
        }
        self.flags |= other.flags | both;
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

/// Stands in place of a number that records have in common where they differ.
const MIXED: i64 = i64::MIN + 1;

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

    /// How often the key was named, if no record has it as its own.
    pub fn times(&self) -> u64 {
        match self.flags & OWNED {
            0 => u64::from(self.first),
            _ => 0,
        }
    }

    /// Whether the `n`th number, which records have in common, differs.
    pub fn is_mixed(&self, n: usize) -> bool {
        self.numbers.get(n) == Some(&MIXED)
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

/// Keys that stand together. Lists of this many grow by another one: nothing is copied, and no more
/// memory is taken than is needed.
const CHUNK: usize = 1 << 14;

/// All keys of one kind: 24 bytes for each and 8 per number, and an open-addressing table of 8 bytes
/// a place, at most half full, or three quarters where there are more than a million, to find them by.
#[derive(Clone, Debug)]
pub struct Domain {
    folds: Vec<Fold>,
    /// In the order in which they were met.
    keys: Vec<Vec<Key>>,
    numbers: Vec<Vec<i64>>,
    len: usize,
    /// For each place of the table the upper half of the key's print, by which places are ordered, and
    /// the key there; or [`EMPTY`].
    table: Vec<u64>,
    /// Bits of a print that do not count for its place in the table.
    shift: u32,
    /// From key to key: who names whom.
    links: BTreeSet<(Print, Print)>,
    /// How often a missing key has to be named to be told apart as a cause.
    floor: OnceLock<u32>,
    /// For each number whether it differs between records of some key.
    mixed: OnceLock<Vec<bool>>,
}

/// Stands at a place of the table where no key is. Not 0: memory that was never written to is slow to
/// write to where it was read before.
const EMPTY: u64 = u64::MAX;

/// From so many keys on, their table may be three quarters full and not only half.
const MANY: usize = 1 << 20;

/// Keys that are looked up together: enough for memory to answer many at a time, few enough for the
/// answers to stay near.
const TOGETHER: usize = 512;

impl Domain {
    /// An empty domain that keeps one number per fold.
    pub fn new(folds: Vec<Fold>) -> Domain {
        Domain {
            folds,
            keys: Vec::new(),
            numbers: Vec::new(),
            len: 0,
            table: Vec::new(),
            shift: 0,
            links: BTreeSet::new(),
            floor: OnceLock::new(),
            mixed: OnceLock::new(),
        }
    }

    /// What is known of a key.
    pub fn get(&self, print: Print) -> Option<Known<'_>> {
        self.find(print).ok().map(|at| self.known(at))
    }

    /// Which of the domain's keys it is, from 0.
    pub fn place(&self, print: Print) -> Option<usize> {
        self.find(print).ok()
    }

    /// All keys, in the order in which they were met.
    pub fn all(&self) -> impl Iterator<Item = Known<'_>> {
        let width = self.folds.len();
        let lists = self.keys.iter().zip(&self.numbers);
        lists.flat_map(move |(keys, numbers)| {
            let keys = keys.iter().enumerate();
            keys.map(move |(at, key)| key.known(&numbers[at * width..][..width]))
        })
    }

    /// Who names whom: all who are named by one stand together.
    pub fn links(&self) -> impl Iterator<Item = (Print, Print)> {
        self.links.iter().copied()
    }

    /// Whom a key names; nobody if it names more than `most`, for their order means nothing: it is
    /// another one in each run.
    pub fn links_of(&self, from: Print, most: usize) -> impl Iterator<Item = Print> {
        let range = (from, Print::LEAST)..=(from, Print::GREATEST);
        let few = self.links.range(range.clone()).nth(most).is_none();
        let links = few.then(|| self.links.range(range));
        links.into_iter().flatten().map(|link| link.1)
    }

    /// Whether the `n`th number, which records have in common, differs for some key. It is looked up for all
    /// numbers at once.
    pub fn has_mixed(&self, n: usize) -> bool {
        let mixed = self.mixed.get_or_init(|| {
            let mut mixed = vec![false; self.folds.len()];
            let width = mixed.len().max(1);
            for numbers in self.numbers.iter().flat_map(|all| all.chunks(width)) {
                for (mixed, number) in mixed.iter_mut().zip(numbers) {
                    *mixed |= *number == MIXED;
                }
            }
            mixed
        });
        mixed.get(n) == Some(&true)
    }

    /// Whether a missing key is one of those that explain most.
    pub fn is_cause(&self, print: Print) -> bool {
        self.find(print).is_ok_and(|at| {
            let key = self.key(at);
            !key.is_owned() && key.first >= *self.floor.get_or_init(|| self.floor())
        })
    }

    /// Where the keys with these prints stand, new ones added; written to `places`. Memory is slow,
    /// but it answers many questions at a time: so all are asked before any answer is used.
    pub(super) fn enter(&mut self, prints: &[Print], places: &mut Vec<u32>) {
        self.reserve(prints.len());
        places.clear();
        // What is small is near as it is.
        if self.len > TOGETHER {
            let slots = prints.iter().map(|print| self.table[self.slot(*print)]);
            std::hint::black_box(slots.fold(0, |all, slot| all ^ slot));
        }
        for print in prints {
            let place = match self.probe(self.slot(*print), *print) {
                (_, Some(at)) => at,
                (slot, None) => self.add(slot, *print),
            };
            places.push(place as u32);
        }
        // Hardly ever do different keys have the same tag.
        for (place, print) in places.iter_mut().zip(prints) {
            if self.key(*place as usize).print() != *print {
                let found = self.find(*print);
                *place = found.unwrap_or_else(|slot| self.add(slot, *print)) as u32;
            }
        }
    }

    /// Notes that record `own` has the key at `place` as its own.
    pub(super) fn own(&mut self, place: u32, mark: Mark, own: u64) {
        let key = self.key_mut(place as usize);
        key.set(mark);
        key.own(u32::try_from(own).unwrap_or(u32::MAX));
    }

    /// Notes that so many records name the key at `place`.
    pub(super) fn name(&mut self, place: u32, mark: Mark, times: u32) {
        if times == 0 {
            return;
        }
        let key = self.key_mut(place as usize);
        key.set(mark);
        if times > 1 {
            key.set(mark);
        }
        if !key.is_owned() {
            key.first = key.first.saturating_add(times);
        }
    }

    /// How the numbers of the key at `place` are folded, and those numbers.
    pub(super) fn numbers_mut(&mut self, place: u32) -> (&[Fold], &mut [i64]) {
        let (chunk, at) = (place as usize / CHUNK, place as usize % CHUNK);
        let width = self.folds.len();
        let numbers = &mut self.numbers[chunk][at * width..][..width];
        (&self.folds, numbers)
    }

    /// Notes that `from` names `to`.
    pub(super) fn link(&mut self, from: Print, to: Print) {
        self.links.insert((from, to));
    }

    /// Adds what the part that follows gathered, `records` records further on.
    pub fn merge(&mut self, later: Domain, records: u64) {
        if self.len == 0 && self.links.is_empty() && records == 0 {
            *self = later;
            return;
        }
        for (keys, numbers) in later.keys.iter().zip(&later.numbers) {
            self.merge_keys(keys, numbers, records);
        }
        self.links.extend(&later.links);
    }

    /// Adds keys of the part that follows, and their numbers.
    fn merge_keys(&mut self, keys: &[Key], numbers: &[i64], records: u64) {
        let width = self.folds.len();
        let mut places = Vec::new();
        for (at, keys) in keys.chunks(TOGETHER).enumerate() {
            let prints: Vec<Print> = keys.iter().map(Key::print).collect();
            self.enter(&prints, &mut places);
            for (n, (place, key)) in places.iter().zip(keys).enumerate() {
                self.key_mut(*place as usize).merge(key, records);
                let numbers = &numbers[(at * TOGETHER + n) * width..][..width];
                let (folds, mine) = self.numbers_mut(*place);
                for ((mine, number), fold) in mine.iter_mut().zip(numbers).zip(folds) {
                    *mine = folded(*fold, *mine, *number);
                }
            }
        }
    }

    /// The least number of namings that no more than [`CAUSES`] missing keys reach.
    fn floor(&self) -> u32 {
        let mut count = [0; 1024];
        for missing in self.keys.iter().flatten().filter(|key| !key.is_owned()) {
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
        self.key(at).known(self.numbers(at))
    }

    fn key(&self, at: usize) -> &Key {
        &self.keys[at / CHUNK][at % CHUNK]
    }

    fn key_mut(&mut self, at: usize) -> &mut Key {
        &mut self.keys[at / CHUNK][at % CHUNK]
    }

    fn numbers(&self, at: usize) -> &[i64] {
        let width = self.folds.len();
        let at = (at / CHUNK, at % CHUNK * width);
        match width {
            0 => &[],
            _ => &self.numbers[at.0][at.1..at.1 + width],
        }
    }

    /// The place of the table where the search for a key begins.
    fn slot(&self, print: Print) -> usize {
        (print.high >> self.shift) as usize
    }

    /// From a place of the table on, the first one that is empty, or that has the tag of the key and
    /// the key that stands there.
    #[inline(always)]
    fn probe(&self, mut slot: usize, print: Print) -> (usize, Option<usize>) {
        let mask = self.table.len() - 1;
        loop {
            let entry = self.table[slot];
            if entry == EMPTY {
                return (slot, None);
            }
            if entry >> 32 == print.high >> 32 {
                return (slot, Some(entry as u32 as usize));
            }
            slot = (slot + 1) & mask;
        }
    }

    /// The key with this print, or the empty place of the table where it would be noted.
    fn find(&self, print: Print) -> Result<usize, usize> {
        if self.table.is_empty() {
            return Err(0);
        }
        let mut slot = self.slot(print);
        loop {
            match self.probe(slot, print) {
                (empty, None) => return Err(empty),
                (_, Some(at)) if self.key(at).print() == print => return Ok(at),
                (other, Some(_)) => slot = (other + 1) & (self.table.len() - 1),
            }
        }
    }

    /// Adds a key that is new, at an empty place of the table; there is room for it.
    fn add(&mut self, slot: usize, print: Print) -> usize {
        let width = self.folds.len();
        if self.len.is_multiple_of(CHUNK) {
            // Most lists are short: the first one grows as it has to.
            let room = if self.len == 0 { 0 } else { CHUNK };
            self.keys.push(Vec::with_capacity(room));
            self.numbers.push(Vec::with_capacity(room * width));
        }
        let chunk = self.len / CHUNK;
        let Print { high, low } = print;
        self.keys[chunk].push(Key {
            high,
            low,
            ..Key::default()
        });
        self.numbers[chunk].extend(std::iter::repeat_n(NONE, width));
        self.table[slot] = high >> 32 << 32 | self.len as u64;
        self.len += 1;
        self.len - 1
    }

    /// Makes room in the table for so many more keys.
    fn reserve(&mut self, more: usize) {
        let keys = self.len + more;
        // The emptier, the faster; but where keys are many, memory counts for more.
        let least = if keys < MANY { keys * 2 } else { keys * 4 / 3 };
        let size = least.next_power_of_two().max(64);
        if size > self.table.len() {
            let mut table = vec![EMPTY; size];
            self.shift = 64 - size.trailing_zeros();
            // The order stays: old places are read, and new ones written, from the first to the last.
            for entry in self.table.iter().filter(|entry| **entry != EMPTY) {
                let mut slot = (entry >> 32 << 32 >> self.shift) as usize;
                while table[slot] != EMPTY {
                    slot = (slot + 1) & (size - 1);
                }
                table[slot] = *entry;
            }
            self.table = table;
        }
    }
}

pub(super) fn folded(fold: Fold, old: i64, new: i64) -> i64 {
    match (old, new, fold) {
        (NONE, new, _) => new,
        (old, NONE, _) => old,
        (old, new, Fold::Least) => old.min(new),
        (old, new, Fold::Greatest) => old.max(new),
        (old, new, Fold::Sum) => old.saturating_add(new),
        (old, new, Fold::Common) if old == new => old,
        (_, _, Fold::Common) => MIXED,
    }
}
