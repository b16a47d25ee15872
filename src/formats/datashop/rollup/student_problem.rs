//! The student-problem table.

use super::gather::Gathered;
use super::numbered::Numbered;
use super::numbers::{conditions, hierarchy, moment, skills};
use crate::formats::datashop::compute::problems::problems;
use crate::formats::datashop::compute::steps::{Steps, Tie};
use crate::order::sort_by_key;

/// A row for each visit of a student to a problem.
pub const STUDENT_PROBLEM: Numbered = Numbered {
    labels: &LABELS,
    families: ["KCs", "Steps without KCs", "KC List"],
    rows,
};

const LABELS: [&str; 15] = [
    "Problem Hierarchy",
    "Problem Name",
    "Problem View",
    "Problem Start Time",
    "Problem End Time",
    "Latency (sec)",
    "Steps Missing Start Times",
    "Hints",
    "Incorrects",
    "Corrects",
    "Avg Corrects",
    "Steps",
    "Avg Assistance Score",
    "Correct First Attempts",
    "Condition",
];

fn rows(steps: &Steps, gathered: &Gathered, each: &mut dyn FnMut(Vec<String>)) {
    let names = &gathered.names;
    for visit in problems(steps) {
        let problem = names.list_of(visit.problem);
        let ties: Vec<&Tie> = visit.ties.iter().map(|tie| &steps.ties[*tie]).collect();
        let mut row = vec![
            hierarchy(problem, names),
            names.text_of(problem[0]).to_owned(),
            visit.view.to_string(),
            moment(Some(visit.start)),
            moment(Some(visit.end)),
            format!("{}.000", visit.end - visit.start),
            visit.unknown_starts.to_string(),
            visit.hints.to_string(),
            visit.incorrects.to_string(),
            visit.corrects.to_string(),
            average(visit.corrects, visit.steps),
            visit.steps.to_string(),
            average(visit.hints + visit.incorrects, visit.steps),
            visit.firsts.to_string(),
            conditions(&ties, names),
        ];
        for model in &gathered.models {
            let without = ties
                .iter()
                .filter(|tie| skills(&tie.skills, *model).count() == 0);
            let without = without.count().to_string();
            let all = ties.iter().flat_map(|tie| skills(&tie.skills, *model));
            let mut all: Vec<&str> = all.map(|skill| names.text_of(skill)).collect();
            sort_by_key(&mut all, |name| *name);
            all.dedup();
            row.extend([all.len().to_string(), without, all.join(", ")]);
        }
        each(row);
    }
}

/// How many for each step, with three decimals.
fn average(count: u32, steps: u32) -> String {
    format!("{:.3}", f64::from(count) / f64::from(steps))
}
