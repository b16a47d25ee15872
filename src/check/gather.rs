//! What a record has and names, added to the facts.

use super::facts::Domain;
use super::file_plan::{KeyNote, KeyStep, When};
use super::print::Printer;
use super::{Facts, Print, Reading, View, print};
use crate::types;

/// Adds what a record has and names to the facts.
pub(super) fn gather(keys: &[KeyStep], view: &View<'_>, facts: &mut Facts) {
    for step in keys {
        // Its own key counts even where cells are shifted, else all who name it would dangle.
        let cell = |column: u32| match step.own {
            true => view.key(column),
            false => view.at(column),
        };
        let Some((last, front)) = step.columns.split_last() else {
            continue;
        };
        let begun = front.iter().try_fold(Printer::default(), |begun, column| {
            Some(begun.with(cell(*column)?.as_bytes()))
        });
        let (Some(begun), Some(last)) = (begun, cell(*last)) else {
            continue;
        };
        let items = last.split(|c| step.list && c == ',').map(str::trim);
        for item in items.filter(|item| !item.is_empty()) {
            let key = begun.with(item.as_bytes()).print();
            for (domain, when, note) in &step.notes {
                if holds(when.as_ref(), view) {
                    add(note, key, view, &mut facts[*domain]);
                }
            }
        }
    }
}

fn holds(when: Option<&When>, view: &View<'_>) -> bool {
    when.is_none_or(|(column, values)| {
        let value = view.at(*column);
        value.is_some_and(|value| values.iter().any(|known| *known == value))
    })
}

fn add(note: &KeyNote, key: Print, view: &View<'_>, domain: &mut Domain) {
    match note {
        KeyNote::Own(mark) => domain.define(key, *mark, view.number()),
        KeyNote::Name(mark) => domain.mark(key, *mark),
        KeyNote::Number { n, column, reading } => {
            let text = view.at(*column);
            if let Some(number) = text.and_then(|text| number(&text, *reading)) {
                domain.number(key, *n, number);
            }
        }
        KeyNote::Link { column } => {
            let named = view.at(*column);
            let items = named.iter().flat_map(|text| text.split(',')).map(str::trim);
            for to in items.filter(|to| !to.is_empty()) {
                domain.link(key, print([to.as_bytes()]));
            }
        }
    }
}

/// A cell as a number: days of a date, millionths of a decimal.
pub(super) fn number(text: &str, reading: Reading) -> Option<i64> {
    match reading {
        Reading::Date => types::date::days(text.as_bytes()).map(i64::from),
        Reading::Decimal => {
            types::decimal::value(text.as_bytes()).map(|value| (value * 1e6).round() as i64)
        }
    }
}
