//! What the cells of a column show while they stream by.

use super::values::{Few, Prints};
use crate::records::Column;
use crate::types::{Type, year};

/// What people write where there is nothing. Whether it means that here, the rest of the column
/// tells.
pub(super) const GAPS: [&str; 10] = [
    "NA", "N/A", "n/a", "NULL", "null", "NaN", "nan", "None", "-", ".",
];

/// What stands between the parts of dates in forms of their own.
pub(super) const DATES: [u8; 3] = [b'/', b'.', b'-'];

/// Types that show in the cells, the narrowest first. What fits none is text.
const KINDS: [Type; 8] = [
    Type::Boolean,
    Type::Date,
    Type::DateTime,
    Type::Year,
    Type::Integer,
    Type::Decimal,
    Type::Email,
    Type::Identifier,
];

/// Years that are taken for one.
const YEARS: std::ops::RangeInclusive<u16> = 1900..=2100;

/// What the cells of a column showed.
pub(super) struct Seen {
    pub label: String,
    /// How many columns have the label.
    pub columns: u32,
    /// Types that take all cells, but for the words of [`GAPS`].
    pub kinds: Vec<Type>,
    /// Cells that hold something, these words not counted.
    pub filled: u64,
    /// Cells that hold nothing.
    pub empty: u64,
    /// How often each word of [`GAPS`] was seen.
    pub gaps: [u64; GAPS.len()],
    /// Fewest and most characters of filled cells.
    pub least: usize,
    pub most: usize,
    /// Some number is below zero; some is neither 0 nor 1.
    pub negative: bool,
    pub more: bool,
    /// All cells have a digit.
    pub digits: bool,
    /// For each mark of [`DATES`]: all cells are dates of the form 12/31/2026.
    pub dates: [bool; DATES.len()],
    /// Some cell runs over lines.
    pub breaks: bool,
    /// The values, while they may be codes.
    pub few: Option<Few>,
    /// The values, while the column may be a key or name one.
    pub prints: Option<Prints>,
    /// No value was seen twice.
    pub distinct: bool,
    /// The values are wanted even where they are no key.
    pub wanted: bool,
    /// Whether there were more values than there is room for.
    pub crowded: bool,
}

impl Seen {
    pub(super) fn new(label: &str) -> Seen {
        Seen {
            label: label.to_owned(),
            columns: 0,
            kinds: KINDS.to_vec(),
            filled: 0,
            empty: 0,
            gaps: [0; GAPS.len()],
            least: usize::MAX,
            most: 0,
            negative: false,
            more: false,
            digits: true,
            dates: [true; DATES.len()],
            breaks: false,
            few: Some(Few::default()),
            prints: None,
            distinct: true,
            wanted: false,
            crowded: false,
        }
    }

    /// Looks at the cells of `records` records.
    pub(super) fn see(&mut self, column: &Column<'_>, records: u64) {
        self.take(column.texts(), records);
        column.each_broken(|_, text| {
            self.breaks |= memchr::memchr2(b'\n', b'\r', text).is_some();
        });
    }

    /// Looks at the filled cells of `records` records.
    pub(super) fn take<'a>(&mut self, filled: impl Iterator<Item = &'a [u8]>, records: u64) {
        let mut count = 0;
        // Words for nothing are short, and rare.
        let mut texts: Vec<&[u8]> = Vec::new();
        for text in filled {
            count += 1;
            match gap(text) {
                Some(at) => self.gaps[at] += 1,
                None => texts.push(text),
            }
        }
        self.empty += records.saturating_sub(count);
        self.filled += texts.len() as u64;
        if texts.is_empty() {
            return;
        }
        self.kinds(&texts);
        self.shape(&texts);
        if let Some(few) = &mut self.few
            && !texts.iter().all(|text| few.add(text))
        {
            self.few = None;
        }
        self.print(&texts);
    }

    fn kinds(&mut self, texts: &[&[u8]]) {
        let may_count = self.kinds.contains(&Type::Decimal);
        let is_padded = |text: &&[u8]| matches!(text, [b'0', b'0'..=b'9', ..]);
        let padded = may_count && texts.iter().any(is_padded);
        self.kinds.retain(|kind| match kind {
            Type::Integer | Type::Decimal if padded => false,
            Type::Year => texts
                .iter()
                .all(|text| year::value(text).is_some_and(|y| YEARS.contains(&y))),
            kind => kind.accepts_all(texts.iter().copied()),
        });
        if self.kinds.contains(&Type::Decimal) {
            self.negative |= texts.iter().any(|text| text[0] == b'-');
            self.more = self.more || texts.iter().any(|text| !matches!(text, [b'0' | b'1']));
        }
    }

    /// Lengths, and what tells dates and identifiers from other text.
    fn shape(&mut self, texts: &[&[u8]]) {
        for text in texts {
            if text.len() > self.most || text.len() <= self.least {
                let length = match text.is_ascii() {
                    true => text.len(),
                    false => {
                        std::str::from_utf8(text).map_or(text.len(), |text| text.chars().count())
                    }
                };
                self.most = self.most.max(length);
                self.least = self.least.min(length);
            }
        }
        self.digits = self.digits && texts.iter().all(|text| text.iter().any(u8::is_ascii_digit));
        for (is, mark) in self.dates.iter_mut().zip(DATES) {
            *is = *is && texts.iter().all(|text| is_date(text, mark));
        }
    }

    fn print(&mut self, texts: &[&[u8]]) {
        let Some(prints) = &mut self.prints else {
            return;
        };
        for text in texts {
            self.distinct &= prints.add(text);
            if !self.distinct && !self.wanted {
                break;
            }
        }
        if !self.wanted && (!self.distinct || self.empty > 0) {
            self.prints = None;
        }
    }

    /// How many values it keeps.
    pub(super) fn kept(&self) -> usize {
        self.prints.as_ref().map_or(0, Prints::len)
    }
}

/// Which word for nothing it is.
pub(super) fn gap(text: &[u8]) -> Option<usize> {
    if text.len() > 4 || !matches!(text[0], b'N' | b'n' | b'-' | b'.') {
        return None;
    }
    GAPS.iter().position(|gap| gap.as_bytes() == text)
}

/// Whether it has the form of 12/31/2026, with this mark.
fn is_date(text: &[u8], mark: u8) -> bool {
    let mut parts = text.split(|byte| *byte == mark);
    let mut is = |lengths: std::ops::RangeInclusive<usize>| {
        let part = parts.next();
        part.is_some_and(|part| {
            lengths.contains(&part.len()) && part.iter().all(u8::is_ascii_digit)
        })
    };
    is(1..=2) && is(1..=2) && is(4..=4) && parts.next().is_none()
}
