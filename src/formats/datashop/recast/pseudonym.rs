//! Names that nobody can read without a key: the same name gives the same text with the same key, in
//! any file, and another one without.

use std::fmt::Write as _;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::records::trim;

/// Bytes of a hash that are written: with so many, no two names of a dataset get the same one.
const BYTES: usize = 16;

/// What student ids begin with, as DataShop's own do.
const STUDENT: &str = "Stu_";

/// Makes names unreadable. The key is nowhere else, and is never written.
pub(super) struct Pseudonyms {
    keyed: Hmac<Sha256>,
}

impl Pseudonyms {
    /// With a key of any length.
    pub fn new(key: &str) -> Option<Pseudonyms> {
        let keyed = Hmac::<Sha256>::new_from_slice(key.as_bytes()).ok()?;
        Some(Pseudonyms { keyed })
    }

    /// Whether the name of a student stands in a cell, as a whole or as a part; not as a part of a
    /// longer number. Names of fewer than three letters prove nothing.
    pub fn is_in(name: &[u8], cell: &[u8]) -> bool {
        let digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
        let is_cut = |at: usize| {
            let (before, behind) = (cell[..at].last(), cell.get(at + name.len()));
            digit(before) && digit(name.first()) || digit(name.last()) && digit(behind)
        };
        let mut places = memchr::memmem::find_iter(cell, name);
        String::from_utf8_lossy(name).chars().count() > 2 && places.any(|at| !is_cut(at))
    }

    /// Puts a hash in the place of a name that is not blank: HMAC-SHA-256 of the column's name, a zero
    /// byte and the name, so that columns do not tell of each other.
    pub fn apply(&self, column: &str, cell: &mut Vec<u8>) {
        let name = trim(cell);
        if name.is_empty() {
            return;
        }
        let mut hash = self.keyed.clone();
        hash.update(column.as_bytes());
        hash.update(&[0]);
        hash.update(name);
        let hash = hash.finalize().into_bytes();
        let mut text = match column {
            super::run::STUDENT => STUDENT.to_owned(),
            _ => String::new(),
        };
        for byte in hash.iter().take(BYTES) {
            write!(text, "{byte:02x}").ok();
        }
        *cell = text.into_bytes();
    }
}
