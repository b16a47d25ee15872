//! A moment in UTC, `YYYY-MM-DDThh:mm:ssZ`, with or without a fraction of the second. Moments are
//! counted in seconds from 1970-01-01T00:00:00Z. No time zone is ever taken from the machine.

use super::{
    Mend, date,
    integer::number,
    plain::plain,
    readings::{Order, of_day, spreadsheet},
};
use crate::finding::Safety;

const DAY: i64 = 86_400;

/// The seconds from 1970-01-01T00:00:00Z, the fraction dropped (OR12-TYP-DATETIME). Any number of
/// fraction digits is taken; second 60 and hour 24 are not.
#[must_use]
pub fn seconds(cell: &[u8]) -> Option<i64> {
    let (day, rest) = cell.split_at_checked(10)?;
    let (clock, rest) = rest.split_at_checked(9)?;
    let &[b'T', h1, h2, b':', m1, m2, b':', s1, s2] = clock else {
        return None;
    };
    let fraction = rest.strip_suffix(b"Z")?;
    let sound = match fraction {
        [] => true,
        [b'.', digits @ ..] => !digits.is_empty() && digits.iter().all(u8::is_ascii_digit),
        _ => false,
    };
    let pair = |tens: u8, ones: u8, limit: i64| {
        let both = tens.is_ascii_digit() && ones.is_ascii_digit();
        both.then(|| i64::from(tens - b'0') * 10 + i64::from(ones - b'0'))
            .filter(|n| *n < limit)
    };
    let of_day = pair(h1, h2, 24)? * 3600 + pair(m1, m2, 60)? * 60 + pair(s1, s2, 60)?;
    sound.then_some(())?;
    Some(i64::from(date::days(day)?) * DAY + of_day)
}

/// The moment as `YYYY-MM-DDThh:mm:ssZ`.
#[must_use]
pub fn text(seconds: i64) -> String {
    written(seconds, "")
}

fn written(seconds: i64, fraction: &str) -> String {
    // Beyond the days an `i32` counts there are no years of four digits either.
    let day = i32::try_from(seconds.div_euclid(DAY)).unwrap_or(i32::MAX);
    let of_day = seconds.rem_euclid(DAY);
    let point = if fraction.is_empty() { "" } else { "." };
    format!(
        "{}T{:02}:{:02}:{:02}{point}{fraction}Z",
        date::text(day),
        of_day / 3600,
        of_day / 60 % 60,
        of_day % 60
    )
}

/// A day and time with a known zone is certain. Without a zone it is taken for UTC, without a time
/// for midnight; those, and the counts of computers and spreadsheets, are guesses.
pub(super) fn mend(cell: &str) -> Option<Mend> {
    let text = plain(cell);
    if let Some(seconds) = computer(&text)
        .or_else(|| spreadsheet(&text).map(|(day, seconds)| i64::from(day) * DAY + seconds))
    {
        return Some(Mend::review(written(seconds, "")));
    }
    let (day, clock) = split(&text)?;
    let readings = of_day(day);
    Some(at(readings.only()?, clock, readings.safety))
}

/// The same where day and month could be swapped and the column has an order; always a guess.
pub(super) fn mend_in(cell: &str, order: Order) -> Option<Mend> {
    let text = plain(cell);
    let (day, clock) = split(&text)?;
    Some(at(of_day(day).in_order(order)?, clock, Safety::Review))
}

/// The moment of a day, as safe as the day is where all of it is known.
fn at(day: i32, clock: Option<Clock>, safety: Safety) -> Mend {
    let midnight = i64::from(day) * DAY;
    match clock {
        None => Mend::review(written(midnight, "")),
        Some(Clock {
            seconds,
            fraction,
            offset,
        }) => Mend {
            text: written(midnight + seconds - offset.unwrap_or(0), &fraction),
            safety: if offset.is_some() {
                safety
            } else {
                Safety::Review
            },
        },
    }
}

/// A moment as `YYYY-MM-DD hh:mm:ss` on the clock of whoever wrote it, with the fraction that it has.
/// Leaving out a zone is a guess, and so is an order of day and month, which has to be that of the
/// column. Where there is no time of day, none is made up.
pub fn local(cell: &str, order: Option<Order>) -> Option<Mend> {
    let text = plain(cell);
    if let Some((day, seconds)) = spreadsheet(&text) {
        let moment = i64::from(day) * DAY + seconds;
        return Some(Mend::review(on_the_clock(moment, "")));
    }
    let (day, clock) = split(&text)?;
    let (clock, readings) = (clock?, of_day(day));
    let swaps = readings.day_first != readings.month_first;
    let day = match swaps {
        true => readings.in_order(order?)?,
        false => readings.day_first?,
    };
    let certain = !swaps && clock.offset.is_none();
    Some(Mend {
        text: on_the_clock(i64::from(day) * DAY + clock.seconds, &clock.fraction),
        safety: if certain {
            readings.safety
        } else {
            Safety::Review
        },
    })
}

