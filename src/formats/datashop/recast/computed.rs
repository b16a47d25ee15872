//! Columns that DataShop computes, filled in. They are computed of all records of the files, in whatever
//! order these stand, before anything is left out or renamed: what a student did is what it was.

use std::collections::HashMap;

use super::super::compute::events::Events;
use super::super::compute::transactions::{Computed, computed};
use super::super::compute::{Last, seconds, ties};
use super::super::headings::{Heading, fold};
use super::super::rollup::gather::Gather;
use super::super::rollup::most;
use super::super::rollup::source::Source;
use crate::convert::{Asked, Loss, Next, Record};
use crate::records::trim;
use crate::{Error, Result};

/// The value that the labels are given for.
pub(super) const NAME: &str = "compute";

/// What can be filled in.
const LABELS: [&str; 4] = [
    "Problem View",
    "Duration (sec)",
    "Attempt At Step",
    "Is Last Attempt",
];

/// The labels that are asked for.
///
/// # Errors
/// One is no label of these.
pub(super) fn labels(wanted: &[String]) -> Result<Vec<&'static str>> {
    let mut all = Vec::new();
    for label in wanted {
        let is = |known: &&str| label == "all" || fold(known) == fold(label);
        let before = all.len();
        all.extend(LABELS.into_iter().filter(is));
        if all.len() == before {
            let known = LABELS.map(|known| format!("`{known}`")).join(", ");
            return Err(Error::refused(
                NAME,
                format!(
                    "`{label}`, given for `{NAME}`, is nothing that can be computed; expected {known} or `all`"
                ),
            ));
        }
    }
    Ok(all)
}

/// What is computed for a record, in 16 bytes, as there are millions; 0 where there is nothing.
#[derive(Clone, Copy, Debug)]
struct Short {
    view: u32,
    attempt: u32,
    /// Milliseconds and one more.
    duration: u32,
    last: Option<Last>,
    /// Whether other records of the student have the same time.
    is_tied: bool,
}

impl Short {
    fn of(all: &Computed, is_tied: bool) -> Short {
        Short {
            view: all.view.unwrap_or_default(),
            attempt: all.attempt.unwrap_or_default(),
            duration: all.duration.map_or(0, |duration| duration as u32 + 1),
            last: all.last,
            is_tied,
        }
    }

    /// As DataShop exports it.
    fn text(&self, label: &str) -> String {
        let number = |number: u32| Some(number).filter(|number| *number > 0);
        let text = match label {
            "Problem View" => number(self.view).map(|view| view.to_string()),
            "Attempt At Step" => number(self.attempt).map(|attempt| attempt.to_string()),
            "Duration (sec)" => Some(match number(self.duration) {
                Some(duration) => seconds(u64::from(duration) - 1),
                None => ".".to_owned(),
            }),
            _ => self
                .last
                .map(|last| u8::from(last == Last::Yes).to_string()),
        };
        text.unwrap_or_default()
    }
}

/// What is computed for a record.
pub(super) struct Filled {
    /// Columns and what to write there.
    pub cells: Vec<(usize, String)>,
    /// Whether other records of the student have the same time.
    pub is_tied: bool,
}

/// Whether files are looked at for the first time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    First,
    Again,
}

/// Fills columns in.
pub(super) struct Fill {
    /// The labels with their places.
    pub columns: Vec<(usize, &'static str)>,
    /// Which time the files are looked at.
    pub look: Look,
    /// For each file the columns that it has.
    headings: HashMap<usize, Vec<Heading>>,
    /// Until all is computed.
    gather: Gather,
    /// By file and number of the record.
    found: HashMap<usize, Vec<Option<Short>>>,
    /// What tables lose that are made of transactions; here nothing of it is lost.
    told: Loss,
}

impl Fill {
    /// Fills these in, in files that have those columns.
    pub fn new(
        columns: Vec<(usize, &'static str)>,
        headings: HashMap<usize, Vec<Heading>>,
        asked: &Asked<'_>,
    ) -> Fill {
        Fill {
            columns,
            look: Look::First,
            headings,
            gather: Gather::new(most(asked)),
            found: HashMap::new(),
            told: Loss::default(),
        }
    }

    /// Takes a record with what stands in it.
    pub fn see(&mut self, file: usize, record: &Record<'_>, cells: &[Vec<u8>]) {
        let headings = self.headings.get(&file);
        let of = Source {
            record,
            other: headings.map(|headings| (headings.as_slice(), cells)),
            number: record.number(),
        };
        self.gather.see(&of, &mut self.told);
    }

    /// Computes what it can of the students at hand.
    pub fn seen(&mut self) -> Next {
        self.gather.begin();
        while let Some(rows) = self.gather.student() {
            let rows = &self.gather.gathered.rows[rows];
            let computed = computed(rows, &Events::new(rows));
            for ((row, computed), is_tied) in rows.iter().zip(computed).zip(ties(rows)) {
                let (file, number) = row.at();
                let found = self.found.entry(file).or_default();
                let at = number as usize - 1;
                found.resize(found.len().max(at + 1), None);
                found[at] = Some(Short::of(&computed, is_tied));
            }
        }
        self.look = Look::Again;
        if self.gather.again() {
            return Next::Read;
        }
        self.gather = Gather::new(0);
        Next::Done
    }

    /// What to write into the columns of a record; nothing where it cannot be computed.
    pub fn of(&self, record: &Record<'_>) -> Option<Filled> {
        let found = self.found.get(&record.source())?;
        let short = found.get(record.number() as usize - 1)?.as_ref()?;
        let columns = self.columns.iter();
        let texts = columns.map(|(at, label)| (*at, short.text(label)));
        Some(Filled {
            cells: texts.collect(),
            is_tied: short.is_tied,
        })
    }
}

/// Whether a cell says something else than what is computed.
pub(super) fn disagrees(given: &[u8], computed: &str) -> bool {
    let given = String::from_utf8_lossy(trim(given));
    let number = |text: &str| {
        text.parse()
            .ok()
            .map(|number: f64| (number * 1000.0).round())
    };
    let is_nothing = matches!(&*given, "" | ".");
    let is_word = given.starts_with(|c: char| c.is_ascii_alphabetic());
    if is_word && let Some(given) = Last::of(&given) {
        return Last::of(computed) != Some(given);
    }
    !is_nothing
        && given != computed
        && (number(&given).is_none() || number(&given) != number(computed))
}
