//! What stands behind a time: a half of the day, which changes it; a zone, which does not; or something
//! that could be either. The importer leaves out all of it.

use super::times::Met;
use crate::finding::{Fix, Safety, Told};
use crate::formats::datashop::time::{self, Shape, Time};
use crate::types::date::Order;
use crate::types::datetime::half;

const DAY: i64 = 86_400;

/// What a rule says of a time with something behind it; how the importer leaves it out.
pub fn told(met: &Met<'_>, time: Time, how: &str) -> Told {
    let rest = met.text.get(time.len..).unwrap_or_default().trim();
    let doubt = match is_doubtful(rest, time) {
        true => ", which may be a half of the day, and",
        false => ",",
    };
    Told::message(format!(
        "`{}` has `{rest}` behind the time{doubt} which the importer leaves out {how}; expected one of the documented formats",
        met.text
    ))
    .with(fix(met, time))
}

/// The time alone, on a clock of 24 hours; nothing where the rest may change it in a way that is not
/// known. Of a zone it says that it goes: the clock is not put forward or back.
pub fn fix(met: &Met<'_>, time: Time) -> Option<Fix> {
    let (front, rest) = met.text.split_at_checked(time.len)?;
    let half = half(rest).filter(|_| time.shape != Shape::Named);
    let (Some((half, zone)), Some(seconds)) = (half, time.seconds) else {
        return (!is_doubtful(rest, time)).then(|| alone(front, met.text));
    };
    let hour = seconds.rem_euclid(DAY) / 3600;
    let sure = (1..=12).contains(&hour);
    // `13:00 AM` contradicts itself.
    if hour > 12 && half == 0 {
        return None;
    }
    let meant = time::text(seconds - hour / 12 * (DAY / 2) + i64::from(half) * (DAY / 2));
    // Where nothing tells that the column has the month first, the day stays as it is written.
    let stays = time.shape == Shape::MonthFirst && met.known.order != Some(Order::MonthFirst);
    let meant = match (meant.split_once(' '), front.split_once(' ')) {
        (Some((_, clock)), Some((day, _))) if stays => format!("{day} {clock}"),
        _ => meant,
    };
    Some(match sure && zone.is_empty() {
        true => Fix::write(meant, Safety::Safe),
        false => alone(&meant, met.text),
    })
}

/// Writes a time without the zone that stands behind it in a text.
pub fn alone(time: &str, text: &str) -> Fix {
    let fix = Fix::write(time, Safety::Review);
    match zone(text) {
        Some(zone) => Fix {
            title: format!("{}, on the same clock, and leave `{zone}` out", fix.title),
            ..fix
        },
        None => fix,
    }
}

/// The zone or offset behind a time: `Z`, `+02:00`, `EST`. AM and PM are none.
pub fn zone(text: &str) -> Option<&str> {
    let clock = &text[text.find(':')?..];
    let begins = |c: char| matches!(c, '+' | '-') || c.is_alphabetic();
    let zone = &clock[clock.find(begins)?..];
    let zone = half(zone).map_or(zone, |(_, rest)| rest);
    let zone = zone.trim().trim_end_matches(['"', '\'']);
    let is_day = zone.starts_with(|c: char| c.is_ascii_digit());
    (!zone.is_empty() && !is_day).then_some(zone)
}

/// Whether letters that are no zone could name a half of the day, such as `p` or `nachm.`, and the
/// hour leaves that open.
fn is_doubtful(rest: &str, time: Time) -> bool {
    let hour = |seconds: i64| seconds.rem_euclid(DAY) / 3600;
    let is_open = time.seconds.is_none_or(|seconds| hour(seconds) <= 12);
    let has_letters = rest.contains(char::is_alphabetic);
    is_open && time.shape != Shape::Named && has_letters && half(rest).is_none() && !is_zone(rest)
}

/// Whether it is a zone: `Z`, `CEST`, `US/Eastern`, `GMT-0400 (Eastern Daylight Time)`.
fn is_zone(rest: &str) -> bool {
    let name = rest.split('(').next().unwrap_or_default().trim();
    let name = name.trim_matches(|c: char| c.is_ascii_digit() || "+-: \"'".contains(c));
    let short = (2..=4).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_uppercase());
    matches!(name, "Z" | "z" | "UTC") || short && name.ends_with('T') || name.contains('/')
}
