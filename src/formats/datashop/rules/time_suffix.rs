//! See `time_suffix.md`.

use super::times::{self, Met};
use crate::finding::{Consequence, Fix, Safety, Told};
use crate::formats::datashop::time::{self, Shape, Time};
use crate::rules::Rule;
use crate::types::date::Order;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::AcceptedButWrong,
    cell: Some(|field, column, file| {
        times::compile(field, column, file, |met| {
            let time = met.read.filter(|time| time.len < met.text.len())?;
            time::has_letters(met.text.as_bytes()).then(|| told(met, time))
        })
    }),
    ..Rule::new("time-suffix", include_str!("time_suffix.md"))
};

fn told(met: &Met<'_>, time: Time) -> Told {
    let text = met.text;
    let (front, rest) = text.split_at_checked(time.len).unwrap_or((text, ""));
    let message = format!(
        "`{text}` has `{}` behind the time, which the importer leaves out with a warning; expected one of the documented formats",
        rest.trim()
    );
    let fix = match (half(rest), time.seconds) {
        (Some(half), Some(seconds)) if time.shape != Shape::Named => {
            let hour = seconds.rem_euclid(86_400) / 3600;
            let morning = seconds - hour / 12 * 43_200;
            let safety = match (1..=12).contains(&hour) {
                true => Safety::Safe,
                false => Safety::Review,
            };
            let meant = time::text(morning + half * 43_200);
            let is_sure = met.known.order == Some(Order::MonthFirst);
            // Where nothing tells that the column has the month first, the day stays as it is written.
            match (meant.split_once(' '), front.split_once(' ')) {
                (Some((_, clock)), Some((day, _)))
                    if time.shape == Shape::MonthFirst && !is_sure =>
                {
                    Fix::write(format!("{day} {clock}"), safety)
                }
                _ => Fix::write(meant, safety),
            }
        }
        _ => times::alone(front, text),
    };
    Told::message(message).with(Some(fix))
}

/// Which half of the day the letters name.
fn half(rest: &str) -> Option<i64> {
    match rest.trim() {
        "AM" | "am" | "a.m." => Some(0),
        "PM" | "pm" | "p.m." => Some(1),
        _ => None,
    }
}
