//! The student-problem table.

use super::gather::Gathered;
use super::numbers::{conditions, hierarchy, moment, skills};
use super::{SAMPLE, Table, head};
use crate::convert::Rows;
use crate::formats::datashop::compute::Row;
use crate::formats::datashop::compute::events::Events;
use crate::formats::datashop::compute::problems::{Problem, problems};
use crate::formats::datashop::compute::steps::{Steps, Tie, steps};
use crate::order::sort_by_key;

const LABELS: [&str; 18] = [
    "Row",
    "Sample",
    "Anon Student Id",
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

/// The table while it is made.
#[derive(Default)]
pub struct StudentProblem {
    /// How many rows it has.
    rows: u64,
}

impl Table for StudentProblem {
    fn begin(&mut self, gathered: &Gathered, out: &mut Rows<'_>) {
        head(
            &LABELS,
            ["KCs", "Steps without KCs", "KC List"],
            gathered,
            out,
        );
    }

    fn student(&mut self, rows: &[Row], events: &Events, gathered: &Gathered, out: &mut Rows<'_>) {
        let student = gathered.names.text_of(rows[0].student);
        let steps = steps(rows, events, &gathered.names);
        for problem in problems(&steps) {
            self.rows += 1;
            let row = self.row(student, &problem, &steps, gathered);
            out.row(row.iter().map(String::as_str));
        }
    }
}

impl StudentProblem {
    fn row(
        &self,
        student: &str,
        visit: &Problem,
        steps: &Steps,
        gathered: &Gathered,
    ) -> Vec<String> {
        let names = &gathered.names;
        let problem = names.list_of(visit.problem);
        let ties: Vec<&Tie> = visit.ties.iter().map(|tie| &steps.ties[*tie]).collect();
        let mut row = vec![
            self.rows.to_string(),
            SAMPLE.to_owned(),
            student.to_owned(),
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
        row
    }
}

/// How many for each step, with three decimals.
fn average(count: u32, steps: u32) -> String {
    format!("{:.3}", f64::from(count) / f64::from(steps))
}
