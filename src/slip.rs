//! What can have happened to all keys of a column at once, so that those who name them no longer
//! meet them: a spreadsheet took the zeros at their beginning, or two programs write them with other
//! blanks, hyphens or capitals. Guesses a spelling only to look whether it is there; nothing is ever
//! written so.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::evidence;

/// What happened to the keys of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Slip {
    /// Those that records have lost zeros.
    ZerosOfKey,
    /// Those that this column names lost zeros.
    ZerosOfNaming(u32),
    /// Blanks, hyphens or capitals are others.
    Marks,
}

/// The zeros that a number may have lost.
const ZEROS: usize = 8;

/// What stands between the parts of a key.
const BETWEEN: [char; 4] = ['-', ' ', '_', '.'];

/// The spelling in which a missing key, named by `column`, is there after all, and what happened to
/// it.
pub fn slip(key: &str, column: u32, is_there: impl Fn(&str) -> bool) -> Option<(Slip, String)> {
    if evidence::is_long(key) {
        return None;
    }
    if key.bytes().all(|b| b.is_ascii_digit()) {
        let bare = match key.trim_start_matches('0') {
            "" => "0",
            bare => bare,
        };
        let padded = |zeros: usize| "0".repeat(zeros) + bare;
        let there = (0..=ZEROS).map(padded).find(|padded| is_there(padded))?;
        let slip = match there.len() < key.len() {
            true => Slip::ZerosOfKey,
            false => Slip::ZerosOfNaming(column),
        };
        return Some((slip, there));
    }
    let between = ["-", " ", "_", ".", ""].map(|mark| key.replace(BETWEEN, mark));
    let mut spellings = between
        .into_iter()
        .chain([key.to_lowercase(), key.to_uppercase()]);
    let there = spellings.find(|other| other != key && !other.is_empty() && is_there(other))?;
    Some((Slip::Marks, there))
}

/// Missing keys to which the same happened, and what that explains. Of two parts of a file, what one
/// tells adds to what the other tells.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Slipped {
    /// The least of them as it is named, and as it is there.
    pub example: (String, String),
    /// The characters of the shortest and of the longest one, in the longer of both spellings.
    pub lengths: (usize, usize),
    /// How many findings it explains, by the field that names the key.
    pub explains: BTreeMap<u32, u64>,
    /// A bit for each key of the facts: a key in a hundred findings counts once, and the facts
    /// themselves take two hundred times as much.
    keys: Vec<u64>,
}

impl Slipped {
    /// Nothing yet but an example.
    pub fn new(key: &str, there: &str) -> Slipped {
        let length = key.len().max(there.len());
        Slipped {
            example: (key.to_owned(), there.to_owned()),
            lengths: (length, length),
            explains: BTreeMap::new(),
            keys: Vec::new(),
        }
    }

    /// Notes that `column` names the key in place `place` of the facts, which is there so.
    pub fn add(&mut self, place: usize, column: u32, key: &str, there: &str) {
        let length = key.len().max(there.len());
        self.lengths = (self.lengths.0.min(length), self.lengths.1.max(length));
        if (key, there) < (&*self.example.0, &*self.example.1) {
            self.example = (key.to_owned(), there.to_owned());
        }
        *self.explains.entry(column).or_default() += 1;
        let word = place / 64;
        if word >= self.keys.len() {
            self.keys.resize(word + 1, 0);
        }
        self.keys[word] |= 1 << (place % 64);
    }

    /// How many keys there are.
    pub fn keys(&self) -> u64 {
        self.keys
            .iter()
            .map(|bits| u64::from(bits.count_ones()))
            .sum()
    }

    /// Adds what another part, or another file, tells of the same keys.
    pub fn merge(&mut self, other: &Slipped) {
        if other.example < self.example {
            self.example.clone_from(&other.example);
        }
        self.lengths.0 = self.lengths.0.min(other.lengths.0);
        self.lengths.1 = self.lengths.1.max(other.lengths.1);
        for (column, total) in &other.explains {
            *self.explains.entry(*column).or_default() += total;
        }
        if self.keys.len() < other.keys.len() {
            self.keys.resize(other.keys.len(), 0);
        }
        for (mine, theirs) in self.keys.iter_mut().zip(&other.keys) {
            *mine |= theirs;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_key_is_found_in_another_spelling() {
        let cases = [
            ("001287", "1287", Some(Slip::ZerosOfKey)),
            ("0", "000", Some(Slip::ZerosOfNaming(3))),
            ("1287", "001287", Some(Slip::ZerosOfNaming(3))),
            ("1287", "1287000", None),
            ("RDG-03-1", "RDG 03 1", Some(Slip::Marks)),
            ("rdg 03", "RDG 03", Some(Slip::Marks)),
            ("RDG 03", "RDG03", Some(Slip::Marks)),
            ("S00123", "S123", None),
            ("--", "", None),
        ];
        for (key, there, expected) in cases {
            let expected = expected.map(|slip| (slip, there.to_owned()));
            assert_eq!(slip(key, 3, |other| other == there), expected, "{key}");
        }
    }

    #[test]
    fn a_key_counts_once_however_often_and_wherever_it_is_named() {
        let (mut one, mut other) = (Slipped::new("02", "2"), Slipped::new("001", "1"));
        one.add(5, 1, "02", "2");
        one.add(5, 1, "02", "2");
        other.add(5, 2, "02", "2");
        other.add(200, 2, "001", "1");
        for (mut all, later) in [(one.clone(), &other), (other.clone(), &one)] {
            all.merge(later);
            assert_eq!((all.keys(), all.lengths), (2, (2, 3)));
            assert_eq!(all.example, ("001".to_owned(), "1".to_owned()));
            assert_eq!(all.explains, BTreeMap::from([(1, 2), (2, 2)]));
        }
    }
}
