//! A few texts that cells are compared with. Most are short, and a short text is a number: comparing
//! it is one step.

use crate::order::sort_by;

/// Some texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts {
    /// The short ones as numbers, in order.
    short: Vec<u64>,
    /// The others by their length, then by their bytes: most comparisons end at the length.
    long: Vec<(usize, Box<[u8]>)>,
}

impl Texts {
    /// These texts.
    pub fn new<'a>(texts: impl Iterator<Item = &'a str>) -> Texts {
        let mut all = Texts::default();
        for text in texts.map(str::as_bytes) {
            match word(text) {
                Some(word) => all.short.push(word),
                None => all.long.push((text.len(), text.into())),
            }
        }
        sort_by(&mut all.short, Ord::cmp);
        sort_by(&mut all.long, Ord::cmp);
        all
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.short.is_empty() && self.long.is_empty()
    }

    /// Whether this is one of them, to the letter.
    #[inline]
    pub fn has(&self, text: &[u8]) -> bool {
        self.has_as(word(text), text)
    }

    /// Whether all of these are. None is looked for twice in a row.
    pub fn have_all<'a>(&self, mut texts: impl Iterator<Item = &'a [u8]>) -> bool {
        let mut last = None;
        texts.all(|text| {
            let word = word(text);
            let again = word.is_some() && word == last;
            last = word;
            again || self.has_as(word, text)
        })
    }

    #[inline]
    fn has_as(&self, word: Option<u64>, text: &[u8]) -> bool {
        match word {
            Some(word) => self.short.binary_search(&word).is_ok(),
            None => {
                let order = |(len, known): &(usize, Box<[u8]>)| {
                    len.cmp(&text.len()).then_with(|| (**known).cmp(text))
                };
                self.long.binary_search_by(order).is_ok()
            }
        }
    }
}

/// Text of up to seven bytes as a number that no other text has; none for more.
#[inline(always)]
pub fn word(text: &[u8]) -> Option<u64> {
    let half = |bytes: &[u8; 4]| u64::from(u32::from_le_bytes(*bytes));
    let len = text.len();
    let bytes = match (text.first_chunk::<4>(), text.last_chunk::<4>()) {
        (Some(first), Some(last)) if len < 8 => half(first) | half(last) << (8 * (len - 4)),
        (Some(_), _) => return None,
        (None, _) => text
            .iter()
            .rev()
            .fold(0, |word, b| word << 8 | u64::from(*b)),
    };
    Some(bytes | (len as u64) << 56)
}

/// Whether two texts are the same: eight bytes at a time, as cells are too short for more.
#[inline(always)]
pub fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    match (a.last_chunk::<8>(), b.last_chunk::<8>()) {
        (Some(a_last), Some(b_last)) => {
            let mut words = a.as_chunks::<8>().0.iter().zip(b.as_chunks::<8>().0);
            words.all(|(a, b)| a == b) && a_last == b_last
        }
        _ => word(a) == word(b),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn texts_are_found_and_no_others(
            texts in proptest::collection::vec("[ab\0é]{0,10}", 0..6),
            other in "[ab\0é]{0,10}",
        ) {
            let all = Texts::new(texts.iter().map(String::as_str));
            for text in texts.iter().chain([&other]) {
                prop_assert_eq!(all.has(text.as_bytes()), texts.contains(text));
                let twice = [text.as_bytes(); 2].into_iter();
                prop_assert_eq!(all.have_all(twice), texts.contains(text));
                let words = word(text.as_bytes()) == word(other.as_bytes());
                let are_short = text.len() < 8 && other.len() < 8;
                prop_assert!(!are_short || words == (text == &other));
                prop_assert_eq!(same(text.as_bytes(), other.as_bytes()), text == &other);
            }
        }
    }
}
