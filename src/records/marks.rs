//! Where cells and records may end: the places of delimiters, quotes and line breaks, found for
//! many bytes at a time. What they mean there is for the lexer to say.

use std::ops::Range;

use wide::u8x16;

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
    /// For each block whether it has characters of four bytes.
    rare: Vec<bool>,
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
        self.rare.clear();
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

    #[inline(always)]
    fn add(&mut self, seen: Seen, inside: u64) {
        self.bits.push(seen.bits & inside);
        self.control.push(seen.control);
        self.high.push(seen.high);
        self.rare.push(seen.rare);
    }

    /// The marked bytes from `at` on, in order; behind the last one the text's length, for ever.
    #[inline(always)]
    pub fn from(&self, at: usize) -> Cursor<'_> {
        let block = at / BLOCK;
        Cursor {
            marks: self,
            block,
            bits: self
                .bits
                .get(block)
                .map_or(0, |bits| bits & !0 << (at % BLOCK)),
        }
    }

    /// Whether a range of the text certainly has no control characters but for tabs and line breaks.
    pub fn is_printable(&self, range: Range<usize>) -> bool {
        let blocks = range.start / BLOCK..range.end.div_ceil(BLOCK);
        !self.control[blocks].contains(&true)
    }

    /// Whether a range of the text certainly has no characters of four bytes.
    pub fn is_common(&self, range: Range<usize>) -> bool {
        let blocks = range.start / BLOCK..range.end.div_ceil(BLOCK);
        !self.rare[blocks].contains(&true)
    }

    /// Whether a range of the text that was marked is UTF-8.
    pub fn is_utf8(&self, text: &[u8], range: Range<usize>) -> bool {
        let blocks = range.start / BLOCK..range.end.div_ceil(BLOCK);
        !self.high[blocks].contains(&true) || simdutf8::basic::from_utf8(&text[range]).is_ok()
    }
}

/// Marked bytes that were not passed yet.
pub(super) struct Cursor<'a> {
    marks: &'a Marks,
    block: usize,
    /// Those of the block.
    bits: u64,
}

impl Cursor<'_> {
    /// The next one; the text's length where there is none.
    #[inline(always)]
    pub fn next(&mut self) -> usize {
        while self.bits == 0 {
            self.block += 1;
            match self.marks.bits.get(self.block) {
                Some(bits) => self.bits = *bits,
                None => return self.marks.len,
            }
        }
        let at = self.block * BLOCK + self.bits.trailing_zeros() as usize;
        self.bits &= self.bits - 1;
        at
    }
}

/// What there is in a block.
struct Seen {
    bits: u64,
    control: bool,
    high: bool,
    rare: bool,
}

#[inline(always)]
fn look(block: &[u8; BLOCK], delimiter: u8, quote: u8) -> Seen {
    let none = u8x16::splat(0);
    let (mut bits, mut control, mut any) = (0, none, none);
    for (at, bytes) in block.as_chunks::<16>().0.iter().enumerate() {
        let bytes = u8x16::new(*bytes);
        let is = |byte: u8| bytes.simd_eq(u8x16::splat(byte));
        let breaks = is(b'\n') | is(b'\r');
        let special = is(delimiter) | is(quote) | breaks;
        bits |= u64::from(special.to_bitmask()) << (16 * at);
        let low = bytes.min(u8x16::splat(b' ' - 1)).simd_eq(bytes);
        control |= low & !(breaks | is(b'\t')) | is(0x7F);
        any = any.max(bytes);
    }
    Seen {
        bits,
        control: control.to_bitmask() != 0,
        high: any.to_bitmask() != 0,
        rare: any.max(u8x16::splat(0xF0)).simd_eq(any).to_bitmask() != 0,
    }
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
            let mut cursor = marks.from(from);
            prop_assert_eq!(cursor.next(), next);
            let second = text[text.len().min(next + 1)..].iter().position(is);
            prop_assert_eq!(cursor.next(), second.map_or(text.len(), |at| next + 1 + at));
            let range = from.min(to)..to.min(text.len()).max(from.min(to));
            let control = |b: &u8| b.is_ascii_control() && !b"\t\n\r".contains(b);
            let printable = marks.is_printable(range.clone());
            prop_assert!(!printable || !text[range.clone()].iter().any(control));
            prop_assert!(printable || text.iter().any(control));
            let common = marks.is_common(range.clone());
            prop_assert!(!common || text[range.clone()].iter().all(|b| *b < 0xF0));
            prop_assert!(common || text.iter().any(|b| *b >= 0xF0));
            let utf8 = std::str::from_utf8(&text[range.clone()]).is_ok();
            prop_assert_eq!(marks.is_utf8(&text, range), utf8);
        }
    }
}
