//! How people write a day, and which days that can mean: numbers in any order, names of months in
//! English and Spanish, two-digit years, the day counts of spreadsheets, a time of day behind it.
//! Reads one cell by itself; never prefers one order of day and month over the other, unless it is
//! told which one the cells of a column prove.

use std::borrow::Cow;

use super::{
    Mend, Type,
    date::{from_civil, text},
    datetime,
    integer::number,
    plain::plain,
};
use crate::finding::Safety;

/// The days a cell can mean. Where it says nothing about the order of day and month, both are the
/// same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Readings {
    /// The day, in days since 1970-01-01, if the day stands before the month.
    pub day_first: Option<i32>,
    /// The day, in days since 1970-01-01, if the month stands before the day.
    pub month_first: Option<i32>,
    /// How certain a reading is once the order is known.
    pub safety: Safety,
}

impl Readings {
    const NONE: Readings = Readings {
        day_first: None,
        month_first: None,
        safety: Safety::Shown,
    };

    fn one(day: Option<i32>, safety: Safety) -> Readings {
        Readings {
            day_first: day,
            month_first: day,
            safety,
        }
    }

    /// The day, where only one is possible.
    #[must_use]
    pub fn only(&self) -> Option<i32> {
        match (self.day_first, self.month_first) {
            (Some(one), Some(other)) => (one == other).then_some(one),
            (one, other) => one.or(other),
        }
    }

    /// The day in this order.
    pub(super) fn in_order(&self, order: Order) -> Option<i32> {
        match order {
            Order::DayFirst => self.day_first,
            Order::MonthFirst => self.month_first,
        }
    }
}

/// Which of day and month stands first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// `31/12/2024`.
    DayFirst,
    /// `12/31/2024`.
    MonthFirst,
}

/// The order that cells of a column prove: some have a reading in it alone, and none in the other
/// alone.
pub fn order<'a>(cells: impl IntoIterator<Item = &'a str>) -> Option<Order> {
    let mut proven = None;
    for cell in cells {
        let order = match readings(cell) {
            Readings {
                day_first: Some(_),
                month_first: None,
                ..
            } => Order::DayFirst,
            Readings {
                day_first: None,
                month_first: Some(_),
                ..
            } => Order::MonthFirst,
            _ => continue,
        };
        if *proven.get_or_insert(order) != order {
            return None;
        }
    }
    proven
}

/// A cell that can mean two days, because day and month could be swapped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Swappable {
    /// Both days, as `YYYY-MM-DD`; first the one with the day first.
    pub days: [String; 2],
    /// What it most likely meant, where its column has an order; someone should look at it.
    pub mend: Option<Mend>,
}

/// What a cell of this type can mean in a column of this order; `None` where it does not depend on
/// the order.
#[must_use]
pub fn swappable(kind: &Type, cell: &str, order: Option<Order>) -> Option<Swappable> {
    let readings = readings(cell);
    let (one, other) = (readings.day_first?, readings.month_first?);
    let mend = |order| match kind {
        Type::Date => Some(Mend::review(text(readings.in_order(order)?))),
        _ => datetime::mend_in(cell, order),
    };
    let of_days = matches!(kind, Type::Date | Type::DateTime);
    (of_days && one != other).then(|| Swappable {
        days: [text(one), text(other)],
        mend: order
            .and_then(mend)
            .filter(|mend| kind.accepts(mend.text.as_bytes())),
    })
}

/// Spreadsheets call 1970-01-01 day 25569; the days taken for counts begin in 1927 and end in 2099.
const SPREADSHEET: std::ops::RangeInclusive<u32> = 10_000..=73_050;
const SPREADSHEET_1970: i32 = 25_569;

/// The years in which a day without separators (`20240801`) is believed.
const YEARS: std::ops::RangeInclusive<u32> = 1900..=2100;

/// The days a cell can mean. A time of day is passed over; unless it is midnight, the day then is
/// for review, because it may be another one where the receiver is.
#[must_use]
pub fn readings(cell: &str) -> Readings {
    let cell = plain(cell);
    if let Some((day, _)) = spreadsheet(&cell) {
        return Readings::one(Some(day), Safety::Review);
    }
    match datetime::split(&cell) {
        Some((day, None)) => of_day(day),
        Some((day, Some(clock))) if clock.is_midnight() => of_day(day),
        Some((day, Some(_))) => Readings {
            safety: Safety::Review,
            ..of_day(day)
        },
        None => Readings::NONE,
    }
}

/// The day (since 1970-01-01) and the seconds of the day that a spreadsheet counts as `45505.5`.
pub(super) fn spreadsheet(text: &str) -> Option<(i32, i64)> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let count = number(whole).filter(|count| whole.len() == 5 && SPREADSHEET.contains(count))?;
    let digits: String = fraction.chars().take(9).collect();
    let part = f64::from(number(&digits)?) / 10f64.powi(i32::try_from(digits.len()).ok()?);
    let all_digits = fraction.bytes().all(|b| b.is_ascii_digit());
    // At most 86,400: rounded up to the next midnight.
    all_digits.then_some((
        i32::try_from(count).ok()? - SPREADSHEET_1970,
        (part * 86_400.0).round() as i64,
    ))
}

/// A number as written, or the name of a month.
enum Part<'a> {
    Number(&'a str),
    Month(u32),
}

