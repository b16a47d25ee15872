//! A number with or without a fraction, written out: no exponent, no separators of thousands, a
//! point before the fraction. Range is a rule of its own.

use super::{Mend, integer::unsigned, plain::plain};

/// An optional sign, digits, and optionally a point and digits (OR12-TYP-FLOAT).
#[must_use]
pub fn accepts(cell: &[u8]) -> bool {
    let number = unsigned(cell);
    let whole = number.iter().take_while(|b| b.is_ascii_digit()).count();
    whole > 0
        && match &number[whole..] {
            [] => true,
            [b'.', fraction @ ..] => {
                !fraction.is_empty() && fraction.iter().all(u8::is_ascii_digit)
            }
            _ => false,
        }
}

/// The nearest number a computer can hold.
#[must_use]
pub fn value(cell: &[u8]) -> Option<f64> {
    if !accepts(cell) {
        return None;
    }
    std::str::from_utf8(cell).ok()?.parse().ok()
}

/// `.5` and `5.` are certain; per cent, exponents, thousands and decimal commas are guesses.
pub(super) fn mend(cell: &str) -> Option<Mend> {
    let text = plain(cell);
    let (sign, number) = text.split_at(text.len() - unsigned(text.as_bytes()).len());
    if let Some(whole) = complete(number) {
        return Some(Mend::safe(format!("{sign}{whole}")));
    }
    let number = number.strip_suffix('%').map_or(number, str::trim_end);
    let guess = complete(number)
        .or_else(|| written_out(number))
        .or_else(|| ungrouped(number))?;
    Some(Mend::review(format!("{sign}{guess}")))
}

/// The number with the digits around its point filled in: `.5`, `5.`.
fn complete(number: &str) -> Option<String> {
    let full = match number.split_once('.') {
        Some(("", fraction)) => format!("0.{fraction}"),
        Some((whole, "")) => whole.to_owned(),
        _ => number.to_owned(),
    };
    (full.starts_with(|c: char| c.is_ascii_digit()) && accepts(full.as_bytes())).then_some(full)
}

/// The number without its exponent: `1.5E-3` is `0.0015`.
fn written_out(number: &str) -> Option<String> {
    let (mantissa, exponent) = number.split_once(['e', 'E'])?;
    let mantissa = complete(mantissa)?;
    let exponent: i32 = exponent.parse().ok().filter(|e| (-30..=30).contains(e))?;
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((&mantissa, ""));
    let point = i32::try_from(whole.len()).ok()? + exponent;
    let mut digits = format!("{whole}{fraction}");
    while point > i32::try_from(digits.len()).ok()? {
        digits.push('0');
    }
    let before = usize::try_from(1 - point).unwrap_or(0);
    digits.insert_str(0, &"0".repeat(before));
    let (whole, fraction) = digits.split_at(usize::try_from(point.max(1)).ok()?);
    let whole = whole.trim_start_matches('0');
    complete(&format!("{whole}.{}", fraction.trim_end_matches('0')))
        .or_else(|| Some("0".to_owned()))
}

/// The number without separators of thousands, a decimal comma turned into a point. `1,234` is
/// taken for a thousand, `1,5` for a fraction.
fn ungrouped(number: &str) -> Option<String> {
    [(',', '.'), (' ', '.'), ('\'', '.'), ('.', ','), (' ', ',')]
        .into_iter()
        .find_map(|(group, mark)| {
            let (whole, fraction) = match number.rsplit_once(mark) {
                Some((whole, fraction)) => (whole, Some(fraction)),
                None => (number, None),
            };
            let mut parts = whole.split(group);
            let first = parts.next()?;
            let grouped = whole.contains(group);
            let sound = (1..=3).contains(&first.len())
                && parts.all(|part| part.len() == 3)
                && !first.starts_with('0');
            if grouped && !sound {
                return None;
            }
            let whole = whole.replace(group, "");
            let text = fraction.map_or(whole.clone(), |fraction| format!("{whole}.{fraction}"));
            complete(&text)
        })
}

#[cfg(test)]
mod tests {
    use super::value;
    use crate::types::{Type, tests::check};

    #[test]
    fn decimals() {
        check(
            &Type::Decimal,
            &["0", "1.5", "-0.25", "+3", "100.00"],
            &[
                (".5", "0.5"),
                ("5.", "5"),
                ("-.5", "-0.5"),
                ("\u{2212}1.5", "-1.5"),
                ("85.5 %", "? 85.5"),
                ("1.5E-3", "? 0.0015"),
                ("-1.25e2", "? -125"),
                ("1.234E1", "? 12.34"),
                ("0E0", "? 0"),
                ("3,5", "? 3.5"),
                ("0,125", "? 0.125"),
                ("1,234.50", "? 1234.50"),
                ("1.234,5", "? 1234.5"),
                ("1\u{A0}234", "? 1234"),
                ("1E+999", ""),
                ("--5", ""),
                (".", ""),
                ("NaN", ""),
                ("12,34,56", ""),
            ],
        );
        assert_eq!(value(b"-0.25"), Some(-0.25));
        assert_eq!(value(b"1e3"), None);
    }
}
