//! The student-step table: one row for what a student did at a step in one visit to its problem.

use std::collections::HashMap;

use super::events::Events;
use super::names::Names;
use super::transactions::durations;
use super::{LONGEST, Outcome, Row, Teaches};
use crate::order::sort_by_key;

/// A row of the table. Times are seconds since 1970.
#[derive(Clone, Debug)]
pub struct Step {
    /// The step.
    pub step: u32,
    /// Its problem.
    pub problem: u32,
    /// Which visit to the problem it was.
    pub view: u32,
    /// When the student began with it, where that is known.
    pub start: Option<i64>,
    /// The first transaction.
    pub first: i64,
    /// The first correct one.
    pub correct: Option<i64>,
    /// The last one.
    pub end: i64,
    /// Milliseconds that the student worked on it.
    pub duration: Option<u64>,
    /// What came of the first transaction.
    pub outcome: Outcome,
    /// Incorrect transactions.
    pub incorrects: u32,
    /// Hints.
    pub hints: u32,
    /// Correct transactions.
    pub corrects: u32,
    /// The place in [`Steps::ties`] of what the step has in all visits.
    pub tie: usize,
    /// For each of its KCs how often the student had met it, this time included.
    pub opportunities: Vec<u32>,
    teaches: Teaches,
    /// The transaction that its place in the table depends on.
    place: (i64, u64),
}

impl Step {
    /// The duration, if the first attempt was correct.
    pub fn correct_duration(&self) -> Option<u64> {
        self.duration.filter(|_| self.outcome == Outcome::Correct)
    }

    /// The duration, if it was not.
    pub fn error_duration(&self) -> Option<u64> {
        self.duration.filter(|_| self.outcome != Outcome::Correct)
    }
}

/// What a student's step has in all visits.
#[derive(Clone, Debug, Default)]
pub struct Tie {
    /// Pairs of a model and a KC.
    pub skills: Vec<(u32, u32)>,
    /// Pairs of a condition's name and type.
    pub conditions: Vec<(u32, u32)>,
}

/// What a student did, step by step.
#[derive(Clone, Debug, Default)]
pub struct Steps {
    /// In the order of the table.
    pub rows: Vec<Step>,
    /// What rows of one step share.
    pub ties: Vec<Tie>,
}

/// A step, the visit to its problem, and the place of a transaction at it.
type Place = (u32, u32, usize);

/// The rows for a student, whose transactions are in their order.
pub fn steps(rows: &[Row], events: &Events, names: &Names) -> Steps {
    let durations = durations(rows, events);
    let view = |at: usize| events.of[at].map_or(1, |event| events.all[event].view);
    let stepped = rows.iter().enumerate();
    let stepped = stepped.filter_map(|(at, row)| Some((row.step?, view(at), at)));
    let mut order: Vec<Place> = stepped.collect();
    let mut times: Vec<i64> = order.iter().map(|(.., at)| rows[*at].time).collect();
    sort_by_key(&mut order, |place| *place);
    times.dedup();
    let mut steps = Steps::default();
    for of_step in order.chunk_by(|a, b| a.0 == b.0) {
        steps
            .ties
            .push(tie(of_step.iter().map(|(.., at)| &rows[*at]), names));
        for of_view in of_step.chunk_by(|a, b| a.1 == b.1) {
            let mut row = row(rows, &durations, of_view);
            let began = events.of[of_view[0].2].and_then(|event| events.all[event].start);
            row.start = start(began, before(&times, row.first), row.first);
            row.duration = row.duration.filter(|_| row.start.is_some());
            row.tie = steps.ties.len() - 1;
            steps.rows.push(row);
        }
    }
    sort_by_key(&mut steps.rows, |row| row.place);
    count(&mut steps);
    steps
}

/// A row of the table, without its start and opportunities; `group` has the places of its transactions.
fn row(rows: &[Row], durations: &[Option<u64>], group: &[Place]) -> Step {
    let (step, view, first) = group[0];
    let Row {
        time,
        number,
        outcome,
        problem,
        ..
    } = rows[first];
    let mut made = Step {
        step,
        problem,
        view,
        start: None,
        first: time,
        correct: None,
        end: time,
        duration: None,
        outcome,
        incorrects: 0,
        hints: 0,
        corrects: 0,
        tie: 0,
        opportunities: Vec::new(),
        teaches: Teaches::No,
        place: (time, number),
    };
    for (.., at) in group {
        let row = &rows[*at];
        made.end = row.time;
        made.duration = match durations[*at] {
            Some(more) => Some(made.duration.unwrap_or(0) + more),
            None => made.duration,
        };
        if made.correct.is_none() {
            made.place = (row.time, row.number);
        }
        match row.outcome {
            Outcome::Incorrect => made.incorrects += 1,
            Outcome::Hint => made.hints += 1,
            Outcome::Correct => {
                made.corrects += 1;
                made.correct.get_or_insert(row.time);
            }
            Outcome::Unknown => {}
        }
        if row.teaches == Teaches::Yes {
            made.teaches = Teaches::Yes;
        }
    }
    made
}

/// The time of the student's last transaction at a step before that time.
fn before(times: &[i64], time: i64) -> Option<i64> {
    let behind = times.partition_point(|earlier| *earlier < time);
    times[..behind].last().copied()
}

/// When a student began with a step: with its problem, or when what was done before was done.
fn start(began: Option<i64>, before: Option<i64>, first: i64) -> Option<i64> {
    let start = match (began, before) {
        (Some(began), Some(before)) if before <= began => Some(began.min(first)),
        (Some(began), None) => Some(began.min(first)),
        (_, before) => before,
    };
    start.filter(|start| first - start <= LONGEST)
}

/// KCs and conditions of a student's step. KCs are those of its correct transactions, if it has any.
fn tie<'a>(rows: impl Iterator<Item = &'a Row> + Clone, names: &Names) -> Tie {
    let has_correct = rows.clone().any(|row| row.outcome == Outcome::Correct);
    let counts = |row: &&Row| !has_correct || row.outcome == Outcome::Correct;
    let skills = rows.clone().filter(counts).map(|row| row.skills);
    let conditions = rows.map(|row| row.conditions);
    Tie {
        skills: pairs(skills, names),
        conditions: pairs(conditions, names),
    }
}

/// The distinct pairs of some lists, in the order in which they were met.
fn pairs(lists: impl Iterator<Item = u32>, names: &Names) -> Vec<(u32, u32)> {
    let (mut pairs, mut last): (Vec<(u32, u32)>, _) = (Vec::new(), None);
    for list in lists.filter(|list| last.replace(*list) != Some(*list)) {
        for pair in names.list_of(list).chunks_exact(2) {
            let pair = (pair[0], pair[1]);
            if !pairs.contains(&pair) {
                pairs.push(pair);
            }
        }
    }
    pairs
}

/// Counts the opportunities of each KC, row by row. One that only assessed does not make the next one
/// another opportunity.
fn count(steps: &mut Steps) {
    let mut met: HashMap<(u32, u32), (u32, Teaches)> = HashMap::new();
    for row in &mut steps.rows {
        let skills = steps.ties[row.tie].skills.iter();
        let counts = skills.map(|skill| {
            let (count, taught) = met.entry(*skill).or_insert((0, Teaches::Yes));
            if *taught == Teaches::Yes {
                *count += 1;
            }
            *taught = row.teaches;
            *count
        });
        row.opportunities = counts.collect();
    }
}
