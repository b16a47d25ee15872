//! Takes the marks of word processors and spreadsheets off a value before it is mended: invisible
//! characters, unusual blanks, dashes and quotes, full-width letters, quotes around the whole.
//! Never used to decide whether a value is accepted as it stands.

use std::borrow::Cow;

/// The everyday character for `c`; `None` for one that shows nothing.
pub(super) fn everyday(c: char) -> Option<char> {
    Some(match c {
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{FEFF}' => {
            return None;
        }
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0)?,
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE63}' => '-',
        '\u{2018}'..='\u{201B}' => '\'',
        '\u{201C}'..='\u{201F}' => '"',
        c if c.is_whitespace() => ' ',
        c => c,
    })
}

/// The value in everyday characters, without surrounding blanks, and without what spreadsheets put
/// around a value to keep it as text: `="012"`, `"012"`, `'012`.
pub fn plain(text: &str) -> String {
    // ASCII is everyday, but for its unusual blanks.
    let is_everyday = text.bytes().all(|b| b.is_ascii() && !(9..=13).contains(&b));
    let text: Cow<'_, str> = match is_everyday {
        true => Cow::Borrowed(text),
        false => Cow::Owned(text.chars().filter_map(everyday).collect()),
    };
    let text = text.trim();
    let text = text
        .strip_prefix('=')
        .filter(|rest| quoted(rest).is_some())
        .unwrap_or(text);
    let text = quoted(text)
        .or_else(|| text.strip_prefix('\''))
        .unwrap_or(text);
    text.trim().to_owned()
}

/// What stands between a pair of quotes that holds no further quote.
fn quoted(text: &str) -> Option<&str> {
    ['"', '\''].iter().find_map(|quote| {
        text.strip_prefix(*quote)?
            .strip_suffix(*quote)
            .filter(|inner| !inner.contains(*quote))
    })
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn takes_off_what_does_not_belong_to_the_value() {
        for (seen, meant) in [
            ("\u{FEFF}a\u{200B}b", "ab"),
            ("\u{A0}2024\u{2013}08\u{3000}", "2024-08"),
            ("２０２４", "2024"),
            ("=\"012\"", "012"),
            ("\u{201C}yes\u{201D}", "yes"),
            ("'012", "012"),
            ("=A1", "=A1"),
            ("a\"b", "a\"b"),
            ("\"", "\""),
        ] {
            assert_eq!(plain(seen), meant, "{seen:?}");
        }
    }
}
