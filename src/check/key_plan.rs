//! What to gather from the records of one file, compiled for its columns. What several gatherings
//! have in common (the print of a cell, a condition, a number) stands here once, so that it is
//! worked out once for each record.

use super::planner::{Gather, Note};
use super::{FilePlan, Mark, Reading};
use crate::layout::Case;
use crate::types::{Texts, Type};

/// A column whose cells are part of keys, or stand for numbers of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub column: u32,
    /// Whether capitals make another key.
    pub case: Case,
    /// Of a record's own key, which counts even where cells are shifted or faulty: else all who
    /// name it would dangle.
    pub own: bool,
}

impl Part {
    /// The cells of a column as they stand, those known to be faulty left out.
    pub fn of(column: u32) -> Part {
        Part {
            column,
            case: Case::Exact,
            own: false,
        }
    }
}

/// A column that has to hold one of some values, or any at all where there are none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct When {
    pub column: u32,
    pub values: Texts,
}

/// A column whose cells are read as numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number {
    pub column: u32,
    pub reading: Reading,
}

/// What is noted of a key.
pub(super) enum KeyNote {
    Own(Mark),
    Name(Mark),
    /// The key's `n`th number, from one of the plan's numbers.
    Number {
        n: usize,
        number: usize,
    },
    /// The keys that a column names.
    Link(u32),
}

/// What is noted of a key in one domain.
pub(super) struct Entry {
    pub domain: usize,
    /// The one of the plan's conditions without which the key is not entered at all.
    pub when: Option<usize>,
    /// What is noted, and under which further condition.
    pub notes: Vec<(Option<usize>, KeyNote)>,
}

/// A key that records have or name, and what is noted of it.
pub(super) struct KeyStep {
    /// Among the plan's parts, those of the key but for its last one.
    pub front: Vec<usize>,
    pub last: Last,
    pub entries: Vec<Entry>,
}

/// The last part of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Last {
    /// One of the plan's parts.
    Cell(usize),
    /// A column that holds a list: each item makes a key.
    Items(Part),
}

/// The batches that a plan is for.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Batches {
    #[default]
    Any,
    /// Those without faulty cells: there it makes no difference of whose key a cell is part, and more
    /// gatherings have it in common.
    Sound,
}

/// What to gather from the records of a file.
#[derive(Default)]
pub(super) struct KeyPlan {
    batches: Batches,
    pub parts: Vec<Part>,
    pub whens: Vec<When>,
    pub numbers: Vec<Number>,
    pub steps: Vec<KeyStep>,
}

impl KeyPlan {
    /// Nothing to gather yet.
    pub fn of(batches: Batches) -> KeyPlan {
        KeyPlan {
            batches,
            ..KeyPlan::default()
        }
    }

    /// Adds what to gather from the records of `file`, if it has the columns.
    pub fn add(&mut self, gather: &Gather, file: &FilePlan) -> Option<()> {
        let own = matches!(gather.note, Note::Own(_)) && self.batches == Batches::Any;
        let columns = gather.key.iter().map(|field| file.column(field));
        let columns = columns.collect::<Option<Vec<u32>>>()?;
        let when = match &gather.when {
            Some(condition) => Some(When {
                column: file.column(&condition.field)?,
                values: Texts::new(condition.values.iter().map(String::as_str)),
            }),
            None => None,
        };
        let note = match &gather.note {
            Note::Own(mark) => KeyNote::Own(*mark),
            Note::Name(mark) => KeyNote::Name(*mark),
            Note::Number { n, field, reading } => {
                let (column, reading) = (file.column(field)?, *reading);
                KeyNote::Number {
                    n: *n,
                    number: place(&mut self.numbers, Number { column, reading }),
                }
            }
            Note::Link { field } => KeyNote::Link(file.column(field)?),
        };
        let (last, front) = columns.split_last()?;
        let part = |column: &u32| Part {
            column: *column,
            case: gather.case,
            own,
        };
        let front = front
            .iter()
            .map(|column| place(&mut self.parts, part(column)));
        let front = front.collect::<Vec<usize>>();
        let last = match is_list(file, gather.key.last()?) {
            true => Last::Items(part(last)),
            false => Last::Cell(place(&mut self.parts, part(last))),
        };
        let when = when.map(|when| place(&mut self.whens, when));
        let step = self
            .steps
            .iter()
            .position(|step| step.front == front && step.last == last);
        let step = step.unwrap_or_else(|| {
            self.steps.push(KeyStep {
                front,
                last,
                entries: Vec::new(),
            });
            self.steps.len() - 1
        });
        let entries = &mut self.steps[step].entries;
        let domain = gather.domain.0;
        let same = |entry: &&mut Entry| entry.domain == domain && entry.when == when;
        match entries.iter_mut().find(same) {
            Some(entry) => entry.notes.push((None, note)),
            None => entries.push(Entry {
                domain,
                when,
                notes: vec![(None, note)],
            }),
        }
        Some(())
    }

    /// The columns whose cells are part of keys.
    pub fn columns(&self) -> impl Iterator<Item = u32> {
        self.steps.iter().flat_map(|step| {
            let last = match step.last {
                Last::Cell(part) => self.parts[part].column,
                Last::Items(part) => part.column,
            };
            let front = step.front.iter().map(|part| self.parts[*part].column);
            front.chain([last])
        })
    }

    /// Where all keys of a step enter a domain, those that enter it under a condition are the
    /// same: they are entered once.
    pub fn fold(&mut self) {
        for step in &mut self.steps {
            let (all, some) = std::mem::take(&mut step.entries)
                .into_iter()
                .partition(|entry| entry.when.is_none());
            step.entries = all;
            for Entry {
                domain,
                when,
                notes,
            } in some
            {
                let entries = &mut step.entries;
                match entries
                    .iter_mut()
                    .find(|e| e.domain == domain && e.when.is_none())
                {
                    Some(whole) => {
                        let notes = notes.into_iter().map(|(_, note)| (when, note));
                        whole.notes.extend(notes);
                    }
                    None => entries.push(Entry {
                        domain,
                        when,
                        notes,
                    }),
                }
            }
        }
    }
}

/// The place of something in a list, added where it is new.
fn place<T: PartialEq>(list: &mut Vec<T>, item: T) -> usize {
    let known = list.iter().position(|known| *known == item);
    known.unwrap_or_else(|| {
        list.push(item);
        list.len() - 1
    })
}

fn is_list(file: &FilePlan, field: &str) -> bool {
    let spec = file.spec();
    spec.field(field)
        .is_some_and(|at| matches!(spec.fields[at].kind, Type::List(_)))
}
