//! The student-step table.

use super::gather::Gathered;
use super::numbered::Numbered;
use super::numbers::{conditions, duration, hierarchy, moment};
use crate::formats::datashop::compute::names::Names;
use crate::formats::datashop::compute::steps::{Step, Steps, Tie};

/// A row for each visit of a student to a step.
pub const STUDENT_STEP: Numbered = Numbered {
    labels: &LABELS,
    families: ["KC", "Opportunity", "Predicted Error Rate"],
    rows,
};

const LABELS: [&str; 16] = [
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

fn rows(steps: &Steps, gathered: &Gathered, each: &mut dyn FnMut(Vec<String>)) {
    let names = &gathered.names;
    for step in &steps.rows {
        let (problem, tie) = (names.list_of(step.problem), &steps.ties[step.tie]);
        let mut row = vec![
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
        each(row);
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
