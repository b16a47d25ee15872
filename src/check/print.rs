//! Fingerprints of keys. They stand for the keys, so that no key is kept.
//!
//! Two different keys out of n share one with a probability of about n² / 2¹²⁹: for a billion
//! keys, one in 10²⁰.

use std::hash::Hasher;

use siphasher::sip128::{Hasher128, SipHasher13};

/// The fingerprint of a key; never 0.
pub type Print = u128;

/// The fingerprint of a key of several parts.
pub fn print<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> Print {
    let parts = parts.into_iter();
    parts.fold(Printer::default(), Printer::with).print()
}

/// A fingerprint in the making.
#[derive(Clone, Copy, Default)]
pub(super) struct Printer(SipHasher13);

impl Printer {
    /// The fingerprint with another part.
    pub fn with(mut self, part: &[u8]) -> Printer {
        self.0.write(part);
        // No identifier holds this byte, so `a` + `bc` and `ab` + `c` differ.
        self.0.write_u8(0xFF);
        self
    }

    /// The fingerprint of all parts.
    pub fn print(self) -> Print {
        self.0.finish128().as_u128().max(1)
    }
}
