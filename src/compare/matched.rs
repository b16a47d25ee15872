//! Records that are the same by another key: what a rule found, and whom a new key stands for.

use super::file::{File, Side};
use super::keys::{CHANGED, NEW, PAIRED, TWIN};
use crate::check::Print;
use crate::formats::Way;

/// What a rule found.
pub(super) struct Matched {
    pub file: usize,
    pub by: Vec<String>,
    pub way: Way,
    pub total: u64,
    /// Records of NEW that have several equals.
    pub ambiguous: u64,
    /// Keys of OLD and NEW, by their numbers; the first few.
    pub pairs: Vec<(u32, u32)>,
    /// The same as they are written.
    pub shown: Vec<(String, String)>,
}

impl Matched {
    /// Takes a key of a side as it is written.
    pub fn name(&mut self, side: Side, key: u32, text: &str) {
        for ((old, new), shown) in self.pairs.iter().zip(&mut self.shown) {
            match side {
                Side::Old if *old == key => text.clone_into(&mut shown.0),
                Side::New if *new == key => text.clone_into(&mut shown.1),
                _ => {}
            }
        }
    }
}

/// Notes that two keys stand for one record.
pub(super) fn join(file: &mut File, way: Way, old: u32, new: u32) {
    let (old, new) = (old as usize, new as usize);
    let flag = match way {
        Way::Match => PAIRED,
        Way::Duplicate | Way::Kept => TWIN,
    };
    let content = file.keys.get(new).content;
    let mine = file.keys.get_mut(old);
    mine.set(flag);
    if flag == PAIRED {
        if mine.content != content {
            mine.set(CHANGED);
        }
        file.keys.get_mut(new).content = old as u64;
    }
    file.keys.get_mut(new).set(flag);
}

/// The key of OLD that a key of NEW stands for: itself, where the receiver does not have the record
/// by another one.
pub(super) fn meant(file: &File, print: Print) -> Print {
    let entry = file.keys.find(print).map(|at| file.keys.get(at));
    match entry {
        Some(entry) if entry.has(NEW) && entry.has(PAIRED) => {
            file.keys.get(entry.content as usize).print()
        }
        _ => print,
    }
}
