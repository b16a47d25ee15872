//! Where cells and records may end: the places of delimiters, quotes and line breaks, found for
//! many bytes at a time. What they mean there is for the lexer to say.
//!
//! Written so that compilers turn the inner loops into vector instructions where the machine has
//! them (SSE2, NEON, simd128); the result is the same without.

use super::Dialect;

/// Bytes looked at together; one bit for each.
const BLOCK: usize = 64;

/// Which bytes a stretch of text has that most text has not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Odd {
    /// Control characters that are neither tabs nor line breaks.
    pub control: bool,
    /// Anything that is not ASCII.
    pub high: bool,
}

/// The bytes of a text that a lexer has to look at.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// For each byte a bit that says that it is a delimiter, a quote or part of a line break.
    bits: Vec<u64>,
    /// For each block what it has that is not plain.
    odd: Vec<Odd>,
    len: usize,
}

impl Marks {
    /// Marks a text.
    pub fn read(&mut self, text: &[u8], dialect: Dialect) {
        // A dialect without quotes has one special byte less.
        let quote = dialect.quote.unwrap_or(dialect.delimiter);
        let (blocks, rest) = text.as_chunks::<BLOCK>();
        self.bits.clear();
        self.odd.clear();
        self.len = text.len();
        for block in blocks {
            self.bits.push(bits(block, dialect.delimiter, quote));
            self.odd.push(odd(block));
        }
        if !rest.is_empty() {
            let mut block = [b' '; BLOCK];
            block[..rest.len()].copy_from_slice(rest);
            let inside = (1 << rest.len()) - 1;
            self.bits
                .push(bits(&block, dialect.delimiter, quote) & inside);
            self.odd.push(odd(&block));
        }
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

    /// What the blocks that hold a range of the text have that is not plain.
    pub fn odd(&self, range: std::ops::Range<usize>) -> Odd {
        let blocks = range.start / BLOCK..range.end.div_ceil(BLOCK);
        let odd = self.odd[blocks].iter();
        odd.fold(Odd::default(), |all, block| Odd {
            control: all.control | block.control,
            high: all.high | block.high,
        })
    }
}

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

fn odd(block: &[u8; BLOCK]) -> Odd {
    let control = |byte: u8| {
        (byte < b' ') & (byte != b'\t') & (byte != b'\n') & (byte != b'\r') | (byte == 0x7F)
    };
    Odd {
        control: block
            .iter()
            .fold(0, |any, byte| any | u8::from(control(*byte)))
            != 0,
        high: block.iter().fold(0, |any, byte| any | byte) >= 0x80,
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
                Just(b','), Just(b'"'), Just(b'\n'), Just(b'\r'), any::<u8>()
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
            let odd = marks.odd(range.clone());
            let control = |b: &u8| b.is_ascii_control() && !b"\t\n\r".contains(b);
            for (told, is) in [(odd.control, &control as &dyn Fn(&u8) -> bool), (odd.high, &|b| !b.is_ascii())] {
                prop_assert!(told || !text[range.clone()].iter().any(is));
                prop_assert!(!told || text.iter().any(is));
            }
        }
    }
}
