//! Times as DataShop's importer reads them: thirteen documented formats, each as the importer's own
//! patterns have them. Whatever stands behind a time is left out by the importer, so it is told apart
//! here and never read. No time zone is applied: times are local, and counted as if they were UTC.

use crate::types::date::from_civil;

const DAY: i64 = 86_400;

/// The last millisecond that the importer takes: 2038-01-19 03:14:07.999.
const LAST: u64 = 2_147_483_647_999;

/// Milliseconds below so many seconds are of the first months of 1970, and mostly seconds of our time.
const SECONDS: i64 = 10_000_000;

/// In which way a time is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// `2001-07-04 12:08`, with or without seconds and a fraction.
    Dashed,
    /// `July 04, 2001 12:08:56 AM`.
    Named,
    /// `2/24/2007 17:18`, or with two digits of the year.
    MonthFirst,
    /// `2010/05/11 16:06:28.65`.
    YearFirst,
    /// Milliseconds since 1970, with a fraction or without.
    Epoch,
}

/// A time that the importer takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Time {
    /// How it is written.
    pub shape: Shape,
    /// Seconds since 1970, the fraction left off. None where month or day is 0, which the importer lets
    /// through.
    pub seconds: Option<i64>,
    /// Bytes that are read; the importer leaves out what follows.
    pub len: usize,
}

/// What the importer makes of a cell, or nothing where it refuses it. It knows each shape by its
/// first match and then takes or refuses the value.
pub fn read(cell: &[u8]) -> Option<Time> {
    let mut scan = Scan { rest: cell };
    let (shape, seconds) = match cell {
        [b'A'..=b'Z', ..] => (Shape::Named, named(&mut scan)?),
        [_, _, _, _, b'-', ..] => (Shape::Dashed, dashed(&mut scan)?),
        [_, b'/', ..] | [_, _, b'/', ..] => (Shape::MonthFirst, month_first(&mut scan)?),
        [_, _, _, _, b'/', ..] => (Shape::YearFirst, year_first(&mut scan)?),
        _ => (Shape::Epoch, Some(epoch(&mut scan)?)),
    };
    // An apostrophe breaks the importer's statement.
    let len = cell.len() - scan.rest.len();
    (scan.rest.first() != Some(&b'\'')).then_some(Time {
        shape,
        seconds,
        len,
    })
}

impl Time {
    /// Whether it is a count that is most likely none of milliseconds, and is read as one.
    pub fn is_of_1970(&self) -> bool {
        let early = |seconds| seconds < SECONDS;
        self.shape == Shape::Epoch && self.seconds.is_some_and(early)
    }

    /// Whether the cell that it was read from says no seconds.
    pub fn is_to_the_minute(&self, cell: &[u8]) -> bool {
        let colons = cell.iter().take(self.len).filter(|byte| **byte == b':');
        self.shape != Shape::Epoch && colons.count() < 2
    }
}

/// What is told where such a time is counted with.
pub const NO_SECONDS: &str = "it says no seconds, and counts as the full minute";

/// What is told where a count that is none of milliseconds is read as one.
pub const OF_1970: &str =
    "it is read as a time of 1970, as the importer does, to which a number counts milliseconds";

/// Whether a time is followed by letters of which the importer says that it leaves them out.
pub fn has_letters(cell: &[u8]) -> bool {
    let gmt = cell.windows(3).any(|three| three == b"GMT");
    let Some(at) = memchr::memrchr(b' ', cell) else {
        return gmt;
    };
    let word = &cell[at + 1..];
    let all = |is: fn(&u8) -> bool| !word.is_empty() && word.iter().all(is);
    // The importer's own exception for `July 04, 2001 12:08:56 AM`.
    let month = cell[0].is_ascii_alphabetic() && all(u8::is_ascii_uppercase);
    gmt || all(u8::is_ascii_alphabetic) && !month
}

