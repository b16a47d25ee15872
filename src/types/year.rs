//! A year in four digits. A school year is named by the year in which it ends
//! (OR12-TYP-YEAR and `schoolYear` of academicSessions.csv).

use super::{
    Mend,
    integer::{self, number},
    plain::plain,
};

/// The year that exactly four digits spell (OR12-TYP-YEAR).
#[must_use]
pub fn value(cell: &[u8]) -> Option<u16> {
    let digits: &[u8; 4] = cell.try_into().ok()?;
    digits.iter().all(u8::is_ascii_digit).then(|| {
        digits
            .iter()
            .fold(0, |sum, b| sum * 10 + u16::from(b - b'0'))
    })
}

/// `2024.0` is certain; `24`, `2024-2025` (the year it ends in) and `SY2025` are guesses.
pub(super) fn mend(cell: &str) -> Option<Mend> {
    if let Some(mend) = integer::mend(cell).filter(|m| value(m.text.as_bytes()).is_some()) {
        return Some(mend);
    }
    let text = plain(cell).to_lowercase();
    let years = ["school year", "sy", "fy", "ay"]
        .iter()
        .find_map(|word| text.strip_prefix(word))
        .unwrap_or(&text)
        .trim();
    let year = match years.split_once(['-', '/']) {
        Some((first, last)) => full(last.trim())
            .filter(|last| full(first.trim()).is_some_and(|first| first + 1 == *last)),
        None => full(years),
    };
    year.map(|year| Mend::review(format!("{year:04}")))
}

/// The year that four digits, or two digits of this century, spell.
fn full(digits: &str) -> Option<u32> {
    match digits.len() {
        4 => number(digits),
        2 => number(digits).map(|year| 2000 + year),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::value;
    use crate::types::{Type, tests::check};

    #[test]
    fn years() {
        check(
            &Type::Year,
            &["2025", "0999"],
            &[
                ("2025.0", "2025"),
                (" 2025", "2025"),
                ("2,025", "? 2025"),
                ("2024-2025", "? 2025"),
                ("2024\u{2013}25", "? 2025"),
                ("2024/25", "? 2025"),
                ("SY 2024-25", "? 2025"),
                ("SY2025", "? 2025"),
                ("25", "? 2025"),
                ("2024-2026", ""),
                ("2024-08-01", ""),
                ("20255", ""),
            ],
        );
        assert_eq!(value(b"2025"), Some(2025));
    }
}
