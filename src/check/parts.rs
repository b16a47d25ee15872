//! A file in parts, each checked by itself: where to cut, and where a part's records begin.
//!
//! Any cut will do. A part guesses that its first record starts behind the first line break. Where
//! that line break lies inside quotes the guess is wrong, [`Partial::merge`](super::Partial::merge)
//! sees it, and what follows is checked again. So the result never depends on the cuts, only the
//! time does.
//!
//! Only plain UTF-8 can be cut: a member of a zip is one stream, and the text of UTF-16 has other
//! offsets than the file.

use std::ops::Range;

/// Cuts a file of `size` bytes into at most `most` parts of about the same size, none of them
/// shorter than `least` bytes unless the whole file is.
pub fn cut(size: u64, most: u64, least: u64) -> Vec<Range<u64>> {
    let parts = (size / least.max(1)).min(most).max(1);
    let at = |part: u64| (u128::from(size) * u128::from(part) / u128::from(parts)) as u64;
    (0..parts).map(|part| at(part)..at(part + 1)).collect()
}

/// Where the first record starts that a part can be sure of, unless quotes deceive it: behind the
/// first line break. `bytes` begin *one byte before* the part, whose own first byte may start a
/// record. `None` where these bytes do not tell; if they go on to the end of the file, no record
/// starts in them, and the part has none.
pub fn first_record(bytes: &[u8]) -> Option<usize> {
    let at = memchr::memchr2(b'\n', b'\r', bytes)?;
    match (bytes[at], bytes.get(at + 1)?) {
        (b'\r', b'\n') => (at + 2 < bytes.len()).then_some(at + 2),
        _ => Some(at + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_even_and_cover_the_file() {
        let whole = |end| vec![Range { start: 0, end }];
        assert_eq!(cut(10, 3, 1), [0..3, 3..6, 6..10]);
        assert_eq!(cut(10, 3, 5), [0..5, 5..10]);
        assert_eq!(cut(10, 3, 50), whole(10));
        assert_eq!(cut(0, 3, 0), whole(0));
        assert_eq!(cut(u64::MAX, 2, 1).last(), Some(&(u64::MAX / 2..u64::MAX)));
    }

    #[test]
    fn a_record_starts_behind_a_line_break() {
        let cases: [(&[u8], Option<usize>); 9] = [
            (b"", None),
            (b"abc", None),
            (b"\nabc", Some(1)),
            (b"ab\ncd", Some(3)),
            (b"ab\r\ncd", Some(4)),
            (b"ab\rcd", Some(3)),
            (b"\n\nab", Some(1)),
            // What follows may be the other half of the line break, or nothing.
            (b"ab\r", None),
            (b"ab\n", None),
        ];
        for (bytes, start) in cases {
            assert_eq!(first_record(bytes), start, "{}", bytes.escape_ascii());
        }
    }
}
