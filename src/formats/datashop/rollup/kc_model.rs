//! The KC model: one row for each step, with what all students did at it, and its KCs.

use std::collections::HashMap;

use super::gather::Gathered;
use super::numbers::{bracketed, skills};
use super::{PIECE, Table};
use crate::convert::{Next, Rows};
use crate::formats::datashop::compute::events::Events;
use crate::formats::datashop::compute::names::Names;
use crate::formats::datashop::compute::steps::{Step, steps};
use crate::formats::datashop::compute::{Outcome, Row};
use crate::formats::datashop::step_id::{BETWEEN, step_id};
use crate::order::{sort_by, sort_by_key};

const LABELS: [&str; 16] = [
    "Step ID",
    "Problem Hierarchy",
    "Problem Name",
    "Max Problem View",
    "Step Name",
    "Avg Incorrects",
    "Avg Hints",
    "Avg Corrects",
    "% First Attempt Incorrects",
    "% First Attempt Hints",
    "% First Attempt Corrects",
    "Avg Step Duration (sec)",
    "Avg Correct Step Duration (sec)",
    "Avg Error Step Duration (sec)",
    "Total Students",
    "Total Opportunities",
];

/// A column to be filled in by who makes a new model.
const NEW: &str = "KC (new KC model name)";

/// A sum and of how many.
#[derive(Clone, Copy, Debug, Default)]
struct Sum(u64, u64);

impl Sum {
    fn add(&mut self, more: Option<u64>) {
        if let Some(more) = more {
            *self = Sum(self.0 + more, self.1 + 1);
        }
    }

    /// Sum and count as a share of `whole`, with up to so many decimals and at least one; blank where
    /// there is none.
    fn of(self, whole: f64, decimals: usize) -> String {
        let Sum(sum, count) = self;
        if count == 0 {
            return String::new();
        }
        let text = format!("{:.decimals$}", sum as f64 / count as f64 / whole);
        let short = text.trim_end_matches('0');
        match short.ends_with('.') {
            true => format!("{short}0"),
            false => short.to_owned(),
        }
    }
}

/// What all students did at a step.
#[derive(Default)]
struct Total {
    view: u32,
    students: u32,
    last: Option<u32>,
    incorrects: u64,
    hints: u64,
    corrects: u64,
    first: [u64; 3],
    rows: u64,
    all: Sum,
    correct: Sum,
    error: Sum,
    skills: Vec<(u32, u32)>,
}

impl Total {
    fn add(&mut self, student: u32, step: &Step) {
        self.view = self.view.max(step.view);
        self.students += u32::from(self.last.replace(student) != Some(student));
        self.incorrects += u64::from(step.incorrects);
        self.hints += u64::from(step.hints);
        self.corrects += u64::from(step.corrects);
        match step.outcome {
            Outcome::Incorrect => self.first[0] += 1,
            Outcome::Hint => self.first[1] += 1,
            Outcome::Correct => self.first[2] += 1,
            Outcome::Unknown => {}
        }
        self.rows += 1;
        self.all.add(step.duration);
        self.correct.add(step.correct_duration());
        self.error.add(step.error_duration());
    }
}

/// The table while it is made.
#[derive(Default)]
pub struct KcModel {
    totals: HashMap<u32, Total>,
    /// How many columns each model has.
    widths: Vec<usize>,
    /// Steps in the order of the table, once all are known, and how many are written.
    order: Option<Vec<u32>>,
    written: usize,
}

impl Table for KcModel {
    fn student(&mut self, rows: &[Row], events: &Events, gathered: &Gathered, _out: &mut Rows<'_>) {
        let steps = steps(rows, events, &gathered.names);
        for step in &steps.rows {
            let total = self.totals.entry(step.step).or_default();
            total.add(rows[0].student, step);
            for skill in &steps.ties[step.tie].skills {
                if !total.skills.contains(skill) {
                    total.skills.push(*skill);
                }
            }
        }
    }