/// Whether it is what a spreadsheet leaves of a time, `08:56.0`: no date, perhaps not even an hour.
pub fn is_dateless(cell: &[u8]) -> bool {
    let digits = cell.iter().filter(|b| b.is_ascii_digit()).count();
    let marks = cell.iter().filter(|b| matches!(b, b':' | b'.')).count();
    cell.contains(&b':') && digits > 2 && digits + marks == cell.len()
}

/// The time in the form that DataShop exports.
pub fn text(seconds: i64) -> String {
    let day = i32::try_from(seconds.div_euclid(DAY)).unwrap_or(i32::MAX);
    let of_day = seconds.rem_euclid(DAY);
    let (hour, minute, second) = (of_day / 3600, of_day / 60 % 60, of_day % 60);
    let day = crate::types::date::text(day);
    format!("{day} {hour:02}:{minute:02}:{second:02}")
}

/// What is left to read.
struct Scan<'a> {
    rest: &'a [u8],
}

impl Scan<'_> {
    /// Between `least` and `most` digits, as many as there are.
    #[inline]
    fn number(&mut self, least: usize, most: usize) -> Option<u32> {
        let digits = self.rest.iter().take(most);
        let len = digits.take_while(|b| b.is_ascii_digit()).count();
        let (digits, rest) = self.rest.split_at(len);
        self.rest = rest;
        let number = digits
            .iter()
            .fold(0, |sum, b| sum * 10 + u32::from(b - b'0'));
        (len >= least).then_some(number)
    }

    #[inline]
    fn byte(&mut self, byte: u8) -> Option<()> {
        self.rest = self.rest.strip_prefix(&[byte])?;
        Some(())
    }

    /// A year of four digits, the first a 1 or a 2.
    #[inline]
    fn year(&mut self) -> Option<u32> {
        self.number(4, 4).filter(|year| (1000..3000).contains(year))
    }

    /// Hour and minute; seconds where there are any; and a fraction, which is not kept. The seconds of
    /// the day, if that is one of a clock.
    #[inline]
    fn clock(&mut self) -> Option<Clock> {
        self.byte(b' ')?;
        let hour = self.number(1, 2)?;
        self.byte(b':')?;
        let minute = self.number(1, 2)?;
        let (mut second, mut fraction) = (None, false);
        if let [b':', b'0'..=b'9', ..] = self.rest {
            self.byte(b':')?;
            second = self.number(1, 2);
            if let [b'.' | b':', b'0'..=b'9', ..] = self.rest {
                fraction = true;
                let more = self.rest[1..].iter().take_while(|b| b.is_ascii_digit());
                self.rest = &self.rest[1 + more.count()..];
            }
        }
        let sound = hour < 24 && minute < 60 && second.is_none_or(|second| second < 60);
        sound.then_some(Clock {
            hour,
            minute,
            second,
            fraction,
        })
    }
}

struct Clock {
    hour: u32,
    minute: u32,
    second: Option<u32>,
    fraction: bool,
}

/// The moment of a day, if there is such a day; nothing inside where month or day is 0.
#[inline]
fn moment(year: u32, month: u32, day: u32, clock: &Clock) -> Option<Option<i64>> {
    if (month == 0 || day == 0) && month <= 12 && day <= 31 {
        return Some(None);
    }
    let of_day = clock.hour * 3600 + clock.minute * 60 + clock.second.unwrap_or(0);
    let day = i64::from(from_civil(year, month, day)?);
    Some(Some(day * DAY + i64::from(of_day)))
}

fn dashed(scan: &mut Scan<'_>) -> Option<Option<i64>> {
    let year = scan.year()?;
    scan.byte(b'-')?;
    let month = scan.number(1, 2)?;
    scan.byte(b'-')?;
    let day = scan.number(1, 2)?;
    moment(year, month, day, &scan.clock()?)
}

