//! The student-step table.

use super::gather::Gathered;
use super::numbers::{conditions, duration, hierarchy, moment};
use super::{SAMPLE, Table, head};
use crate::convert::Rows;
use crate::formats::datashop::compute::Row;
use crate::formats::datashop::compute::events::Events;
use crate::formats::datashop::compute::names::Names;
use crate::formats::datashop::compute::steps::{Step, Tie, steps};

const LABELS: [&str; 19] = [
    "Row",
    "Sample",
    "Anon Student Id",
    "Problem Hierarchy",
    "Problem Name",
    "Problem View",
    "Step Name",
    "Step Start Time",
    "First Transaction Time",
    "Correct Transaction Time",
    "Step End Time",
    "Step Duration (sec)",
    "Correct Step Duration (sec)",
    "Error Step Duration (sec)",
    "First Attempt",
    "Incorrects",
    "Hints",
    "Corrects",
    "Condition",
];

/// The table while it is made.
#[derive(Default)]
pub struct StudentStep {
    /// How many rows it has.
    rows: u64,
}

impl Table for StudentStep {
    fn begin(&mut self, gathered: &Gathered, out: &mut Rows<'_>) {
        head(
            &LABELS,
            ["KC", "Opportunity", "Predicted Error Rate"],
            gathered,
            out,
        );
    }

    fn student(&mut self, rows: &[Row], events: &Events, gathered: &Gathered, out: &mut Rows<'_>) {
        let student = gathered.names.text_of(rows[0].student);
        let steps = steps(rows, events, &gathered.names);
        for step in &steps.rows {
            self.rows += 1;
            let row = self.row(student, step, &steps.ties[step.tie], gathered);
            out.row(row.iter().map(String::as_str));
        }
    }
}

impl StudentStep {
    fn row(&self, student: &str, step: &Step, tie: &Tie, gathered: &Gathered) -> Vec<String> {
        let names = &gathered.names;
        let problem = names.list_of(step.problem);
        let mut row = vec![
            self.rows.to_string(),
            SAMPLE.to_owned(),
            student.to_owned(),
            hierarchy(problem, names),
            names.text_of(problem[0]).to_owned(),
            step.view.to_string(),
            names.text_of(names.list_of(step.step)[1]).to_owned(),
            moment(step.start),
            moment(Some(step.first)),
            moment(step.correct),
            moment(Some(step.end)),
            duration(step.duration),
            duration(step.correct_duration()),
            duration(step.error_duration()),
            step.outcome.word().to_owned(),
            step.incorrects.to_string(),
            step.hints.to_string(),
            step.corrects.to_string(),
            conditions(&[tie], names),
        ];
        for model in &gathered.models {
            let (skills, counts) = of_model(*model, step, tie, names);
            // The error rate is predicted by a model that was fitted to all students.
            row.extend([skills, counts, String::new()]);
        }
        row
    }
}

/// KCs of a model, and how often the student had met each.
fn of_model(model: u32, step: &Step, tie: &Tie, names: &Names) -> (String, String) {
    let pairs = tie.skills.iter().zip(&step.opportunities);
    let pairs = pairs.filter(|((of, _), _)| *of == model);
    let (skills, counts): (Vec<&str>, Vec<String>) = pairs
        .map(|((_, skill), count)| (names.text_of(*skill), count.to_string()))
        .unzip();
    (skills.join("~~"), counts.join("~~"))
}
