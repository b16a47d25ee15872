//! Text from files made fit to be read: what cannot be seen is made visible, what is too long is
//! shortened. For terminals and pages only; machine-readable outputs carry the text as it is.
//!
//! A control character could move a terminal's cursor, and a direction mark could make `gnp.exe`
//! look like `exe.png`, so neither is ever passed on.

/// The most characters of a value that are shown.
const LONGEST: usize = 200;

/// A value, a name or a key: its beginning.
pub(super) fn value(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((cut, _)) => visible(&text[..cut]) + "…",
        None => visible(text),
    }
}

/// A message: its beginning, where the evidence is, and its end, where the expectation is.
pub(super) fn message(text: &str) -> String {
    let head = text.char_indices().nth(LONGEST);
    let tail = text.char_indices().rev().nth(LONGEST - 1);
    match (head, tail) {
        (Some((head, _)), Some((tail, _))) if head < tail => {
            format!("{}…{}", visible(&text[..head]), visible(&text[tail..]))
        }
        _ => visible(text),
    }
}

/// Control characters as their pictures (`␀`, `␊`), other invisible ones as `‹U+202E›`.
pub(crate) fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\0'..='\u{1f}' => out.extend(char::from_u32(0x2400 + u32::from(c))),
            '\u{7f}' => out.push('␡'),
            '\u{80}'..='\u{9f}' // C1 controls
            | '\u{61c}' | '\u{200e}' | '\u{200f}' // direction marks
            | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' // embeddings, overrides, isolates
            | '\u{2028}' | '\u{2029}' // line and paragraph separators
            | '\u{200b}' | '\u{2060}' | '\u{feff}' => {
                out += &format!("‹U+{:04X}›", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn makes_the_invisible_visible() {
        let cases = [
            ("Zoë", "Zoë"),
            ("a\tb\r\n", "a␉b␍␊"),
            ("\u{1b}[31m\u{7f}\u{9b}", "␛[31m␡‹U+009B›"),
            ("\u{202e}gnp.exe", "‹U+202E›gnp.exe"),
            ("u1\u{200b}", "u1‹U+200B›"),
        ];
        for (from, to) in cases {
            assert_eq!(value(from), to);
            assert_eq!(message(from), to);
        }
    }

    #[test]
    fn shortens_at_characters() {
        assert_eq!(value(&"é".repeat(200)), "é".repeat(200));
        assert_eq!(value(&"é".repeat(201)), "é".repeat(200) + "…");
        assert_eq!(message(&"é".repeat(400)), "é".repeat(400));
        assert_eq!(
            message(&"é".repeat(401)),
            format!("{0}…{0}", "é".repeat(200))
        );
        assert!(
            message(&format!("`{}` is not a date", "x".repeat(1000))).ends_with("is not a date")
        );
    }
}
