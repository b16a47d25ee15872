//! What is kept of the values of a column, in bounded memory: fingerprints, so that no value is kept,
//! and the few values of a column that may be codes.

use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hasher};

use crate::check::print;

/// Fingerprints that are kept of all columns together, at most: about 100 MB.
pub(super) const ROOM: usize = 5_000_000;

/// Codes of a list, at most.
const CODES: usize = 30;

/// Bytes of a code, at most.
const LONG: usize = 40;

/// What is random already is not hashed again.
#[derive(Default)]
struct Random(u64);

impl Hasher for Random {
    fn write(&mut self, bytes: &[u8]) {
        bytes
            .iter()
            .for_each(|byte| self.write_u64(u64::from(*byte)));
    }

    fn write_u64(&mut self, number: u64) {
        self.0 ^= number;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// The fingerprints of the values of a column.
#[derive(Default)]
pub(super) struct Prints(HashSet<u64, BuildHasherDefault<Random>>);

impl Prints {
    /// Adds a value; false where it is there.
    pub(super) fn add(&mut self, value: &[u8]) -> bool {
        self.0.insert(print([value]).high)
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn are_among(&self, others: &Prints) -> bool {
        self.0.is_subset(&others.0)
    }
}

/// The values of a column, as long as they may be codes, and how often each was seen.
pub(super) struct Few(Vec<(Box<[u8]>, u64)>);

impl Few {
    pub(super) fn new() -> Few {
        Few(Vec::new())
    }

    /// Adds a value; false where they cannot be codes any more.
    pub(super) fn add(&mut self, value: &[u8]) -> bool {
        let known = self.0.iter().position(|(known, _)| **known == *value);
        match known {
            Some(at) => {
                self.0[at].1 += 1;
                // What is frequent comes to stand in front.
                if at > 0 && self.0[at - 1].1 < self.0[at].1 {
                    self.0.swap(at - 1, at);
                }
                true
            }
            None if self.0.len() < CODES && value.len() <= LONG => {
                self.0.push((value.into(), 1));
                true
            }
            None => false,
        }
    }

    /// The values in the order of their bytes, which tells nothing of how often each is there, and
    /// how often each is. None where one is no text.
    pub(super) fn sorted(&self) -> Option<Vec<(&str, u64)>> {
        let texts = self.0.iter();
        let texts = texts.map(|(value, times)| Some((std::str::from_utf8(value).ok()?, *times)));
        let mut texts = texts.collect::<Option<Vec<_>>>()?;
        crate::order::sort_by(&mut texts, |a, b| a.0.cmp(b.0));
        Some(texts)
    }
}
