//! See `invalid_time.md`.

use super::behind;
use super::times::{self, Met, swapped};
use crate::finding::{Fix, Safety, Told};
use crate::formats::datashop::time;
use crate::rules::Rule;
use crate::types::date::Order;
use crate::types::{date, datetime};

/// The rule.
pub static RULE: Rule = Rule {
    cell: Some(|field, column, file| {
        times::compile(field, column, file, |met| {
            met.read.is_none().then(|| told(met))
        })
    }),
    ..Rule::new("invalid-time", include_str!("invalid_time.md"))
};

fn told(met: &Met<'_>) -> Told {
    let text = met.text;
    if time::is_dateless(text.as_bytes()) {
        return Told::message(format!(
            "`{text}` has no date: it is what a spreadsheet leaves of a time when it saves one; expected the time from a copy of the file that no spreadsheet has saved"
        ));
    }
    let (mut fix, mut years) = (meant(met), "");
    let written = fix.as_ref().and_then(|fix| fix.replacement());
    if written.is_some_and(|time| time::read(time.as_bytes()).is_none()) {
        (fix, years) = (None, ", whose years are 1000 to 2999");
    }
    let message = match text.as_bytes() {
        [b'"', .., b'"'] => format!(
            "`{text}` stands in double quotes, which the importer takes for a part of it; expected the time alone"
        ),
        cell if cell.len() > 11 && cell.iter().all(u8::is_ascii_digit) => format!(
            "`{text}` is a time after 19 January 2038, 03:14:07, the last that the importer takes in milliseconds; expected `YYYY-MM-DD hh:mm:ss`"
        ),
        _ => format!(
            "`{text}` is no time in one of DataShop's formats{years}{}{}; expected `YYYY-MM-DD hh:mm:ss`, or the importer refuses the file",
            placeless(text),
            unsure(met)
        ),
    };
    Told::message(message).with(fix)
}

/// What of it the formats cannot hold.
fn placeless(text: &str) -> String {
    let told = |zone| format!(", which have no place for `{zone}`");
    behind::zone(text).map(told).unwrap_or_default()
}

/// Why it is left alone, where it is a time that depends on the order of day and month.
fn unsure(met: &Met<'_>) -> &'static str {
    let readings = date::readings(met.text);
    match met.known.order {
        _ if readings.day_first == readings.month_first => "",
        None if met.known.is_open && readings.month_first.is_none() => {
            ", and has the day first, as most likely the times before it have, which the importer reads with the month first"
        }
        None => {
            ", and the first times of the column do not tell whether the day or the month stands first"
        }
        Some(Order::MonthFirst) if readings.month_first.is_none() => {
            ", and the first times of the column have the month first"
        }
        Some(_) => "",
    }
}

/// The same time as the importer takes it; to be looked at where something is left out.
fn meant(met: &Met<'_>) -> Option<Fix> {
    let quotes = |c: char| c == '"' || c == '\'';
    let plain = met.text.trim_matches(quotes).replace(['–', '−'], "-");
    let words: Vec<&str> = plain.split_whitespace().collect();
    let mut plain = words.join(" ");
    if plain.as_bytes().get(10) == Some(&b'T') {
        plain.replace_range(10..11, " ");
    }
    let year = plain.as_bytes().first_chunk::<4>();
    let has_year_first = year.is_some_and(|year| year.iter().all(u8::is_ascii_digit));
    if has_year_first && plain.as_bytes().get(4) == Some(&b'/') {
        plain = plain.replacen('/', "-", 2);
    }
    let Some(time) = time::read(plain.as_bytes()) else {
        let mend = datetime::local(met.text, met.known.order)?;
        // What a column has in one order is decided as one, the fifth of May with it.
        let is_safe = mend.safety == Safety::Safe && (has_year_first || met.known.order.is_none());
        return Some(match is_safe {
            true => Fix::write(mend.text, Safety::Safe),
            false => behind::alone(&mend.text, met.text),
        });
    };
    let again = Met {
        text: &plain,
        read: Some(time),
        ..*met
    };
    if let Some(swapped) = swapped(&again) {
        return Some(behind::alone(&swapped, met.text));
    }
    time.seconds?;
    match time.len == plain.len() {
        true => Some(Fix::write(plain, Safety::Safe)),
        false => behind::fix(&again, time),
    }
}
