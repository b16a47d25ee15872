//! Bytes to UTF-8, or to something near it: what stands at the start of a file says how to read it.
//!
//! UTF-16 is decoded as it streams. Everything else passes through byte for byte, because all other
//! encodings that spreadsheets write share ASCII, and delimiters, quotes and line breaks are ASCII:
//! so byte ranges stay true, and a byte that is not UTF-8 is a finding at its cell.

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_16BE, UTF_16LE};

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
    decoder: Option<Decoder>,
    text: String,
}

impl Decode {
    /// For a file that starts so.
    pub fn new(start: Start) -> Decode {
        let decoder = match start {
            Start::Plain | Start::Marked => None,
            Start::Utf16Le => Some(UTF_16LE.new_decoder_with_bom_removal()),
            Start::Utf16Be => Some(UTF_16BE.new_decoder_with_bom_removal()),
        };
        Decode {
            decoder,
            text: String::new(),
        }
    }

    /// Hands the bytes on as text.
    pub fn push(&mut self, bytes: &[u8], each: &mut dyn FnMut(&[u8])) {
        self.run(bytes, false, each);
    }

    /// The file ends: hands on what was held back.
    pub fn end(&mut self, each: &mut dyn FnMut(&[u8])) {
        self.run(&[], true, each);
    }

    fn run(&mut self, mut bytes: &[u8], last: bool, each: &mut dyn FnMut(&[u8])) {
        let Some(decoder) = &mut self.decoder else {
            if !bytes.is_empty() {
                each(bytes);
            }
            return;
        };
        loop {
            self.text.clear();
            self.text.reserve(64 << 10);
            let (result, read, _) = decoder.decode_to_string(bytes, &mut self.text, last);
            bytes = &bytes[read..];
            if !self.text.is_empty() {
                each(self.text.as_bytes());
            }
            if result == CoderResult::InputEmpty {
                return;
            }
        }
    }
}

/// The legacy encoding that bytes which are not UTF-8 most likely are in.
pub fn guess(sample: &[u8]) -> &'static Encoding {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    detector.guess(None, chardetng::Utf8Detection::Deny)
}
