//! The student-problem table: one row for one visit of a student to a problem, made of the rows of
//! the student-step table.

use super::Outcome;
use super::steps::{Step, Steps};
use crate::order::sort_by_key;

/// A row of the table. Times are seconds since 1970.
#[derive(Clone, Debug)]
pub struct Problem {
    /// The problem.
    pub problem: u32,
    /// Which visit to it it was.
    pub view: u32,
    /// When it began.
    pub start: i64,
    /// When its last step ended.
    pub end: i64,
    /// Steps of which it is not known when they began.
    pub unknown_starts: u32,
    /// Hints.
    pub hints: u32,
    /// Incorrect transactions.
    pub incorrects: u32,
    /// Correct transactions.
    pub corrects: u32,
    /// Steps.
    pub steps: u32,
    /// Steps whose first attempt was correct.
    pub firsts: u32,
    /// The places in [`Steps::ties`] of its steps.
    pub ties: Vec<usize>,
}

/// The rows for a student.
pub fn problems(steps: &Steps) -> Vec<Problem> {
    let mut order: Vec<&Step> = steps.rows.iter().collect();
    sort_by_key(&mut order, |step| (step.problem, step.view));
    let visits = order.chunk_by(|a, b| (a.problem, a.view) == (b.problem, b.view));
    let mut problems: Vec<Problem> = visits.map(visit).collect();
    sort_by_key(&mut problems, |problem| (problem.start, problem.end));
    problems
}

fn visit(steps: &[&Step]) -> Problem {
    let sum = |of: fn(&Step) -> u32| steps.iter().map(|step| of(step)).sum();
    let started = |step: &&Step| step.start.map_or(step.first, |start| start.min(step.first));
    Problem {
        problem: steps[0].problem,
        view: steps[0].view,
        start: steps.iter().map(started).min().unwrap_or_default(),
        end: steps.iter().map(|step| step.end).max().unwrap_or_default(),
        unknown_starts: sum(|step| u32::from(step.start.is_none())),
        hints: sum(|step| step.hints),
        incorrects: sum(|step| step.incorrects),
        corrects: sum(|step| step.corrects),
        steps: steps.len() as u32,
        firsts: sum(|step| u32::from(step.outcome == Outcome::Correct)),
        ties: steps.iter().map(|step| step.tie).collect(),
    }
}
