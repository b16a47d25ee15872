//! Visits of one student to problems, which DataShop calls problem events: when each began, and which
//! it is of the visits to that problem, its *view*.

use std::collections::{BTreeMap, HashSet};

use super::{LONGEST, Row, Visits};
use crate::order::sort_by_key;

/// A visit to a problem.
#[derive(Clone, Debug)]
pub struct Event {
    /// The problem.
    pub problem: u32,
    /// When it began.
    pub start: Option<i64>,
    /// Which of the visits it is, from 1.
    pub view: u32,
}

/// The visits of a student.
#[derive(Clone, Debug, Default)]
pub struct Events {
    /// All.
    pub all: Vec<Event>,
    /// For each transaction the visit that it belongs to, if there is one.
    pub of: Vec<Option<usize>>,
    /// When visits began, by problem and time.
    starts: Vec<(u32, i64)>,
}

impl Events {
    /// Finds out the visits of a student, whose rows are in their order.
    pub fn new(rows: &[Row]) -> Events {
        let mut events = Events::default();
        events.of.resize(rows.len(), None);
        events.told(rows);
        let timed = events.timed(rows);
        // What has no view of its own belongs to the last visit that had begun.
        for (at, row) in rows
            .iter()
            .enumerate()
            .filter(|(_, row)| row.view.is_none())
        {
            events.of[at] = last(&timed, row.problem, row.time).map(|(_, _, event)| *event);
        }
        let starts = events.all.iter();
        let starts = starts.filter_map(|event| Some((event.problem, event.start?)));
        events.starts = starts.collect();
        sort_by_key(&mut events.starts, |start| *start);
        events
    }

    /// The transactions of visits whose number another visit to the problem had before.
    pub fn doubled(&self) -> impl Iterator<Item = usize> {
        let mut known = HashSet::new();
        let all = self.all.iter();
        let is_known = all.map(|event| !known.insert((event.problem, event.view)));
        let is_known: Vec<bool> = is_known.collect();
        let of = self.of.iter().enumerate();
        of.filter_map(move |(at, event)| is_known[(*event)?].then_some(at))
    }

    /// When the student last began that problem, up to that time.
    pub fn last_start(&self, problem: u32, time: i64) -> Option<i64> {
        let behind = self
            .starts
            .partition_point(|start| *start <= (problem, time));
        let (of, start) = *self.starts[..behind].last()?;
        (of == problem).then_some(start)
    }

    /// Visits whose view is told: rows that say the same belong together.
    fn told(&mut self, rows: &[Row]) {
        let mut known: BTreeMap<_, usize> = BTreeMap::new();
        for (at, row) in rows.iter().enumerate() {
            let Some(view) = row.view else { continue };
            let key = (row.problem, row.session, row.start, view);
            let event = *known.entry(key).or_insert_with(|| {
                self.all.push(Event {
                    problem: row.problem,
                    // Without a start it began with its first transaction.
                    start: row.start.or(Some(row.time)),
                    view,
                });
                self.all.len() - 1
            });
            self.of[at] = Some(event);
        }
    }

    /// Visits of which only the start is told, and those that are guessed: numbered by their start. By
    /// problem and start.
    fn timed(&mut self, rows: &[Row]) -> Vec<(u32, i64, usize)> {
        let mut starts: Vec<(u32, i64, u32)> = Vec::new();
        for (at, row) in rows.iter().enumerate() {
            let before = at.checked_sub(1).map(|before| &rows[before]);
            let start = match (row.visits, before) {
                _ if row.view.is_some() => None,
                (Visits::Told, _) => row.start,
                (Visits::Guessed, Some(before)) if before.problem == row.problem => None,
                (Visits::Guessed, Some(before)) if row.time - before.time <= LONGEST => {
                    Some(before.time)
                }
                (Visits::Guessed, _) => Some(row.time),
            };
            starts.extend(start.map(|start| (row.problem, start, row.session)));
        }
        sort_by_key(&mut starts, |start| *start);
        starts.dedup();
        let mut view = 0;
        let mut timed: Vec<(u32, i64, usize)> = Vec::new();
        for (problem, start, _) in starts {
            view = match timed.last() {
                Some((of, ..)) if *of == problem => view + 1,
                _ => 1,
            };
            timed.push((problem, start, self.all.len()));
            self.all.push(Event {
                problem,
                start: Some(start),
                view,
            });
        }
        timed
    }
}

/// The last of these of that problem and up to that time.
fn last(timed: &[(u32, i64, usize)], problem: u32, time: i64) -> Option<&(u32, i64, usize)> {
    let behind = timed.partition_point(|(of, start, _)| (*of, *start) <= (problem, time));
    timed[..behind].last().filter(|(of, ..)| *of == problem)
}
