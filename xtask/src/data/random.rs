//! Numbers that look random and are the same on every machine (SplitMix64).

use std::fmt;

/// A stream of numbers that follows from its seed alone.
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// The stream of `seed`.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// The next number below `end`, which is at least 1.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    /// One of `items`, of which there is at least one.
    pub fn pick<'a>(&mut self, items: &[&'a str]) -> &'a str {
        items[self.below(items.len())]
    }

    /// True about `percent` times in a hundred.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

/// An identifier in the form of a version 4 UUID.
#[derive(Clone, Copy, Debug)]
pub struct Uuid(u64, u64);

impl Uuid {
    /// The identifier of the `number`th thing of one `kind`: known without keeping a list.
    pub fn of(seed: u64, kind: u8, number: u64) -> Self {
        let mut random = Random::new(
            seed ^ (u64::from(kind) << 56) ^ number.wrapping_mul(0xD134_2543_DE82_EF95),
        );
        Self(random.next(), random.next())
    }
}

impl fmt::Display for Uuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (a, b) = (self.0, self.1);
        write!(
            f,
            "{:08x}-{:04x}-4{:03x}-",
            a >> 32,
            a >> 16 & 0xFFFF,
            a & 0xFFF
        )?;
        write!(
            f,
            "{:04x}-{:012x}",
            0x8000 | b >> 48 & 0x3FFF,
            b & 0xFFFF_FFFF_FFFF
        )
    }
}
