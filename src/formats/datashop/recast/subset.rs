//! Which records are kept.

use std::collections::HashMap;

use super::super::time;
use super::lists::names;
use super::places::Places;
use super::sample::Sample;
use crate::convert::{Asked, Loss, What};
use crate::order::sort_by_key;
use crate::records::trim;
use crate::types::date;
use crate::{Error, Result};

const DAY: i64 = 86_400;

/// Names that are asked for.
struct Wanted {
    /// The value that they are given for.
    name: &'static str,
    /// Each with its place in the list, from 1, and whether a record has it.
    names: HashMap<Vec<u8>, (u64, bool)>,
}

impl Wanted {
    fn read(name: &'static str, asked: &Asked<'_>) -> Option<Wanted> {
        let names = names(&asked(name)?).into_iter().zip(1..);
        let names = names.map(|(name, place)| (name.into_bytes(), (place, false)));
        Some(Wanted {
            name,
            names: names.collect(),
        })
    }

    /// Whether one of the cells holds one of the names.
    fn meets(&mut self, cells: &[Vec<u8>], columns: &[usize]) -> bool {
        let mut meets = false;
        for column in columns {
            if let Some((_, met)) = self.names.get_mut(trim(&cells[*column])) {
                (*met, meets) = (true, true);
            }
        }
        meets
    }
}

/// Why a record is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Out {
    Student,
    Problem,
    Level,
    Condition,
    Timeless,
    Early,
    Late,
    Sample,
}

impl Out {
    /// In words.
    pub fn reason(self) -> &'static str {
        match self {
            Out::Student => "the student is not among those to keep",
            Out::Problem => "the problem is not among those to keep",
            Out::Level => "none of its levels is among those to keep",
            Out::Condition => "none of its conditions is among those to keep",
            Out::Timeless => {
                "its time cannot be read, so nobody knows whether it is one of the days to keep"
            }
            Out::Early => "it is before the first day to keep",
            Out::Late => "it is after the last day to keep",
            Out::Sample => "the student was not drawn",
        }
    }
}

/// What is kept: all where nothing is asked.
pub(super) struct Subset {
    students: Option<Wanted>,
    problems: Option<Wanted>,
    levels: Option<Wanted>,
    conditions: Option<Wanted>,
    from: Option<i64>,
    to: Option<i64>,
    pub sample: Option<Sample>,
}

impl Subset {
    /// As it was asked for.
    ///
    /// # Errors
    /// There is a seed and nothing to draw.
    pub fn read(asked: &Asked<'_>) -> Result<Subset> {
        let day = |name: &str| asked(name).and_then(|day| date::days(day.as_bytes()));
        let most = asked("sample-students");
        let seed = asked("seed");
        if seed.is_some() && most.is_none() {
            return Err(Error::refused(
                "sample-students",
                "`seed` is given, and `sample-students` is not; expected how many students to draw",
            ));
        }
        let most = most.and_then(|most| most.trim().parse().ok());
        let sample = most.map(|most| Sample::new(most, seed.unwrap_or_default()));
        Ok(Subset {
            students: Wanted::read("students", asked),
            problems: Wanted::read("problems", asked),
            levels: Wanted::read("levels", asked),
            conditions: Wanted::read("conditions", asked),
            from: day("from").map(i64::from),
            to: day("to").map(i64::from),
            sample,
        })
    }

    /// Why a record is left out, and the column that says so; nothing where it is kept. The draw is
    /// not asked: see [`Subset::is_drawn`].
    pub fn out(&mut self, cells: &[Vec<u8>], at: &Places) -> Option<(Out, Option<usize>)> {
        let mut out = None;
        let lists = [
            (&mut self.students, &at.students, Out::Student),
            (&mut self.problems, &at.problems, Out::Problem),
            (&mut self.levels, &at.levels, Out::Level),
            (&mut self.conditions, &at.conditions, Out::Condition),
        ];
        // All of them are asked, so that each says whether its names are there.
        for (wanted, columns, why) in lists {
            if let Some(wanted) = wanted
                && !wanted.meets(cells, columns)
            {
                out = out.or(Some((why, columns.first().copied())));
            }
        }
        out.or_else(|| {
            let why = self.off_days(cells, at)?;
            Some((why, at.time))
        })
    }

    fn off_days(&self, cells: &[Vec<u8>], at: &Places) -> Option<Out> {
        if self.from.is_none() && self.to.is_none() {
            return None;
        }
        let cell = at.time.map_or(&[] as &[u8], |time| trim(&cells[time]));
        let Some(seconds) = time::read(cell).and_then(|time| time.seconds) else {
            return Some(Out::Timeless);
        };
        let day = seconds.div_euclid(DAY);
        match (self.from, self.to) {
            (Some(from), _) if day < from => Some(Out::Early),
            (_, Some(to)) if day > to => Some(Out::Late),
            _ => None,
        }
    }

    /// Whether the student of a record is drawn, or nobody had to be.
    pub fn is_drawn(&self, cells: &[Vec<u8>], at: &Places) -> bool {
        let student = || {
            at.students
                .first()
                .map_or(&[] as &[u8], |at| trim(&cells[*at]))
        };
        let sample = self.sample.as_ref();
        sample.is_none_or(|sample| sample.has(student()))
    }

    /// Tells of names that no record has.
    pub fn end(&self, loss: &mut Loss) {
        let all = [
            &self.students,
            &self.problems,
            &self.levels,
            &self.conditions,
        ];
        for wanted in all.into_iter().flatten() {
            let unmet = wanted.names.iter().filter(|(_, (_, met))| !*met);
            let mut unmet: Vec<(u64, &[u8])> = unmet
                .map(|(name, (place, _))| (*place, name.as_slice()))
                .collect();
            sort_by_key(&mut unmet, |(place, _)| *place);
            for (place, name) in unmet {
                let why = "no record has this name";
                let kind = loss.kind(What::ValueMissing, wanted.name, "", why);
                loss.count(kind, place, name);
            }
        }
    }
}
