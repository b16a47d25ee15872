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

/// What spreadsheets write in Japan, where OneRoster has profiles of its own.
const JAPANESE: Encoding = Encoding("shift_jis");

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
/// rows that read as Japanese, the text is Japanese. Other encodings are not told apart: what they
/// write is shown as Windows-1252, and a person sees that it is not.
pub fn guess(sample: &[u8]) -> Encoding {
    let high = sample.iter().filter(|b| !b.is_ascii()).count();
    let rows = sample
        .windows(2)
        .filter(|pair| !pair[0].is_ascii() && !pair[1].is_ascii())
        .count();
    let text = decode(JAPANESE.0, sample, Faults::Refuse);
    match text {
        Some(text) if rows * 3 >= high && is_japanese(&text) => JAPANESE,
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

/// Whether all letters beyond ASCII are ideographs, kana or full-width signs.
fn is_japanese(text: &str) -> bool {
    text.chars().filter(|c| !c.is_ascii()).all(|c| {
        matches!(c, '\u{3000}'..='\u{30FF}' | '\u{4E00}'..='\u{9FFF}' | '\u{FF01}'..='\u{FF5E}')
    })
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
            ("山田太郎", "shift_jis"),
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
