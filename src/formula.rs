//! Cells that a spreadsheet would run as a formula, in tables that people open in one.

use std::borrow::Cow;

/// Whether a spreadsheet may run the text (OWASP, "CSV Injection": `=`, `+`, `-`, `@`, tab, CR, LF
/// and the full-width forms). A plain number such as `-5` is only a number.
pub(crate) fn runs(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
        && !is_plain_number(text)
}

/// An optional sign, digits, and at most one point among them.
fn is_plain_number(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    all_digits(whole) && all_digits(part) && !(whole.is_empty() && part.is_empty())
}

/// The text with an apostrophe before what would be run, for tables that are read again: [`bare`] takes
/// it away.
pub(crate) fn guarded(text: &str) -> Cow<'_, str> {
    match runs(text.trim_start_matches('\'')) {
        true => format!("'{text}").into(),
        false => text.into(),
    }
}

/// The text as it was before it was [`guarded`].
pub(crate) fn bare(text: &str) -> &str {
    let guarded = |rest: &&str| runs(rest.trim_start_matches('\''));
    text.strip_prefix('\'').filter(guarded).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_guarded_reads_as_it_was() {
        for (text, written) in [
            ("", ""),
            ("'tis", "'tis"),
            ("-5", "-5"),
            ("=1+1", "'=1+1"),
            ("-|NA", "'-|NA"),
            ("'=1", "''=1"),
        ] {
            assert_eq!(guarded(text), written);
            assert_eq!(bare(written), text);
        }
    }
}
