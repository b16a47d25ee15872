//! The identifier of a record or a reference to one (OneRoster: GUID). Never padded, shortened or
//! recomputed: digits lost to a spreadsheet are lost, and every proposal wants a look.

use wide::u8x16;

use super::{Mend, all, plain::plain, within};

/// The longest identifier, in characters (OR12-TYP-GUID: "under 256 characters").
pub const LONGEST: usize = 255;

/// 1 to 255 digits, letters, `.`, `-`, `_`, `/`, `@` (OR12-TYP-GUID).
#[must_use]
#[inline(always)]
pub fn accepts(cell: &[u8]) -> bool {
    (1..=LONGEST).contains(&cell.len()) && all(cell, are_members)
}

/// Which bytes may stand in an identifier (OR12-TYP-GUID).
fn are_members(bytes: u8x16) -> u8x16 {
    // `-` `.` `/` and the digits stand side by side, and so do `@` and the capitals.
    within(bytes, b'-', b'9')
        | within(bytes, b'@', b'Z')
        | bytes.simd_eq(u8x16::splat(b'_'))
        | within(bytes, b'a', b'z')
}

/// The identifier without blanks, quotes or braces around it. Always for review: references to it
/// may be written in the same way elsewhere.
pub(super) fn mend(cell: &str) -> Option<Mend> {
    let text = plain(cell);
    let bare = text
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'))
        .unwrap_or(&text)
        .trim();
    accepts(bare.as_bytes()).then(|| Mend::review(bare))
}

#[cfg(test)]
mod tests {
    use crate::types::{Type, tests::check};

    #[test]
    fn identifiers() {
        check(
            &Type::Identifier,
            &["a", "0123", "a.b-c_d/e@f", &"x".repeat(255)],
            &[
                (" u1 ", "? u1"),
                (
                    "{6F9619FF-8B86-D011-B42D-00CF4FC964FF}",
                    "? 6F9619FF-8B86-D011-B42D-00CF4FC964FF",
                ),
                ("\u{FEFF}u1", "? u1"),
                ("=\"00123\"", "? 00123"),
                ("1.23E+11", ""),
                ("a b", ""),
                ("é", ""),
                ("{}", ""),
                (&"x".repeat(256), ""),
            ],
        );
    }
}
