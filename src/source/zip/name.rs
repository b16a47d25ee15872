//! Entry names: bytes to text. Flag 11 says UTF-8 [4.4.4]; without it the specification says code
//! page 437 [D.1], but macOS and many libraries write UTF-8 all the same.

use super::wire::Fields;

/// Code page 437 from 0x80 on.
const CP437: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";

/// The id of the Info-ZIP Unicode Path extra field [4.6.9].
const UNICODE_PATH: u16 = 0x7075;

/// The name as text: the Unicode Path field if there is one and it belongs to this name, else UTF-8
/// if the bytes are, else code page 437. Bytes of another encoding are very unlikely to be UTF-8 by
/// chance, so flag 11 adds nothing and is not asked.
pub(super) fn decode(raw: &[u8], extra: &[u8]) -> String {
    unicode_path(raw, extra)
        .or_else(|| std::str::from_utf8(raw).ok())
        .map_or_else(|| raw.iter().map(|b| cp437(*b)).collect(), str::to_owned)
}

fn cp437(byte: u8) -> char {
    match byte.checked_sub(0x80) {
        None => char::from(byte),
        Some(index) => CP437
            .chars()
            .nth(index.into())
            .unwrap_or(char::REPLACEMENT_CHARACTER),
    }
}

fn unicode_path<'a>(raw: &[u8], extra: &'a [u8]) -> Option<&'a str> {
    let mut fields = Fields(extra);
    let mut field = std::iter::from_fn(|| fields.extra())
        .find_map(|(id, content)| (id == UNICODE_PATH).then_some(Fields(content)))?;
    let version = field.take(1)?;
    let mut crc = flate2::Crc::new();
    crc.update(raw);
    let belongs = version == [1] && field.u32()? == crc.sum();
    std::str::from_utf8(field.0).ok().filter(|_| belongs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_what_they_most_likely_are() {
        assert_eq!(CP437.chars().count(), 128);
        let path = |crc: u32, name: &str| {
            let size = u16::try_from(5 + name.len()).unwrap_or(0);
            [
                &UNICODE_PATH.to_le_bytes()[..],
                &size.to_le_bytes(),
                &[1],
                &crc.to_le_bytes(),
                name.as_bytes(),
            ]
            .concat()
        };
        let mut crc = flate2::Crc::new();
        crc.update(b"?.csv");
        let cases: &[(&[u8], Vec<u8>, &str)] = &[
            (b"users.csv", vec![], "users.csv"),
            ("Schüler.csv".as_bytes(), vec![], "Schüler.csv"),
            (b"Sch\x81ler.csv", vec![], "Schüler.csv"),
            (b"?.csv", path(crc.sum(), "é.csv"), "é.csv"),
            (b"?.csv", path(1, "é.csv"), "?.csv"),
            (b"?.csv", vec![0x75, 0x70, 9], "?.csv"),
        ];
        for (raw, extra, name) in cases {
            assert_eq!(decode(raw, extra), *name);
        }
    }
}
