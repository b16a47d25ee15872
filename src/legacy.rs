//! Bytes that are not UTF-8: which encoding they most likely are in, and what they then say.
//!
//! Decoding is encoding_rs natively and the browser's `TextDecoder` in wasm: both follow the WHATWG
//! Encoding standard, and the browser's is there already, where encoding_rs' tables would be a
//! third of the download. See `docs/decisions/0007-legacy-encodings.md`.

/// A legacy encoding, by its name in the Encoding standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Encoding(&'static str);

/// What spreadsheets on Windows write in the Americas and Western Europe; decodes any bytes.
const WESTERN: Encoding = Encoding("windows-1252");

/// Encodings of two bytes and more per character, likelier ones first.
const WIDE: [Encoding; 5] = [
    Encoding("shift_jis"),
    Encoding("euc-jp"),
    Encoding("euc-kr"),
    Encoding("gb18030"),
    Encoding("big5"),
];

impl Encoding {
    /// Its name, in small letters.
    pub fn name(self) -> &'static str {
        self.0
    }

    /// What the bytes say; what cannot be decoded is shown as `�`.
    pub fn decode(self, bytes: &[u8]) -> String {
        decode(self.0, bytes, Faults::Show)
            .or_else(|| decode(WESTERN.0, bytes, Faults::Show))
            .unwrap_or_else(|| String::from_utf8_lossy(bytes).into_owned())
    }
}

/// What becomes of bytes that an encoding does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Faults {
    /// They are shown as `�`.
    Show,
    /// The bytes are refused.
    Refuse,
}

/// The encoding that bytes which are not UTF-8 most likely are in.
///
/// In Western text, letters beyond ASCII stand alone between ASCII letters; where they stand in
/// rows, the text is in an encoding of several bytes per character, and the one that decodes all of
/// it to letters of one script is taken.
pub fn guess(sample: &[u8]) -> Encoding {
    let high = sample.iter().filter(|b| !b.is_ascii()).count();
    let rows = sample
        .windows(2)
        .filter(|pair| !pair[0].is_ascii() && !pair[1].is_ascii())
        .count();
    if rows * 3 < high {
        return WESTERN;
    }
    let fit =
        |encoding: &Encoding| Some((fit(&decode(encoding.0, sample, Faults::Refuse)?), *encoding));
    // The first of equals: a later one has to fit better.
    let best = WIDE
        .iter()
        .filter_map(fit)
        .reduce(|a, b| if b.0 > a.0 { b } else { a });
    match best {
        Some((fit, encoding)) if fit >= 50 => encoding,
        _ => WESTERN,
    }
}

/// What bytes say that may not be UTF-8, as well as can be told.
pub fn lossy(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => guess(bytes).decode(bytes),
    }
}

/// The share, in percent, of the letters beyond ASCII that are common in some written language.
fn fit(text: &str) -> usize {
    let (mut letters, mut common) = (0, 0);
    for letter in text.chars().filter(|c| !c.is_ascii()) {
        letters += 1;
        common += match letter {
            // Kana and Hangul prove more than ideographs, which any wrong encoding gives, too.
            '\u{3041}'..='\u{30FF}' | '\u{AC00}'..='\u{D7A3}' => 100,
            '\u{4E00}'..='\u{9FFF}' => 70,
            '\u{3000}'..='\u{3040}' | '\u{FF01}'..='\u{FF5E}' => 60,
            _ => 0,
        };
    }
    common / letters.max(1)
}

#[cfg(not(target_arch = "wasm32"))]
fn decode(name: &str, bytes: &[u8], faults: Faults) -> Option<String> {
    let encoding = encoding_rs::Encoding::for_label(name.as_bytes())?;
    let text = match faults {
        Faults::Show => encoding.decode_without_bom_handling(bytes).0,
        Faults::Refuse => encoding.decode_without_bom_handling_and_without_replacement(bytes)?,
    };
    Some(text.into_owned())
}

#[cfg(target_arch = "wasm32")]
use crate::wasm::decode_legacy as decode;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_told_from_what_they_write() {
        let written = [
            ("José Núñez", "windows-1252"),
            ("Zoë", "windows-1252"),
            ("Sørensen, Åse – “Bø”", "windows-1252"),
            ("山田 太郎、やまだ たろう", "shift_jis"),
            ("김민준", "euc-kr"),
        ];
        for (text, name) in written {
            let Some(encoding) = encoding_rs::Encoding::for_label(name.as_bytes()) else {
                panic!("{name}")
            };
            let (bytes, ..) = encoding.encode(text);
            let guessed = guess(&bytes);
            assert_eq!(
                (guessed.name(), guessed.decode(&bytes).as_str()),
                (name, text)
            );
        }
    }

    #[test]
    fn any_bytes_say_something() {
        for byte in 0..=255_u8 {
            assert!(!lossy(&[byte, b'a']).is_empty());
        }
    }
}
