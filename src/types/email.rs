//! An e-mail address as schools use them: `name@domain`, the name without quotes or comments.
//! Whether anyone reads mail there is never asked.

use wide::u8x16;

use super::{
    Mend, all,
    plain::{everyday, plain},
    within,
};

/// The longest address, in bytes (RFC 5321, 4.5.3.1.3, less the angle brackets).
pub const LONGEST: usize = 254;

/// A dot-atom, `@`, and a domain of at least two labels (RFC 5321, 4.1.2); letters beyond ASCII are
/// taken in both (RFC 6531).
#[must_use]
pub fn accepts(cell: &[u8]) -> bool {
    is_plain(cell) || is_address(cell)
}

/// Whether it is certainly an address, as most are: letters and digits, and between them single dots,
/// hyphens and one `@`, behind which there is a dot.
fn is_plain(cell: &[u8]) -> bool {
    let is = |byte: u8| u8x16::splat(byte);
    let letters = |bytes: u8x16| within(bytes | is(0x20), b'a', b'z');
    let joints = |bytes: u8x16| within(bytes, b'-', b'.') | bytes.simd_eq(is(b'@'));
    let words = |bytes: u8x16| letters(bytes) | within(bytes, b'0', b'9');
    let is_joint = |byte: &u8| matches!(byte, b'-' | b'.' | b'@');
    let ([first, .., last], Some(at)) = (cell, memchr::memchr(b'@', cell)) else {
        return false;
    };
    let mut after = memchr::memchr3_iter(b'-', b'.', b'@', cell).map(|joint| &cell[joint + 1..]);
    let domain = &cell[at + 1..];
    cell.len() < 64
        && all(cell, |bytes| words(bytes) | joints(bytes))
        && !is_joint(first)
        && last.is_ascii_alphabetic()
        && after.all(|after| after.first().is_some_and(|next| !is_joint(next)))
        && memchr::memchr(b'@', domain).is_none()
        && memchr::memchr(b'.', domain).is_some()
}

fn is_address(cell: &[u8]) -> bool {
    let Some(at) = cell.iter().rposition(|b| *b == b'@') else {
        return false;
    };
    let (name, domain) = (&cell[..at], &cell[at + 1..]);
    cell.len() <= LONGEST
        && name.len() <= 64
        && name
            .split(|b| *b == b'.')
            .all(|atom| !atom.is_empty() && atom.iter().all(|b| in_name(*b)))
        && domain.contains(&b'.')
        && domain.split(|b| *b == b'.').all(is_label)
        && !domain
            .rsplit(|b| *b == b'.')
            .next()
            .is_some_and(|top| top.iter().all(u8::is_ascii_digit))
        && (cell.is_ascii() || is_everyday(cell))
}

fn in_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~-".contains(&byte) || !byte.is_ascii()
}

fn is_label(label: &[u8]) -> bool {
    (1..=63).contains(&label.len())
        && label
            .iter()
            .all(|b| b.is_ascii_alphanumeric() || *b == b'-' || !b.is_ascii())
        && label.first() != Some(&b'-')
        && label.last() != Some(&b'-')
}

/// No invisible characters, unusual blanks or quotes.
fn is_everyday(cell: &[u8]) -> bool {
    std::str::from_utf8(cell).is_ok_and(|text| {
        text.chars()
            .all(|c| everyday(c) == Some(c) && !c.is_control())
    })
}

/// The address out of `<…>` or `mailto:` is certain; out of a name, with blanks, a comma for the
/// point, or `(at)` it is a guess.
pub(super) fn mend(cell: &str) -> Option<Mend> {
    let text = plain(cell);
    let bare = text
        .strip_prefix('<')
        .and_then(|rest| rest.strip_suffix('>'))
        .unwrap_or(&text);
    let bare = bare
        .get(..7)
        .filter(|start| start.eq_ignore_ascii_case("mailto:"))
        .map_or(bare, |_| &bare[7..])
        .trim();
    if accepts(bare.as_bytes()) {
        return Some(Mend::safe(bare));
    }
    let inner = bare
        .split_once('<')
        .and_then(|(_, rest)| rest.strip_suffix('>'))
        .unwrap_or(bare);
    let guess = inner
        .replace("(at)", "@")
        .replace("[at]", "@")
        .replace(' ', "");
    let guess = guess.trim_end_matches(['.', ',', ';']).replace(',', ".");
    (guess.matches('@').count() == 1 && accepts(guess.as_bytes())).then(|| Mend::review(guess))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::types::{Type, tests::check};

    proptest! {
        #[test]
        fn what_is_plainly_an_address_is_one(text in "[aZ9]?[aZ9.@_é-]{0,12}@?[aZ9.-]{0,6}[aZ9]?") {
            let text = text.as_bytes();
            prop_assert!(!is_plain(text) || is_address(text));
        }
    }

    #[test]
    fn addresses() {
        check(
            &Type::Email,
            &[
                "a@b.org",
                "ana.lee+x@school.k12.ca.us",
                "josé@escuela.es",
                "O'Neil@x.ie",
            ],
            &[
                (" a@b.org\u{A0}", "a@b.org"),
                ("<a@b.org>", "a@b.org"),
                ("MAILTO:a@b.org", "a@b.org"),
                ("Ana Lee <a@b.org>", "? a@b.org"),
                ("a @b.org", "? a@b.org"),
                ("a@b,org", "? a@b.org"),
                ("a@b.org;", "? a@b.org"),
                ("a(at)b.org", "? a@b.org"),
                ("a@b.org; c@d.org", ""),
                ("a@b", ""),
                ("a@@b.org", ""),
                ("a..b@c.org", ""),
                ("a@-b.org", ""),
                ("a@10.0.0.1", ""),
                ("none", ""),
            ],
        );
    }
}