fn year_first(scan: &mut Scan<'_>) -> Option<Option<i64>> {
    let year = scan.year()?;
    scan.byte(b'/')?;
    let month = scan.number(1, 2)?;
    scan.byte(b'/')?;
    let day = scan.number(1, 2)?;
    let clock = scan.clock().filter(|clock| clock.fraction)?;
    moment(year, month, day, &clock)
}

fn month_first(scan: &mut Scan<'_>) -> Option<Option<i64>> {
    let month = scan.number(1, 2)?;
    scan.byte(b'/')?;
    let day = scan.number(1, 2)?;
    scan.byte(b'/')?;
    let year = match scan.rest {
        [_, _, b' ', ..] => scan.number(2, 2).map(|year| match year {
            0..70 => 2000 + year,
            year => 1900 + year,
        }),
        _ => scan.year(),
    }?;
    moment(year, month, day, &scan.clock()?)
}

const MONTHS: [&[u8]; 12] = [
    b"January",
    b"February",
    b"March",
    b"April",
    b"May",
    b"June",
    b"July",
    b"August",
    b"September",
    b"October",
    b"November",
    b"December",
];

fn named(scan: &mut Scan<'_>) -> Option<Option<i64>> {
    let len = scan.rest.iter().position(|b| *b == b' ')?;
    let (name, rest) = scan.rest.split_at(len);
    scan.rest = rest;
    let mut months = (1..)
        .zip(MONTHS)
        .filter(|(_, month)| month.starts_with(name));
    let month = months.next()?.0;
    // `Ma` could be two months.
    if months.next().is_some() {
        return None;
    }
    scan.byte(b' ')?;
    let day = scan.number(1, 2)?;
    scan.byte(b',')?;
    scan.byte(b' ')?;
    let year = scan.year()?;
    let mut clock = scan.clock()?;
    scan.byte(b' ')?;
    let noon = match scan.rest {
        [b'A', b'M', ..] => 0,
        [b'P', b'M', ..] => 12,
        _ => return None,
    };
    scan.rest = &scan.rest[2..];
    if clock.second.is_none() || clock.fraction || !(1..=12).contains(&clock.hour) {
        return None;
    }
    clock.hour = clock.hour % 12 + noon;
    moment(year, month, day, &clock)
}

