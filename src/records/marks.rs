//! Where cells and records may end: the places of delimiters, quotes and line breaks, found for
//! many bytes at a time. What they mean there is for the lexer to say.
//!
//! Written so that compilers turn the inner loops into vector instructions where the machine has
//! them; for WebAssembly, where they do that less well, the instructions are named. The result is the
//! same.

use std::ops::Range;

use super::Dialect;

/// Bytes looked at together; one bit for each.
const BLOCK: usize = 64;

/// The bytes of a text that a lexer has to look at.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// For each byte a bit that says that it is a delimiter, a quote or part of a line break.
    bits: Vec<u64>,
    /// For each block whether it has control characters that are neither tabs nor line breaks.
    control: Vec<bool>,
    /// For each block whether it has anything that is not ASCII.
    high: Vec<bool>,
    len: usize,
}

impl Marks {
    /// Marks a text.
    pub fn read(&mut self, text: &[u8], dialect: Dialect) {
        // A dialect without quotes has one special byte less.
        let quote = dialect.quote.unwrap_or(dialect.delimiter);
        let (blocks, rest) = text.as_chunks::<BLOCK>();
        self.bits.clear();
        self.control.clear();
        self.high.clear();
        self.len = text.len();
        for block in blocks {
            self.add(look(block, dialect.delimiter, quote), !0);
        }
        if !rest.is_empty() {
            let mut block = [b' '; BLOCK];
            block[..rest.len()].copy_from_slice(rest);
            let inside = (1 << rest.len()) - 1;
            self.add(look(&block, dialect.delimiter, quote), inside);
        }
    }

    fn add(&mut self, seen: Seen, inside: u64) {
        self.bits.push(seen.bits & inside);
        self.control.push(seen.control);
        self.high.push(seen.high);
    }

    /// The first marked byte at `at` or later; the text's length where there is none.
    #[inline]
    pub fn next(&self, at: usize) -> usize {
        let mut block = at / BLOCK;
        let Some(first) = self.bits.get(block) else {
            return self.len;
        };
        let mut bits = first & (!0 << (at % BLOCK));
        while bits == 0 {
            block += 1;
            match self.bits.get(block) {
                Some(more) => bits = *more,
                None => return self.len,
            }
        }
        block * BLOCK + bits.trailing_zeros() as usize
    }

    /// Whether a range of the text certainly has no control characters but for tabs and line breaks.
    pub fn is_printable(&self, range: Range<usize>) -> bool {
        let blocks = range.start / BLOCK..range.end.div_ceil(BLOCK);
        !self.control[blocks].contains(&true)
    }

    /// Whether a range of the text that was marked is UTF-8.
    pub fn is_utf8(&self, text: &[u8], range: Range<usize>) -> bool {
        let blocks = range.start / BLOCK..range.end.div_ceil(BLOCK);
        !self.high[blocks].contains(&true) || simdutf8::basic::from_utf8(&text[range]).is_ok()
    }
}

/// What there is in a block.
struct Seen {
    bits: u64,
    control: bool,
    high: bool,
}

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
fn look(block: &[u8; BLOCK], delimiter: u8, quote: u8) -> Seen {
    Seen {
        bits: bits(block, delimiter, quote),
        control: has_control(block),
        high: is_high(block),
    }
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
fn look(block: &[u8; BLOCK], delimiter: u8, quote: u8) -> Seen {
    use core::arch::wasm32::*;
    let is = |bytes: v128, byte: u8| u8x16_eq(bytes, u8x16_splat(byte));
    let (mut bits, mut control, mut all) = (0, u8x16_splat(0), u8x16_splat(0));
    let (lanes, _) = block.as_chunks::<16>();
    for (at, lane) in lanes.iter().enumerate() {
        let (halves, _) = lane.as_chunks::<8>();
        let bytes = u64x2(u64::from_le_bytes(halves[0]), u64::from_le_bytes(halves[1]));
        let breaks = v128_or(is(bytes, b'\n'), is(bytes, b'\r'));
        let special = v128_or(v128_or(is(bytes, delimiter), is(bytes, quote)), breaks);
        bits |= u64::from(u8x16_bitmask(special)) << (16 * at);
        let usual = v128_or(breaks, is(bytes, b'\t'));
        let low = v128_andnot(u8x16_lt(bytes, u8x16_splat(b' ')), usual);
        control = v128_or(control, v128_or(low, is(bytes, 0x7F)));
        all = v128_or(all, bytes);
    }
    Seen {
        bits,
        control: v128_any_true(control),
        high: u8x16_bitmask(all) != 0,
    }
}

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
fn bits(block: &[u8; BLOCK], delimiter: u8, quote: u8) -> u64 {
    let mut marked = [0_u8; BLOCK];
    for (marked, byte) in marked.iter_mut().zip(block) {
        let special = (*byte == delimiter) | (*byte == quote) | (*byte == b'\n') | (*byte == b'\r');
        *marked = u8::from(special);
    }
    let (words, _) = marked.as_chunks::<8>();
    words.iter().rev().fold(0, |bits, word| {
        // Eight bytes of 0 or 1 to eight bits: the product gathers them in its upper byte.
        let gathered = u64::from_le_bytes(*word).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        bits << 8 | gathered
    })
}

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
fn has_control(block: &[u8; BLOCK]) -> bool {
    let control = |byte: u8| {
        (byte < b' ') & (byte != b'\t') & (byte != b'\n') & (byte != b'\r') | (byte == 0x7F)
    };
    // Of bytes, as of truths no vectors would be made.
    let any = block.iter().fold(0, |any, b| any | u8::from(control(*b)));
    any != 0
}

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
fn is_high(block: &[u8; BLOCK]) -> bool {
    block.iter().fold(0, |any, byte| any | byte) >= 0x80
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn marks_are_where_the_bytes_are(
            text in proptest::collection::vec(prop_oneof![
                Just(b','), Just(b'"'), Just(b'\n'), Just(b'\r'), Just(b'\xC3'), Just(b'\xA9'), any::<u8>()
            ], 0..300),
            from in 0..300_usize,
            to in 0..300_usize,
        ) {
            let mut marks = Marks::default();
            marks.read(&text, Dialect::CSV);
            let is = |b: &u8| b",\"\n\r".contains(b);
            let from = from.min(text.len());
            let next = text[from..].iter().position(is).map_or(text.len(), |at| from + at);
            prop_assert_eq!(marks.next(from), next);
            let range = from.min(to)..to.min(text.len()).max(from.min(to));
            let control = |b: &u8| b.is_ascii_control() && !b"\t\n\r".contains(b);
            let printable = marks.is_printable(range.clone());
            prop_assert!(!printable || !text[range.clone()].iter().any(control));
            prop_assert!(printable || text.iter().any(control));
            let utf8 = std::str::from_utf8(&text[range.clone()]).is_ok();
            prop_assert_eq!(marks.is_utf8(&text, range), utf8);
        }
    }
}
