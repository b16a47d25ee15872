//! Names in the letters that Test-Central takes: those of ASCII, and digits.

use crate::tables;

/// The letters with marks, `plain,letters`: each of the letters becomes the plain one.
const LETTERS: &str = "test_central/letters.csv";

/// The text without what is neither a letter of ASCII nor a digit: letters lose their marks, and signs
/// and blanks go. Nothing where a letter has no plain one.
pub fn plain(text: &str) -> Option<String> {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            c if c.is_ascii_alphanumeric() => out.push(c),
            c if c.is_alphanumeric() => out.push_str(plain_letter(c)?),
            _ => {}
        }
    }
    Some(out).filter(|out| !out.is_empty())
}

fn plain_letter(letter: char) -> Option<&'static str> {
    let rows = tables::find(LETTERS)?.lines().skip(1);
    let mut rows = rows.filter_map(|row| row.split_once(','));
    let (plain, _) = rows.find(|(_, letters)| letters.contains(letter))?;
    Some(plain)
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn names_lose_signs_and_marks() {
        for (name, expected) in [
            ("O'Neil", Some("ONeil")),
            ("Anna-Lena", Some("AnnaLena")),
            ("de la Cruz", Some("delaCruz")),
            ("Groß", Some("Gross")),
            ("Nguyễn", Some("Nguyen")),
            ("Ła\u{301}c\u{327}", Some("Lac")),
            ("Ωmega", None),
            ("-", None),
        ] {
            assert_eq!(plain(name).as_deref(), expected, "{name}");
        }
    }
}
