//! Bytes to UTF-8, or to something near it: what stands at the start of a file says how to read it.
//!
//! UTF-16 is decoded as it streams. Everything else passes through byte for byte, because all other
//! encodings that spreadsheets write share ASCII, and delimiters, quotes and line breaks are ASCII:
//! so byte ranges stay true, and a byte that is not UTF-8 is a finding at its cell.

use crate::legacy::guess;

/// What the first bytes of a file say of its encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// UTF-8, or a legacy encoding: bytes will tell.
    Plain,
    /// UTF-8 with a byte-order mark of three bytes.
    Marked,
    /// UTF-16, little end first.
    Utf16Le,
    /// UTF-16, big end first.
    Utf16Be,
}

impl Start {
    /// What the first bytes say: a byte-order mark, or the zeros that UTF-16 has between ASCII.
    pub fn of(head: &[u8]) -> Start {
        match head {
            [0xEF, 0xBB, 0xBF, ..] => Start::Marked,
            // UTF-32, which is no text that is read here; UTF-16 does not begin with a zero.
            [0xFF, 0xFE, 0, 0, ..] => Start::Plain,
            [0xFF, 0xFE, ..] => Start::Utf16Le,
            [0xFE, 0xFF, ..] => Start::Utf16Be,
            _ => {
                let sample = &head[..head.len().min(1024) & !1];
                let zeros = |offset: usize| {
                    sample
                        .iter()
                        .skip(offset)
                        .step_by(2)
                        .filter(|b| **b == 0)
                        .count()
                        * 2
                };
                let most = sample.len() * 7 / 10;
                match (zeros(0), zeros(1)) {
                    _ if sample.len() < 8 => Start::Plain,
                    (few, many) if many > most && few * 10 < sample.len() => Start::Utf16Le,
                    (many, few) if many > most && few * 10 < sample.len() => Start::Utf16Be,
                    _ => Start::Plain,
                }
            }
        }
    }

    /// Bytes of the byte-order mark that stays in the text's offsets.
    pub fn mark(self) -> u64 {
        match self {
            Start::Marked => 3,
            _ => 0,
        }
    }

    /// Whether offsets in the text are offsets in the file.
    pub fn keeps_offsets(self) -> bool {
        matches!(self, Start::Plain | Start::Marked)
    }

    /// The name of the encoding, where it is not for the bytes to tell.
    pub fn name(self) -> &'static str {
        match self {
            Start::Plain | Start::Marked => "utf-8",
            Start::Utf16Le => "utf-16le",
            Start::Utf16Be => "utf-16be",
        }
    }
}

/// Turns pushed bytes into text.
pub struct Decode {
    start: Start,
    /// Bytes of half a unit or half a pair, left from the last push.
    rest: Vec<u8>,
    text: String,
    /// Whether the first character, which may be a byte-order mark, has passed.
    begun: bool,
}

impl Decode {
    /// For a file that starts so.
    pub fn new(start: Start) -> Decode {
        Decode {
            start,
            rest: Vec::new(),
            text: String::new(),
            begun: false,
        }
    }

    /// Hands the bytes on as text.
    pub fn push(&mut self, bytes: &[u8], each: &mut dyn FnMut(&[u8])) {
        if self.start.keeps_offsets() {
            if !bytes.is_empty() {
                each(bytes);
            }
            return;
        }
        for piece in bytes.chunks(PIECE) {
            self.rest.extend_from_slice(piece);
            let whole = self.rest.len() - self.held();
            self.units(whole);
            self.flush(each);
        }
    }

    /// The file ends: hands on what was held back.
    pub fn end(&mut self, each: &mut dyn FnMut(&[u8])) {
        if !self.start.keeps_offsets() {
            self.units(self.rest.len());
            self.flush(each);
        }
    }

    /// Bytes at the end that the next push has to complete: half a unit, or half a pair of units.
    fn held(&self) -> usize {
        let odd = self.rest.len() % 2;
        let last = self.rest[..self.rest.len() - odd].last_chunk();
        match last.map(|pair| unit(self.start, *pair)) {
            Some(0xD800..=0xDBFF) => odd + 2,
            _ => odd,
        }
    }

    /// Decodes the first bytes of what is left; half a unit at the end shows as `�`.
    fn units(&mut self, whole: usize) {
        let mut rest = std::mem::take(&mut self.rest);
        let (pairs, odd) = rest[..whole].as_chunks::<2>();
        let start = self.start;
        let units = pairs.iter().map(|pair| unit(start, *pair));
        for letter in char::decode_utf16(units) {
            let letter = letter.unwrap_or(char::REPLACEMENT_CHARACTER);
            let first = !std::mem::replace(&mut self.begun, true);
            if !first || letter != '\u{FEFF}' {
                self.text.push(letter);
            }
        }
        if !odd.is_empty() {
            self.text.push(char::REPLACEMENT_CHARACTER);
        }
        rest.drain(..whole);
        self.rest = rest;
    }

    fn flush(&mut self, each: &mut dyn FnMut(&[u8])) {
        if !self.text.is_empty() {
            each(self.text.as_bytes());
            self.text.clear();
        }
    }
}

/// A unit of UTF-16.
fn unit(start: Start, bytes: [u8; 2]) -> u16 {
    match start {
        Start::Utf16Be => u16::from_be_bytes(bytes),
        _ => u16::from_le_bytes(bytes),
    }
}

/// Bytes of UTF-16 decoded at a time.
const PIECE: usize = 64 << 10;

/// What a whole small file says, without a byte-order mark: in UTF-8, UTF-16 or the legacy encoding
/// that it most likely is in.
pub fn text(bytes: &[u8]) -> String {
    let start = Start::of(bytes);
    let mut text = Vec::new();
    let mut decode = Decode::new(start);
    decode.push(bytes, &mut |piece| text.extend_from_slice(piece));
    decode.end(&mut |piece| text.extend_from_slice(piece));
    let text = &text[start.mark() as usize..];
    guess(text).text(text).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf32_is_not_taken_for_utf16() {
        let text = |unit: fn(u32) -> [u8; 4]| -> Vec<u8> {
            "\u{FEFF}id,name"
                .chars()
                .flat_map(|c| unit(c.into()))
                .collect()
        };
        assert_eq!(Start::of(&text(u32::to_le_bytes)), Start::Plain);
        assert_eq!(Start::of(&text(u32::to_be_bytes)), Start::Plain);
    }

    #[test]
    fn utf16_reads_the_same_however_it_is_cut() {
        let text = "\u{FEFF}id,name\r\n1,Zoë 𝒳 \u{FEFF}\r\n";
        for start in [Start::Utf16Le, Start::Utf16Be] {
            let bytes: Vec<u8> = text
                .encode_utf16()
                .flat_map(|unit| match start {
                    Start::Utf16Be => unit.to_be_bytes(),
                    _ => unit.to_le_bytes(),
                })
                .collect();
            assert_eq!(Start::of(&bytes), start);
            for cut in 0..=bytes.len() {
                let mut out = Vec::new();
                let mut decode = Decode::new(start);
                decode.push(&bytes[..cut], &mut |piece| out.extend_from_slice(piece));
                decode.push(&bytes[cut..], &mut |piece| out.extend_from_slice(piece));
                decode.end(&mut |piece| out.extend_from_slice(piece));
                assert_eq!(
                    String::from_utf8_lossy(&out),
                    text.trim_start_matches('\u{FEFF}')
                );
            }
        }
    }
}