/// Whether it is a number as spreadsheets count days, with or without a fraction: `45505.5`.
pub fn is_serial(cell: &str) -> bool {
    spreadsheet(&plain(cell)).is_some()
}

fn on_the_clock(seconds: i64, fraction: &str) -> String {
    written(seconds, fraction)
        .replacen('T', " ", 1)
        .replace('Z', "")
}

/// Seconds or milliseconds since 1970, as computers count them, between 2001 and 2099.
fn computer(text: &str) -> Option<i64> {
    let digits = match text.len() {
        10 => text,
        13 => text.get(..10)?,
        _ => return None,
    };
    let all_digits = text.bytes().all(|b| b.is_ascii_digit());
    digits
        .parse()
        .ok()
        .filter(|seconds| all_digits && (1_000_000_000..4_070_908_800).contains(seconds))
}

/// A time of day as written.
pub(super) struct Clock {
    /// Seconds since midnight.
    seconds: i64,
    /// Digits of the fraction of the second; may be empty.
    fraction: String,
    /// Seconds ahead of UTC, where the zone is given.
    offset: Option<i64>,
}

impl Clock {
    pub(super) fn is_midnight(&self) -> bool {
        self.seconds == 0 && self.fraction.bytes().all(|b| b == b'0')
    }
}

/// The day part and the time part, if there is one; `None` if the time cannot be read.
pub(super) fn split(text: &str) -> Option<(&str, Option<Clock>)> {
    let Some(colon) = text.find(':') else {
        return Some(unseparated(text).unwrap_or((text, None)));
    };
    let hour = text[..colon]
        .trim_end_matches(|c: char| c.is_ascii_digit())
        .len();
    let day = text[..hour].trim_end();
    let day = day
        .strip_suffix(['T', 't', ','])
        .filter(|day| day.ends_with(|c: char| c.is_ascii_digit()))
        .unwrap_or(day);
    Some((day, Some(clock(&text[hour..])?)))
}

/// `20240801T101500Z`.
fn unseparated(text: &str) -> Option<(&str, Option<Clock>)> {
    let (day, time) = text.split_once(['T', 't'])?;
    let (h, m, rest) = (time.get(..2)?, time.get(2..4)?, time.get(4..)?);
    (day.len() == 8 && number(day).is_some())
        .then_some((day, Some(clock(&format!("{h}:{m}:{rest}"))?)))
}

/// `h:mm`, optionally `:ss`, a fraction, AM or PM, a zone.
fn clock(text: &str) -> Option<Clock> {
    let (hour, rest) = digits(text);
    let (minute, rest) = digits(rest.strip_prefix(':')?);
    let (second, rest) = rest.strip_prefix(':').map_or(("00", rest), digits);
    let (fraction, rest) = rest.strip_prefix(['.', ',']).map_or(("", rest), digits);
    let rest = rest.trim().to_uppercase();
    let (hour, zone) = match half(&rest) {
        None => (number(hour)?, rest.as_str()),
        Some((half, zone)) => (
            number(hour).filter(|h| (1..=12).contains(h))? % 12 + half * 12,
            zone,
        ),
    };
    let (minutes, whole) = (number(minute)?, number(second)?);
    let sound = hour < 24 && minute.len() == 2 && minutes < 60 && second.len() == 2 && whole < 60;
    let offset = match zone.trim() {
        "" => None,
        zone => Some(offset(zone)?),
    };
    let seconds = i64::from(hour) * 3600 + i64::from(minutes) * 60 + i64::from(whole);
    sound.then(|| Clock {
        seconds,
        fraction: fraction.to_owned(),
        offset,
    })
}

/// The half of the day that a text begins with, 0 or 1, and what stands behind it: `AM`, `p.m.`,
/// `p. m.`.
pub fn half(text: &str) -> Option<(u32, &str)> {
    let text = text.trim_start();
    let (half, rest) = match text.strip_prefix(['A', 'a']) {
        Some(rest) => (0, rest),
        None => (1, text.strip_prefix(['P', 'p'])?),
    };
    let rest = rest.strip_prefix('.').unwrap_or(rest).trim_start();
    let rest = rest.strip_prefix(['M', 'm'])?;
    let rest = rest.strip_prefix('.').unwrap_or(rest);
    (!rest.starts_with(char::is_alphanumeric)).then(|| (half, rest.trim()))
}

