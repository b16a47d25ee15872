//! What a record has and names, added to the facts.

use super::facts::Domain;
use super::file_plan::{KeyNote, KeyStep, When};
use super::print::{pair, single};
use super::{Facts, Print, Reading, View};
use crate::records::trim;
use crate::types;

/// The fingerprints of a record's cells, each made when it is first asked for.
#[derive(Debug, Default)]
pub(super) struct Prints(Vec<Option<Option<Print>>>);

impl Prints {
    fn of(&mut self, view: &View<'_>, column: u32) -> Option<Print> {
        let at = column as usize;
        if self.0.len() <= at {
            self.0.resize(at + 1, None);
        }
        *self.0[at].get_or_insert_with(|| view.bytes(column).map(|cell| single(&cell)))
    }
}

/// Keys of a batch on their way into the facts.
#[derive(Debug, Default)]
pub(super) struct Gathering {
    prints: Prints,
    /// For each key its step and the record that has or names it.
    keys: Vec<(usize, Print, usize)>,
}

impl Gathering {
    /// Forgets the keys of the last batch.
    pub fn clear(&mut self) {
        self.keys.clear();
    }

    /// Takes up the keys that a record has and names.
    pub fn read(&mut self, steps: &[KeyStep], view: &View<'_>) {
        let Gathering { prints, keys } = self;
        prints.0.fill(None);
        for (at, step) in steps.iter().enumerate() {
            let Some((last, front)) = step.columns.split_last() else {
                continue;
            };
            // Its own key counts even where cells are shifted, else all who name it would dangle.
            let mut cell = |column: u32| match step.own {
                true => view.key_bytes(column).map(|cell| single(&cell)),
                false => prints.of(view, column),
            };
            let begun = front.iter().try_fold(None, |begun: Option<Print>, column| {
                let part = cell(*column)?;
                Some(Some(begun.map_or(part, |begun| pair(begun, part))))
            });
            let Some(begun) = begun else { continue };
            let whole = |part: Print| begun.map_or(part, |begun| pair(begun, part));
            if !step.list {
                keys.extend(cell(*last).map(|part| (at, whole(part), view.index())));
                continue;
            }
            let list = match step.own {
                true => view.key_bytes(*last),
                false => view.bytes(*last),
            };
            let items = list.iter().flat_map(|list| list.split(|b| *b == b','));
            let items = items.map(trim).filter(|item| !item.is_empty());
            keys.extend(items.map(|item| (at, whole(single(item)), view.index())));
        }
    }

    /// Adds the keys to the facts. All their slots are touched first: memory is slow, but it
    /// answers many questions at a time.
    pub fn add<'a>(&self, steps: &[KeyStep], view: impl Fn(usize) -> View<'a>, facts: &mut Facts) {
        let touched = self.keys.iter().flat_map(|(step, key, _)| {
            let facts = &*facts;
            let notes = steps[*step].notes.iter();
            notes.map(move |(domain, ..)| facts[*domain].touch(*key))
        });
        std::hint::black_box(touched.fold(0, |all, one| all ^ one));
        for (step, key, record) in &self.keys {
            let view = view(*record);
            for (domain, when, note) in &steps[*step].notes {
                if holds(when.as_ref(), &view) {
                    add(note, *key, &view, &mut facts[*domain]);
                }
            }
        }
    }
}

fn holds(when: Option<&When>, view: &View<'_>) -> bool {
    when.is_none_or(|(column, values)| {
        let value = view.bytes(*column);
        value.is_some_and(|value| values.iter().any(|known| known.as_bytes() == &*value))
    })
}

fn add(note: &KeyNote, key: Print, view: &View<'_>, domain: &mut Domain) {
    match note {
        KeyNote::Own(mark) => domain.define(key, *mark, view.number()),
        KeyNote::Name(mark) => domain.mark(key, *mark),
        KeyNote::Number { n, column, reading } => {
            let text = view.bytes(*column);
            if let Some(number) = text.and_then(|text| number(&text, *reading)) {
                domain.number(key, *n, number);
            }
        }
        KeyNote::Link { column } => {
            let named = view.bytes(*column);
            let items = named
                .iter()
                .flat_map(|text| text.split(|b| *b == b','))
                .map(trim);
            for to in items.filter(|to| !to.is_empty()) {
                domain.link(key, single(to));
            }
        }
    }
}

/// A cell as a number: days of a date, millionths of a decimal.
pub(super) fn number(text: &[u8], reading: Reading) -> Option<i64> {
    match reading {
        Reading::Date => types::date::days(text).map(i64::from),
        Reading::Decimal => types::decimal::value(text).map(|value| (value * 1e6).round() as i64),
    }
}