/// The days that a text without a time of day can mean.
pub(super) fn of_day(text: &str) -> Readings {
    use Part::{Month, Number};
    let western = match text.is_ascii() {
        true => Cow::Borrowed(text),
        false => Cow::Owned(text.replace(['年', '月'], "-").replace('日', "")),
    };
    let Some(parts) = parts(&western) else {
        return Readings::NONE;
    };
    match parts[..] {
        [Number(run)] if run.len() == 8 => unseparated(run),
        [Month(month), Number(day), Number(year)] | [Number(day), Month(month), Number(year)]
            if day.len() <= 2 =>
        {
            let Some((year, safety)) = full_year(year) else {
                return Readings::NONE;
            };
            Readings::one(civil(Some(year), Some(month), number(day)), safety)
        }
        [Number(year), Month(month), Number(day)] if year.len() == 4 => {
            Readings::one(civil(number(year), Some(month), number(day)), Safety::Safe)
        }
        [Number(year), Number(month), Number(day)]
            if year.len() == 4 && month.len() <= 2 && day.len() <= 2 =>
        {
            Readings::one(
                civil(number(year), number(month), number(day)),
                Safety::Safe,
            )
        }
        [Number(a), Number(b), Number(c)] if a.len() <= 2 && b.len() <= 2 => year_last(a, b, c),
        _ => Readings::NONE,
    }
}

/// Day and month in either order, then the year; if neither is a day, a two-digit year comes first.
fn year_last(a: &str, b: &str, c: &str) -> Readings {
    let Some((year, safety)) = full_year(c) else {
        return Readings::NONE;
    };
    let day_first = civil(Some(year), number(b), number(a));
    let month_first = civil(Some(year), number(a), number(b));
    if day_first.is_none() && month_first.is_none() && c.len() == 2 {
        let year = full_year(a).map(|(year, _)| year);
        return Readings::one(civil(year, number(b), number(c)), Safety::Review);
    }
    Readings {
        day_first,
        month_first,
        safety,
    }
}

/// Eight digits: the year first, or else last.
fn unseparated(run: &str) -> Readings {
    let believed = |year: &str| number(year).filter(|year| YEARS.contains(year));
    let cut = |from, to| run.get(from..to).unwrap_or_default();
    let year_first = civil(believed(cut(0, 4)), number(cut(4, 6)), number(cut(6, 8)));
    if year_first.is_some() {
        return Readings::one(year_first, Safety::Safe);
    }
    let (a, b, year) = (number(cut(0, 2)), number(cut(2, 4)), believed(cut(4, 8)));
    Readings {
        day_first: civil(year, b, a),
        month_first: civil(year, a, b),
        safety: Safety::Review,
    }
}

fn civil(year: Option<u32>, month: Option<u32>, day: Option<u32>) -> Option<i32> {
    from_civil(year?, month?, day?)
}

/// A year in four digits; one in two digits is taken for 1950 to 2049.
fn full_year(digits: &str) -> Option<(u32, Safety)> {
    let year = number(digits)?;
    match digits.len() {
        4 => Some((year, Safety::Safe)),
        2 => Some((
            if year < 50 { 2000 + year } else { 1900 + year },
            Safety::Review,
        )),
        _ => None,
    }
}

/// The numbers and months in a text that holds nothing else but separators, names of weekdays and
/// small words.
fn parts(text: &str) -> Option<Vec<Part<'_>>> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let same = |c: char| {
            if first.is_ascii_digit() {
                c.is_ascii_digit()
            } else {
                c.is_alphabetic()
            }
        };
        let end = rest.find(|c| !same(c)).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end.max(first.len_utf8()));
        rest = after;
        if first.is_ascii_digit() {
            parts.push(Part::Number(run));
        } else if first.is_alphabetic() {
            let word = run.to_lowercase();
            match month(&word) {
                Some(month) => parts.push(Part::Month(month)),
                None if is_small(&word) => {}
                None => return None,
            }
        } else if !"-/., ".contains(first) || parts.is_empty() && !matches!(first, ' ' | ',' | '.')
        {
            return None;
        }
    }
    Some(parts)
}

const MONTHS: [[&str; 2]; 12] = [
    ["january", "enero"],
    ["february", "febrero"],
    ["march", "marzo"],
    ["april", "abril"],
    ["may", "mayo"],
    ["june", "junio"],
    ["july", "julio"],
    ["august", "agosto"],
    ["september", "septiembre"],
    ["october", "octubre"],
    ["november", "noviembre"],
    ["december", "diciembre"],
];

const WEEKDAYS: [&str; 14] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "lunes",
    "martes",
    "miércoles",
    "jueves",
    "viernes",
    "sábado",
    "domingo",
];

/// The month, by its name or the first three letters or more of it.
fn month(word: &str) -> Option<u32> {
    let named = |names: &[&str; 2]| names.iter().any(|name| is_short_for(word, name));
    MONTHS
        .iter()
        .position(named)
        .and_then(|at| u32::try_from(at + 1).ok())
}

fn is_small(word: &str) -> bool {
    ["st", "nd", "rd", "th", "of", "de", "del"].contains(&word)
        || WEEKDAYS.iter().any(|day| is_short_for(word, day))
}

fn is_short_for(word: &str, name: &str) -> bool {
    word.chars().count() >= 3 && name.starts_with(word)
}
