//! Bytes that are not UTF-8: which encoding they most likely are in, and what they then say.
//!
//! Decoding is encoding_rs natively and the browser's `TextDecoder` in wasm: both follow the WHATWG
//! Encoding standard, and the browser's is there already, where encoding_rs' tables would be a
//! third of the download. See `docs/decisions/0007-legacy-encodings.md`.

use std::borrow::Cow;

/// A legacy encoding, by its name in the Encoding standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Encoding(&'static str);

/// What spreadsheets on Windows write in the Americas and Western Europe; decodes any bytes.
const WESTERN: Encoding = Encoding("windows-1252");

/// What spreadsheets write in Japan, where OneRoster has profiles of its own.
const JAPANESE: Encoding = Encoding("shift_jis");

impl Default for Encoding {
    fn default() -> Encoding {
        WESTERN
    }
}

impl Encoding {
    /// Its name, in small letters.
    pub fn name(self) -> &'static str {
        self.0
    }

    /// What the bytes say, in UTF-8 or else in this encoding; what cannot be decoded is shown as `�`.
    pub fn text(self, bytes: &[u8]) -> Cow<'_, str> {
        let legacy = |_| {
            decode(self.0, bytes, Faults::Show)
                .or_else(|| decode(WESTERN.0, bytes, Faults::Show))
                .map_or_else(|| String::from_utf8_lossy(bytes), Cow::Owned)
        };
        std::str::from_utf8(bytes).map_or_else(legacy, Cow::Borrowed)
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

/// The encoding that text most likely is in where it is not UTF-8, told by most of its words.
///
/// One cell may deceive: `Núñ` has the bytes of a Japanese letter. So a file is asked as a whole.
/// Other encodings are not told apart: what they write is shown as Windows-1252, and a person sees
/// that it is not.
pub fn guess(text: &[u8]) -> Encoding {
    // None of these marks is part of a letter in either encoding.
    let words = text.split(|b| matches!(b, 0..=b'/' | b':'..=b'?'));
    let (mut japanese, mut western) = (0, 0);
    for word in words.filter(|word| std::str::from_utf8(word).is_err()) {
        *match is_japanese(word) {
            true => &mut japanese,
            false => &mut western,
        } += 1;
    }
    if japanese > western {
        JAPANESE
    } else {
        WESTERN
    }
}

/// Bytes that are not UTF-8 kept to tell their encoding.
const KEPT: usize = 4096;

/// Keeps a cell that is not UTF-8, with a line break behind it, while there is room: what [`guess`]
/// asks of a file.
pub fn note(kept: &mut Vec<u8>, cell: &[u8]) {
    keep(kept, cell);
    keep(kept, b"\n");
}

/// Keeps more of what [`note`] wrote, while there is room.
pub fn keep(kept: &mut Vec<u8>, more: &[u8]) {
    let room = KEPT.saturating_sub(kept.len());
    kept.extend(more.iter().take(room));
}

/// What a cell says that may not be UTF-8, as well as can be told from it alone.
pub fn lossy(bytes: &[u8]) -> Cow<'_, str> {
    std::str::from_utf8(bytes).map_or_else(|_| guess(bytes).text(bytes), Cow::Borrowed)
}

/// The bytes as they stand: `Jos\xE9`.
pub fn escaped(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        match byte {
            0..=0x7F => out.push(char::from(*byte)),
            _ => out += &format!("\\x{byte:02X}"),
        }
    }
    out
}

/// Whether a word beyond ASCII reads as Japanese: letters of Japan without small Latin ones between
/// them. Capitals may stand there, as in `1年A組`, beside a byte that is no letter of the West.
fn is_japanese(word: &[u8]) -> bool {
    let Some(text) = decode(JAPANESE.0, word, Faults::Refuse) else {
        return false;
    };
    let wide = text.chars().filter(|c| !c.is_ascii()).count();
    let all = text.chars().all(|c| match c {
        'a'..='z' => false,
        c if c.is_ascii() => true,
        // Signs, kana, ideographs, full-width and half-width forms.
        c => {
            matches!(c, '\u{2100}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF01}'..='\u{FF9F}')
        }
    });
    let strange = word
        .iter()
        .any(|b| matches!(b, 0x81..=0x91 | 0x93..=0x9F) && !is_letter(*b));
    let capitals = text.bytes().any(|b| b.is_ascii_uppercase());
    all && (strange || wide > 1 && !capitals)
}

/// Whether Windows-1252 has a letter for a byte below those of Latin-1: Š Œ Ž š œ ž Ÿ.
fn is_letter(byte: u8) -> bool {
    matches!(byte, 0x8A | 0x8C | 0x8E | 0x9A | 0x9C | 0x9E | 0x9F)
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

    fn bytes(text: &str, encoding: Encoding) -> Vec<u8> {
        let Some(known) = encoding_rs::Encoding::for_label(encoding.0.as_bytes()) else {
            panic!("{}", encoding.0)
        };
        let (bytes, _, faults) = known.encode(text);
        assert!(!faults, "{text} in {}", encoding.0);
        bytes.into_owned()
    }

    /// Names, each of which tells by itself.
    const WEST: &str = "José Núñez|Núñez|Ibáñez|Yáñez|NÚÑEZ|Muñoz|Peña|Iñaki|Begoña|Zúñiga|Güemes|Ángel|\
        João|Conceição|Gonçalves|Inês|Simões|Estêvão|Magalhães|Zoë|Noël|Françoise|Hélène|Élodie|Maëlys|\
        Müller|Groß|Jäger|Schröder|Özil|Strauß|Sørensen|Åse – “Bø”|Ærø|Þór|Ásdís|Pál|Ján|O’Brien|O’BRIEN|\
        D’Angelo|Žižek|ŽIŽEK|Šašek|ŠKODA|Žofia|Œuvré|¿Qué?|1º año|Señor (él)|\
        “Math” – 2nd|Año 3 – Matemática|François l’Ésperance|«Ça va»";

    const EAST: &str = "山田 太郎、やまだ たろう|山田太郎|山田|山口|佐藤|鈴木|高橋|田中|髙橋|山﨑|関谷|中山|齋藤|\
        やまだ|サトウ|ﾔﾏﾀﾞ ﾀﾛｳ|1年A組|A組|数学Ⅰ|３年Ｂ組|東京都立第一高等学校|林";

    #[test]
    fn encodings_are_told_from_what_they_write() {
        for (names, encoding) in [(WEST, WESTERN), (EAST, JAPANESE)] {
            for name in names.split('|') {
                let bytes = bytes(name, encoding);
                let guessed = guess(&bytes);
                assert_eq!(guessed, encoding, "{name}");
                assert_eq!(guessed.text(&bytes), name);
            }
        }
    }

    #[test]
    fn a_file_is_told_by_most_of_its_words() {
        // By itself, each of these could be two letters of Japan.
        let mut cells = bytes("ça\nžena\nÀÉ\nÉÈ", WESTERN);
        cells.extend(bytes("\nNúñez\nIbáñez\nYáñez\nMüller\nŽižek", WESTERN));
        assert_eq!(guess(&cells), WESTERN);
    }

    #[test]
    fn any_bytes_say_something() {
        for byte in 0..=255_u8 {
            assert!(!lossy(&[byte, b'a']).is_empty());
        }
    }

    #[test]
    fn bytes_are_shown_as_they_stand() {
        assert_eq!(escaped(b"Jos\xE9 \\ 1"), r"Jos\xE9 \ 1");
    }
}