fn epoch(scan: &mut Scan<'_>) -> Option<i64> {
    let mut digits = || {
        let len = scan.rest.iter().take_while(|b| b.is_ascii_digit()).count();
        let (digits, rest) = scan.rest.split_at(len);
        scan.rest = rest;
        digits
    };
    let whole = digits();
    let add = |sum: u64, b: &u8| sum.saturating_mul(10).saturating_add(u64::from(b - b'0'));
    let milliseconds = whole.iter().fold(0, add);
    if whole.is_empty() || milliseconds > LAST {
        return None;
    }
    if let [b'.', rest @ ..] = scan.rest {
        scan.rest = rest;
        scan.number(1, usize::MAX)?;
    }
    scan.rest.is_empty().then_some((milliseconds / 1000) as i64)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use chrono::DateTime;
    use proptest::prelude::*;

    /// What the server stores for some cells; see the format's README.
    #[test]
    fn times_are_what_the_server_stores() {
        let table = include_str!("../../../tests/datashop/times.csv");
        let mut reader = csv::Reader::from_reader(table.as_bytes());
        let mut known = 0;
        for row in reader.records() {
            let row = row.unwrap();
            let (value, stored) = (&row[0], &row[1]);
            let time = read(value.as_bytes());
            assert_eq!(time.is_some(), !stored.is_empty(), "{value}");
            if let Some(seconds) = time.and_then(|time| time.seconds) {
                assert_eq!(text(seconds), stored, "{value}");
                known += 1;
            }
        }
        assert!(known > 50, "{known} times were compared");
    }

    #[test]
    fn letters_behind_a_time_are_those_that_the_server_warns_of() {
        let with = [
            "2001-07-04 12:08:56 EST",
            "2/24/2007 5:18 PM",
            "2001-07-04 12:08:56 GMT-5",
        ];
        let without = [
            "July 04, 2001 12:08:56 AM",
            "2001-07-04 12:08:56Z",
            "2001-07-04 12:08",
        ];
        assert!(with.iter().all(|text| has_letters(text.as_bytes())));
        assert!(!without.iter().any(|text| has_letters(text.as_bytes())));
    }

    /// The formats of the documentation in chrono's words.
    const FORMATS: [&str; 12] = [
        "%Y-%m-%d %H:%M:%S%.3f",
        "%Y-%m-%d %H:%M:%S:%3f",
        "%Y-%m-%d %H:%M:%S",
        "%Y-%m-%d %H:%M",
        "%B %d, %Y %I:%M:%S %p",
        "%m/%d/%Y %H:%M:%S",
        "%-m/%-d/%Y %H:%M",
        "%m/%d/%y %H:%M:%S:%3f",
        "%m/%d/%y %H:%M:%S",
        "%m/%d/%y %H:%M",
        "%Y/%m/%d %H:%M:%S%.6f",
        "%b %-d, %Y %-I:%M:%S %p",
    ];

    proptest! {
        #[test]
        fn times_are_those_of_the_calendar(
            // The years that begin with 1 or 2.
            seconds in -30_610_224_000..32_503_680_000_i64,
            nanos in 0..1_000_000_000_u32,
            format in proptest::sample::select(FORMATS.as_slice()),
        ) {
            // Two digits of the year tell those from 1970 to 2069.
            let seconds = if format.contains("%y") { seconds.rem_euclid(3_155_760_000) } else { seconds };
            let moment = DateTime::from_timestamp(seconds, nanos).unwrap();
            let written = moment.format(format).to_string();
            let time = read(written.as_bytes()).unwrap();
            let whole = if format.contains("%S") { seconds } else { seconds - seconds.rem_euclid(60) };
            prop_assert_eq!(time.seconds, Some(whole), "{}", written);
            prop_assert_eq!(time.len, written.len());
            prop_assert!(!has_letters(written.as_bytes()));
            prop_assert_eq!(text(seconds), moment.format("%Y-%m-%d %H:%M:%S").to_string());
        }

        /// What the rule `epoch-seconds` stands on: as milliseconds they are January 1970, all of them.
        #[test]
        fn seconds_since_1970_are_january_1970(seconds in 0..LAST / 1000) {
            let time = read(seconds.to_string().as_bytes()).unwrap();
            prop_assert_eq!(time.seconds, Some((seconds / 1000) as i64));
            prop_assert!(text(time.seconds.unwrap()).starts_with("1970-01"));
        }

        #[test]
        fn milliseconds_are_those_since_1970(milliseconds in 0..=LAST, fraction in 0..100_u8) {
            let seconds = Some((milliseconds / 1000) as i64);
            for written in [milliseconds.to_string(), format!("0{milliseconds}.{fraction}")] {
                prop_assert_eq!(read(written.as_bytes()).unwrap().seconds, seconds);
            }
            prop_assert_eq!(read((milliseconds + LAST + 1).to_string().as_bytes()), None);
        }

        #[test]
        fn days_that_no_calendar_has_are_refused(year in 1970..2069_u32, month in 1..13_u32, day in 1..32_u32) {
            let is = chrono::NaiveDate::from_ymd_opt(year as i32, month, day).is_some();
            for written in [
                format!("{year}-{month}-{day} 1:02"),
                format!("{month}/{day}/{year} 1:02"),
                format!("{month}/{day}/{:02} 1:02", year % 100),
                format!("{year}/{month}/{day} 1:02:03.4"),
            ] {
                prop_assert_eq!(read(written.as_bytes()).is_some(), is, "{}", written);
            }
        }

        #[test]
        fn nothing_makes_it_stumble(cell in proptest::collection::vec(any::<u8>(), 0..40)) {
            if let Some(time) = read(&cell) {
                prop_assert!(time.len <= cell.len());
            }
            is_dateless(&cell);
        }
    }
}