/// `Z`, `UTC`, `GMT`, `+hh:mm`, `-hhmm`, `+hh`: the seconds ahead of UTC, at most 14 hours.
fn offset(zone: &str) -> Option<i64> {
    if matches!(zone, "Z" | "UTC" | "GMT") {
        return Some(0);
    }
    let sign = match zone.chars().next()? {
        '+' => 1,
        '-' => -1,
        _ => return None,
    };
    let (hours, minutes) = match zone[1..].split_once(':') {
        Some(parts) => parts,
        None => zone[1..].split_at_checked(2)?,
    };
    let minutes = if minutes.is_empty() {
        0
    } else {
        number(minutes).filter(|m| minutes.len() == 2 && *m < 60)?
    };
    let hours = number(hours).filter(|h| hours.len() <= 2 && *h <= 14)?;
    Some(sign * i64::from(hours * 3600 + minutes * 60))
}

/// The digits at the beginning, and what follows.
fn digits(text: &str) -> (&str, &str) {
    text.split_at(
        text.find(|c: char| !c.is_ascii_digit())
            .unwrap_or(text.len()),
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::types::{Type, tests::check};

    #[test]
    fn moments() {
        check(
            &Type::DateTime,
            &[
                "2012-04-23T18:25:43.511Z",
                "2024-08-01T00:00:00Z",
                "2024-08-01T00:00:00.123456789012Z",
            ],
            &[
                ("2024-08-01t10:15:00z", "2024-08-01T10:15:00Z"),
                ("2024-08-01T10:15:00+00:00", "2024-08-01T10:15:00Z"),
                ("2024-08-01T00:30:00.5+09:00", "2024-07-31T15:30:00.5Z"),
                ("2024-12-31 20:00:00 -0500", "2025-01-01T01:00:00Z"),
                ("2024-08-01T10:15Z", "2024-08-01T10:15:00Z"),
                ("2024-08-01 10:15:00 UTC", "2024-08-01T10:15:00Z"),
                ("20240801T101500Z", "2024-08-01T10:15:00Z"),
                ("2024-08-01T10:15:00,25Z", "2024-08-01T10:15:00.25Z"),
                ("2024-08-01 10:15:00", "? 2024-08-01T10:15:00Z"),
                ("8/15/2024 1:05 PM", "? 2024-08-15T13:05:00Z"),
                ("8/15/2024 12:00:00 AM", "? 2024-08-15T00:00:00Z"),
                ("8/15/2024 1:05 p.m.", "? 2024-08-15T13:05:00Z"),
                ("15/8/2024, 1:05:09 P.\u{a0}M.", "? 2024-08-15T13:05:09Z"),
                ("8/15/2024 1:05\u{202f}PM", "? 2024-08-15T13:05:00Z"),
                ("8/15/2024 12:05 a. m.", "? 2024-08-15T00:05:00Z"),
                ("8/15/2024 1:05 p.m.+02:00", "2024-08-15T11:05:00Z"),
                ("8/15/2024 1:05 p", ""),
                ("8/15/2024 1:05 p.mo", ""),
                ("2024-08-01", "? 2024-08-01T00:00:00Z"),
                ("1722470400", "? 2024-08-01T00:00:00Z"),
                ("1722470400123", "? 2024-08-01T00:00:00Z"),
                ("45505.5", "? 2024-08-01T12:00:00Z"),
                ("03/04/2024 10:00:00Z", ""),
                ("2024-08-01T24:00:00Z", ""),
                ("2024-08-01T10:60:00Z", ""),
                ("2024-08-01T999999999:00Z", ""),
                ("2024-08-01T13:00 PM", ""),
                ("2024-08-01T10:15:00+25:00", ""),
                ("9999-12-31T23:59:59-01:00", ""),
                ("10:15", ""),
                ("2024-08-01T10:15:00.Z", "2024-08-01T10:15:00Z"),
            ],
        );
    }

    #[test]
    fn seconds_are_those_of_chrono() {
        for written in [
            "1970-01-01T00:00:00Z",
            "1969-12-31T23:59:59Z",
            "2024-02-29T12:34:56.789Z",
            "0000-01-01T00:00:01Z",
        ] {
            let theirs = written
                .parse::<chrono::DateTime<chrono::Utc>>()
                .unwrap()
                .timestamp();
            assert_eq!(seconds(written.as_bytes()), Some(theirs), "{written}");
            assert_eq!(text(theirs)[..19], written[..19]);
        }
    }
}
