//! Fingerprints of keys. They stand for the keys, so that no key is kept.
//!
//! The hash is SipHash-1-3 of 128 bits, cut to 96: fast where 64 by 64 bits do not multiply to 128, as
//! in wasm, and keyed with a secret, so that nobody can make a file whose keys collide. Two different
//! keys out of n share a fingerprint with a probability of about n² / 2⁹⁷: for ten million keys, one in
//! 10¹⁵.

use std::hash::Hasher;
use std::sync::OnceLock;

use siphasher::sip128::{Hasher128, SipHasher13};

use serde::{Deserialize, Serialize};

/// The fingerprint of a key, of 96 bits.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Print {
    /// The upper bits; never 0.
    pub(crate) high: u64,
    /// The lower bits.
    pub(crate) low: u32,
}

impl Print {
    /// Less than that of any key.
    pub(super) const LEAST: Print = Print { high: 0, low: 0 };
    /// Not less than that of any key.
    pub(super) const GREATEST: Print = Print {
        high: u64::MAX,
        low: u32::MAX,
    };

    /// A number that stands for the key. Half of all numbers is enough, and leaves out the one that
    /// stands for none.
    pub(super) fn number(self) -> i64 {
        (self.high >> 1) as i64
    }

    fn new((low, high): (u64, u64)) -> Print {
        Print {
            high: high.max(1),
            low: (low >> 32) as u32,
        }
    }
}

static SECRET: OnceLock<(u64, u64)> = OnceLock::new();

/// Sets the secret that fingerprints are made with, once, before the first of them; without, it is
/// zero. Whoever hands results to one another needs the same.
pub fn set_secret(secret: (u64, u64)) {
    // Once a fingerprint was made, it is too late.
    let _ = SECRET.set(secret);
}

/// The fingerprint of a key of several parts.
pub fn print<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> Print {
    let parts = parts.into_iter().map(single);
    parts.reduce(pair).unwrap_or_else(|| single(b""))
}

/// The fingerprint of a key of one part.
pub(super) fn single(part: &[u8]) -> Print {
    let (first, second) = *SECRET.get_or_init(|| (0, 0));
    let mut hasher = SipHasher13::new_with_keys(first, second);
    hasher.write(part);
    let hash = hasher.finish128();
    Print::new((hash.h2, hash.h1))
}

/// The fingerprint of a key whose parts have these. They are as good as random already: it is enough
/// that their order counts and that none of their bits is lost on the way.
pub fn pair(front: Print, back: Print) -> Print {
    let high = front.high.wrapping_mul(ODD).wrapping_add(back.high);
    let low = front.low.wrapping_mul(ODD as u32).wrapping_add(back.low);
    Print {
        high: high.max(1),
        low,
    }
}

/// Multiplied with an odd number, different numbers stay different.
const ODD: u64 = 0x9E37_79B9_7F4A_7C15;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_told_apart() {
        let key = |parts: &[&str]| print(parts.iter().map(|part| part.as_bytes()));
        assert_ne!(key(&["a", "bc"]), key(&["ab", "c"]));
        assert_ne!(key(&["a", "b"]), key(&["b", "a"]));
        assert_ne!(key(&["a"]), key(&["a", ""]));
        assert_eq!(key(&["a", "b"]), pair(single(b"a"), single(b"b")));
    }
}
