//! What the records of a batch have and name, added to the facts. Column by column: first the
//! prints, conditions and numbers of all records, then each kind of key.

use super::facts::folded;
use super::key_plan::{Entry, KeyNote, KeyPlan, KeyStep, Last, Part};
use super::print::{Print, pair, single};
use super::rows::Rows;
use super::suspects::AccusedKeys;
use super::{Domain, Facts, Reading};
use crate::layout::Case;
use crate::records::trim;
use crate::types::{self, same, word};

/// Stands where a record has no key, or no number.
const NO_PRINT: Print = Print::LEAST;
const NO_NUMBER: i64 = i64::MIN;

/// Room for what is worked out of a batch.
#[derive(Debug, Default)]
pub(super) struct Gathering {
    /// For each part of a key the prints of all records' cells.
    prints: Vec<Vec<Print>>,
    /// For each condition the records of which it is true.
    holds: Vec<Vec<bool>>,
    numbers: Vec<Vec<i64>>,
    /// The keys at hand, and the records that have or name them.
    keys: Vec<(Print, u32)>,
    runs: Runs,
    places: Vec<u32>,
}

impl Gathering {
    /// Adds what the records have and name to the facts.
    pub fn add(&mut self, rows: &Rows<'_>, facts: &mut Facts) {
        let plan = rows.keys();
        self.read(plan, rows);
        for step in &plan.steps {
            self.keys(step, rows);
            for entry in &step.entries {
                self.enter(entry, rows, &mut facts[entry.domain]);
            }
        }
    }

    /// Calls `found` with the records that have or name one of the keys; nothing was told of the cells
    /// yet.
    pub fn find(&mut self, keys: &AccusedKeys, rows: &Rows<'_>, mut found: impl FnMut(u32)) {
        let plan = &rows.plan.sound_keys;
        self.read_parts(plan, rows, |part| keys.parts.contains(&part));
        for step in &keys.steps {
            self.keys(&plan.steps[*step], rows);
            for set in keys.sets_of(rows.plan, *step) {
                let some = self.keys.iter().filter(|(print, _)| set.has(*print));
                some.for_each(|(_, record)| found(*record));
            }
        }
    }

    /// Works out prints, conditions and numbers.
    fn read(&mut self, plan: &KeyPlan, rows: &Rows<'_>) {
        self.read_parts(plan, rows, |_| true);
        let len = rows.batch.len();
        self.holds.resize(plan.whens.len(), Vec::new());
        for (when, holds) in plan.whens.iter().zip(&mut self.holds) {
            let part = Part::of(when.column);
            fill(holds, len, false);
            rows.each(part, |record, text| {
                holds[record] = when.values.is_empty() || when.values.has(text);
            });
        }
        self.numbers.resize(plan.numbers.len(), Vec::new());
        for (number, numbers) in plan.numbers.iter().zip(&mut self.numbers) {
            let part = Part::of(number.column);
            fill(numbers, len, NO_NUMBER);
            match number.reading {
                Reading::Date => rows.each_day(number.column, |record, day| {
                    numbers[record] = i64::from(day);
                }),
                Reading::Decimal => rows.each(part, |record, text| {
                    numbers[record] = millionths(text).unwrap_or(NO_NUMBER);
                }),
                Reading::One => rows.each(part, |record, _| numbers[record] = 1),
                Reading::Text => {
                    // A key may have the print already.
                    let is = |of: &&Part| (of.column, of.case) == (part.column, part.case);
                    let known = plan.parts.iter().zip(&self.prints);
                    let mut known = known.filter(|(of, _)| is(of) && rows.poison.is_clean());
                    let known = known.next().map(|(_, prints)| prints);
                    rows.each(part, |record, text| {
                        numbers[record] = standing(text, || match known {
                            Some(prints) => prints[record],
                            None => single(text),
                        });
                    });
                }
            }
        }
    }

    /// Works out the prints of the plan's parts that are wanted.
    fn read_parts(&mut self, plan: &KeyPlan, rows: &Rows<'_>, wanted: impl Fn(usize) -> bool) {
        self.prints.resize(plan.parts.len(), Vec::new());
        let parts = plan.parts.iter().zip(&mut self.prints).enumerate();
        for (_, (part, prints)) in parts.filter(|(at, _)| wanted(*at)) {
            read_prints(*part, rows, prints);
        }
    }

    /// The keys of a step.
    fn keys(&mut self, step: &KeyStep, rows: &Rows<'_>) {
        let Gathering { prints, keys, .. } = self;
        keys.clear();
        let begun = |record: usize| {
            let mut parts = step.front.iter().map(|part| prints[*part][record]);
            let first = parts.next();
            parts
                .try_fold(first?, |begun, part| {
                    (part != NO_PRINT).then(|| pair(begun, part))
                })
                .filter(|begun| *begun != NO_PRINT)
        };
        match (step.front.as_slice(), step.last) {
            (front, Last::Cell(part)) => {
                let all = prints[part].iter().enumerate();
                let some = all.filter(|(_, print)| **print != NO_PRINT);
                match front {
                    [] => keys.extend(some.map(|(record, print)| (*print, record as u32))),
                    _ => keys.extend(some.filter_map(|(record, print)| {
                        Some((pair(begun(record)?, *print), record as u32))
                    })),
                }
            }
            (front, Last::Items(part)) => rows.each(part, |record, list| {
                let front = (!front.is_empty()).then(|| begun(record));
                for item in items(list).map(single) {
                    match front {
                        None => keys.push((item, record as u32)),
                        Some(Some(front)) => keys.push((pair(front, item), record as u32)),
                        Some(None) => {}
                    }
                }
            }),
        }
    }