    fn end(&mut self, gathered: &Gathered, out: &mut Rows<'_>) -> Next {
        let order = match self.order.take() {
            Some(order) => order,
            None => self.header(gathered, out),
        };
        for step in &order[self.written..] {
            self.written += 1;
            let row = self.row(*step, gathered);
            out.row(row.iter().map(String::as_str));
            if out.pending() >= PIECE {
                break;
            }
        }
        let next = match self.written < order.len() {
            true => Next::Write,
            false => Next::Done,
        };
        self.order = Some(order);
        next
    }
}

impl KcModel {
    /// Writes the header and puts the steps in order.
    fn header(&mut self, gathered: &Gathered, out: &mut Rows<'_>) -> Vec<u32> {
        let Gathered { names, models, .. } = gathered;
        let width = |model: &u32| {
            let counts = self
                .totals
                .values()
                .map(|of| skills(&of.skills, *model).count());
            counts.max().unwrap_or(0)
        };
        self.widths = models.iter().map(width).collect();
        let mut labels: Vec<String> = LABELS.map(str::to_owned).to_vec();
        for (model, width) in models.iter().zip(&self.widths) {
            let label = format!("KC ({})", names.text_of(*model));
            labels.extend(std::iter::repeat_n(label, *width));
        }
        labels.push(NEW.to_owned());
        out.row(labels.iter().map(String::as_str));
        let mut order: Vec<(String, u32)> = Vec::new();
        for step in self.totals.keys() {
            let [problem, _] = parts(*step, names);
            order.push((bracketed(names.list_of(problem), ", ", names), *step));
        }
        let name = |step: u32| {
            let [problem, step] = parts(step, names);
            (
                names.text_of(names.list_of(problem)[0]),
                names.text_of(step),
            )
        };
        sort_by(&mut order, |a, b| {
            a.0.cmp(&b.0)
                .then_with(|| name(a.1).cmp(&name(b.1)))
                .then_with(|| a.1.cmp(&b.1))
        });
        order.into_iter().map(|(_, step)| step).collect()
    }

    fn row(&self, step: u32, gathered: &Gathered) -> Vec<String> {
        let (names, total) = (&gathered.names, &self.totals[&step]);
        let [problem, name] = parts(step, names);
        let (problem, name) = (names.list_of(problem), names.text_of(name));
        let average = |sum| Sum(sum, total.rows).of(1.0, 4);
        let percent = |count| Sum(count, total.rows).of(0.01, 4);
        let seconds = |sum: Sum| sum.of(1000.0, 3);
        let mut row = vec![
            step_id(
                &bracketed(problem, BETWEEN, names),
                names.text_of(problem[0]),
                name,
            ),
            bracketed(problem, ", ", names),
            names.text_of(problem[0]).to_owned(),
            Sum(u64::from(total.view), 1).of(1.0, 1),
            name.to_owned(),
            average(total.incorrects),
            average(total.hints),
            average(total.corrects),
            percent(total.first[0]),
            percent(total.first[1]),
            percent(total.first[2]),
            seconds(total.all),
            seconds(total.correct),
            seconds(total.error),
            total.students.to_string(),
            total.rows.to_string(),
        ];
        for (model, width) in gathered.models.iter().zip(&self.widths) {
            let skills = skills(&total.skills, *model);
            let mut skills: Vec<&str> = skills.map(|skill| names.text_of(skill)).collect();
            sort_by_key(&mut skills, |name| *name);
            // DataShop has a blank where a step has fewer KCs than others.
            skills.resize(*width, " ");
            row.extend(skills.into_iter().map(str::to_owned));
        }
        row.push(String::new());
        row
    }
}

/// A step's problem and name.
fn parts(step: u32, names: &Names) -> [u32; 2] {
    let list = names.list_of(step);
    [list[0], list[1]]
}
