//! What DataShop computes for each transaction.

use std::collections::HashMap;

use super::events::Events;
use super::{Given, LONGEST, Last, Row, seconds};

/// The computed columns of a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Computed {
    /// Problem View, where there is a visit.
    pub view: Option<u32>,
    /// Problem Start Time, in seconds since 1970.
    pub start: Option<i64>,
    /// Duration (sec), in milliseconds.
    pub duration: Option<u64>,
    /// Attempt At Step, where it is one at a step.
    pub attempt: Option<u32>,
    /// Is Last Attempt, likewise.
    pub last: Option<Last>,
}

/// A column that is computed, of which files may say otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// Duration (sec), in milliseconds.
    Duration,
    /// Attempt At Step.
    Attempt,
    /// Is Last Attempt: 1 or 0.
    Last,
}

impl Of {
    /// All of them.
    pub const ALL: [Of; 3] = [Of::Duration, Of::Attempt, Of::Last];

    /// The field.
    pub fn field(self) -> &'static str {
        match self {
            Of::Duration => "Duration (sec)",
            Of::Attempt => "Attempt At Step",
            Of::Last => "Is Last Attempt",
        }
    }

    /// As files spell it.
    pub fn text(self, number: u64) -> String {
        match self {
            Of::Duration => seconds(number),
            Of::Attempt | Of::Last => number.to_string(),
        }
    }
}

/// What a file says otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disagreement {
    /// The transaction's place among those of the student.
    pub at: usize,
    /// The column.
    pub of: Of,
    /// What the file has in it.
    pub given: u64,
    /// What is computed, if anything.
    pub computed: Option<u64>,
}

/// The computed columns of a student's transactions, which are in their order.
pub fn computed(rows: &[Row], events: &Events) -> Vec<Computed> {
    let durations = durations(rows, events);
    let attempts = attempts(rows, events);
    let each = durations.into_iter().zip(attempts).enumerate();
    let each = each.map(|(at, (duration, attempt))| {
        let event = events.of[at].map(|event| &events.all[event]);
        Computed {
            view: event.map(|event| event.view),
            start: event.and_then(|event| event.start),
            duration,
            attempt: attempt.map(|(number, _)| number),
            last: attempt.map(|(_, last)| last),
        }
    });
    each.collect()
}

/// Where the file says something else than is computed, by transaction.
pub fn disagreements(rows: &[Row], computed: &[Computed]) -> Vec<Disagreement> {
    let mut all = Vec::new();
    for (at, (row, computed)) in rows.iter().zip(computed).enumerate() {
        let Given {
            duration,
            attempt,
            last,
        } = row.given;
        let digit = |last: Last| u64::from(last == Last::Yes);
        let pairs = [
            (duration.map(u64::from), computed.duration),
            (attempt.map(u64::from), computed.attempt.map(u64::from)),
            (last.map(digit), computed.last.map(digit)),
        ];
        for (of, (given, computed)) in Of::ALL.into_iter().zip(pairs) {
            if let Some(given) = given.filter(|given| computed != Some(*given)) {
                all.push(Disagreement {
                    at,
                    of,
                    given,
                    computed,
                });
            }
        }
    }
    all
}

/// Milliseconds that the student worked for each transaction: since the one before, or since the
/// problem began if that was later. Transactions of one time and problem share them.
pub fn durations(rows: &[Row], events: &Events) -> Vec<Option<u64>> {
    let mut all = Vec::with_capacity(rows.len());
    for same in rows.chunk_by(|a, b| (a.time, a.problem) == (b.time, b.problem)) {
        let first = &same[0];
        let before = all.len().checked_sub(1).map(|before| rows[before].time);
        let began = before.max(events.last_start(first.problem, first.time));
        let passed = began.map(|began| first.time - began);
        let passed = passed.filter(|passed| *passed <= LONGEST);
        let (count, half) = (same.len() as u64, same.len() as u64 / 2);
        let share = passed.map(|passed| (passed as u64 * 1000 + half) / count);
        all.extend(same.iter().map(|_| share));
    }
    all
}

/// For each transaction at a step which attempt of the visit it is, and whether it is the last one of
/// the last visit. Where there is no visit, the session takes its place, the last one being that which
/// began last.
fn attempts(rows: &[Row], events: &Events) -> Vec<Option<(u32, Last)>> {
    /// A visit to a step, by when it began; of a session its first transaction.
    type Visit = (Option<i64>, usize);
    let mut begun: HashMap<u32, usize> = HashMap::new();
    let visits = rows
        .iter()
        .enumerate()
        .map(|(at, row)| match events.of[at] {
            Some(event) => (events.all[event].start, event),
            None => (None, *begun.entry(row.session).or_insert(at)),
        });
    let visits: Vec<Visit> = visits.collect();
    let visit = |at: usize| visits[at];
    let mut counts: HashMap<(u32, Visit), u32> = HashMap::new();
    let mut latest: HashMap<u32, Visit> = HashMap::new();
    let mut numbers = Vec::with_capacity(rows.len());
    for (at, row) in rows.iter().enumerate() {
        numbers.push(row.step.map(|step| {
            let visit = visit(at);
            let latest = latest.entry(step).or_insert(visit);
            *latest = visit.max(*latest);
            let count = counts.entry((step, visit)).or_default();
            *count += 1;
            *count
        }));
    }
    let each = rows.iter().zip(numbers).enumerate();
    let each = each.map(|(at, (row, number))| {
        let (step, number, visit) = (row.step?, number?, visit(at));
        let is_last = latest[&step] == visit && counts[&(step, visit)] == number;
        Some((number, if is_last { Last::Yes } else { Last::No }))
    });
    each.collect()
}