    /// Puts together the keys at hand of records of which the condition is true: those that follow
    /// each other and are the same are looked up once.
    fn runs(&mut self, when: Option<usize>) {
        let Gathering {
            holds, keys, runs, ..
        } = self;
        let holds = when.map(|when| &holds[when]);
        runs.clear();
        for (print, record) in keys {
            if holds.is_none_or(|holds| holds[*record as usize]) {
                runs.add(*print, *record);
            }
        }
    }

    /// Notes what there is to note of the keys at hand.
    fn enter(&mut self, entry: &Entry, rows: &Rows<'_>, domain: &mut Domain) {
        self.runs(entry.when);
        let Gathering {
            holds,
            numbers,
            runs,
            places,
            ..
        } = self;
        domain.enter(&runs.prints, places);
        let mut asked = Vec::new();
        for (when, note) in &entry.notes {
            let whether = when.map(|when| &holds[when]);
            let holds = |record: &u32| whether.is_none_or(|all| all[*record as usize]);
            let found = runs.each().zip(&*places);
            match note {
                KeyNote::Own(mark) => {
                    for (records, place) in found {
                        for record in records.iter().filter(|record| holds(record)) {
                            let number = rows.before + i64::from(*record);
                            domain.own(*place, *mark, number as u64 + rows.plan.begins);
                        }
                    }
                }
                KeyNote::Name(mark) => {
                    for (records, place) in found {
                        let times = records.iter().filter(|record| holds(record)).count();
                        domain.name(*place, *mark, times as u32);
                    }
                }
                KeyNote::Number { n, number } => asked.push((*n, whether, &numbers[*number])),
                KeyNote::Link(column) => {
                    let keys = runs.each().zip(&runs.prints);
                    let keys =
                        keys.flat_map(|(records, print)| records.iter().map(move |r| (*print, *r)));
                    let mut keys = keys.filter(|(_, record)| holds(record)).peekable();
                    let part = Part::of(*column);
                    rows.each(part, |at, list| {
                        while keys.next_if(|key| (key.1 as usize) < at).is_some() {}
                        while let Some((from, _)) = keys.next_if(|key| key.1 as usize == at) {
                            items(list).for_each(|to| domain.link(from, single(to)));
                        }
                    });
                }
            }
        }
        if asked.is_empty() {
            return;
        }
        for (records, place) in runs.each().zip(&*places) {
            let (folds, mine) = domain.numbers_mut(*place);
            for (n, whether, numbers) in &asked {
                let records = records.iter().map(|record| *record as usize);
                for record in records.filter(|record| whether.is_none_or(|all| all[*record])) {
                    mine[*n] = folded(folds[*n], mine[*n], numbers[record]);
                }
            }
        }
    }
}

/// Keys, and for each the records in a row that have or name it.
#[derive(Debug, Default)]
struct Runs {
    prints: Vec<Print>,
    records: Vec<u32>,
    /// For each key the end of its records.
    ends: Vec<u32>,
}

impl Runs {
    fn clear(&mut self) {
        self.prints.clear();
        self.records.clear();
        self.ends.clear();
    }

    fn add(&mut self, print: Print, record: u32) {
        self.records.push(record);
        let end = self.records.len() as u32;
        match self.ends.last_mut() {
            Some(last) if self.prints.last() == Some(&print) => *last = end,
            _ => {
                self.prints.push(print);
                self.ends.push(end);
            }
        }
    }

    /// The records of each key.
    fn each(&self) -> impl Iterator<Item = &[u32]> {
        let mut start = 0;
        self.ends.iter().map(move |end| {
            let records = &self.records[start..*end as usize];
            start = *end as usize;
            records
        })
    }
}

/// The prints of a column's cells. Neighbours are often the same.
fn read_prints(part: Part, rows: &Rows<'_>, prints: &mut Vec<Print>) {
    fill(prints, rows.batch.len(), NO_PRINT);
    rows.with(part, |cells, counts| {
        let mut last: (&[u8], Print) = (b"", NO_PRINT);
        cells.each(|record, text| {
            if counts.holds(record) {
                if !same(last.0, text) {
                    last = (text, cased(part.case, text));
                }
                prints[record] = last.1;
            }
        });
    });
}

/// The print of a cell, in small letters where capitals do not count.
fn cased(case: Case, text: &[u8]) -> Print {
    match case {
        Case::Exact => single(text),
        Case::Any | Case::AnyWithBlanks => single(&text.to_ascii_lowercase()),
    }
}

fn fill<T: Clone>(list: &mut Vec<T>, len: usize, with: T) {
    list.clear();
    list.resize(len, with);
}

/// A number that stands for a text: short ones themselves, others their print.
fn standing(text: &[u8], print: impl FnOnce() -> Print) -> i64 {
    match word(text) {
        Some(word) => word as i64,
        None => print().number(),
    }
}

/// The items of a list; a cell that is none is one item.
fn items(cell: &[u8]) -> impl Iterator<Item = &[u8]> {
    let items = cell.split(|b| *b == types::list::SEPARATOR).map(trim);
    items.filter(|item| !item.is_empty())
}

/// A decimal number in millionths.
fn millionths(text: &[u8]) -> Option<i64> {
    types::decimal::value(text).map(|value| (value * 1e6).round() as i64)
}
