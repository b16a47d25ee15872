//! A whole number of any length. Range is a rule of its own.

use super::{Mend, decimal, plain::plain};
use crate::finding::Safety;

/// An optional sign and digits.
#[must_use]
pub fn accepts(cell: &[u8]) -> bool {
    let digits = unsigned(cell);
    !digits.is_empty() && digits.iter().all(u8::is_ascii_digit)
}

/// The number; one too large to hold is held at the limit, so that a range still refuses it.
#[must_use]
pub fn value(cell: &[u8]) -> Option<i64> {
    if !accepts(cell) {
        return None;
    }
    let negative = cell.first() == Some(&b'-');
    Some(unsigned(cell).iter().fold(0i64, |sum, byte| {
        let digit = i64::from(byte - b'0');
        sum.saturating_mul(10)
            .saturating_add(if negative { -digit } else { digit })
    }))
}

/// The cell without its sign.
pub(super) fn unsigned(cell: &[u8]) -> &[u8] {
    match cell {
        [b'+' | b'-', rest @ ..] => rest,
        _ => cell,
    }
}

/// The number that 1 to 9 digits spell, and nothing else.
pub(super) fn number(digits: &str) -> Option<u32> {
    let spelled = (1..=9).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    if spelled { digits.parse().ok() } else { None }
}

/// A number without a fraction written as if it had one (`5.0`), or as [`decimal`] mends it.
pub(super) fn mend(cell: &str) -> Option<Mend> {
    let text = plain(cell);
    let mend = if decimal::accepts(text.as_bytes()) {
        Mend::safe(text)
    } else {
        decimal::mend(cell)?
    };
    let Some((whole, fraction)) = mend.text.split_once('.') else {
        return Some(mend);
    };
    if fraction.bytes().any(|b| b != b'0') {
        return None;
    }
    // `1.000` may be a thousand.
    let safety = if fraction.len() == 3 {
        Safety::Review
    } else {
        mend.safety
    };
    Some(Mend {
        text: whole.to_owned(),
        safety,
    })
}

#[cfg(test)]
mod tests {
    use super::value;
    use crate::types::{Type, tests::check};

    #[test]
    fn integers() {
        check(
            &Type::Integer,
            &["0", "-12", "+3", "007", "99999999999999999999"],
            &[
                ("5.0", "5"),
                (" 5 ", "5"),
                ("５", "5"),
                ("\u{2212}5", "-5"),
                ("1.000", "? 1"),
                ("1,234", "? 1234"),
                ("50%", "? 50"),
                ("1.2E+3", "? 1200"),
                ("5.5", ""),
                ("five", ""),
                ("-", ""),
            ],
        );
        assert_eq!(value(b"-12"), Some(-12));
        assert_eq!(value(b"99999999999999999999"), Some(i64::MAX));
        assert_eq!(value(b"-99999999999999999999"), Some(i64::MIN));
        assert_eq!(value(b"1.5"), None);
    }
}
