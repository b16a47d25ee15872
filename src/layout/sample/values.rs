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

/// A value that may be a code.
pub(super) struct Value {
    text: Box<[u8]>,
    /// Cells that hold it.
    pub times: u64,
    /// How often it begins after another one.
    pub runs: u64,
}

impl Value {
    /// As text; none where it is not written in UTF-8.
    pub(super) fn text(&self) -> Option<&str> {
        std::str::from_utf8(&self.text).ok()
    }
}

/// The values of a column, as long as they may be codes, and how often each was seen.
#[derive(Default)]
pub(super) struct Few {
    values: Vec<Value>,
    /// The place of the value of the cell above.
    above: Option<usize>,
}

impl Few {
    /// Adds a value; false where they cannot be codes any more.
    pub(super) fn add(&mut self, text: &[u8]) -> bool {
        let Few { values, above } = self;
        let known = values.iter().position(|known| *known.text == *text);
        let mut at = match known {
            Some(at) => at,
            None if values.len() < CODES && text.len() <= LONG => {
                values.push(Value {
                    text: text.into(),
                    times: 0,
                    runs: 0,
                });
                values.len() - 1
            }
            None => return false,
        };
        values[at].times += 1;
        values[at].runs += u64::from(*above != Some(at));
        // What is frequent comes to stand in front.
        if at > 0 && values[at - 1].times < values[at].times {
            values.swap(at - 1, at);
            at -= 1;
        }
        *above = Some(at);
        true
    }

    /// The values in the order of their bytes, which tells nothing of how often each is there.
    pub(super) fn sorted(&self) -> Vec<&Value> {
        let mut values: Vec<&Value> = self.values.iter().collect();
        crate::order::sort_by(&mut values, |a, b| a.text.cmp(&b.text));
        values
    }
}
