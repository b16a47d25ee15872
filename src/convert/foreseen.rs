//! What can be told of a conversion before it is done: what goes nowhere, and what the table says of
//! fields that become something else. How often, and which values besides, shows when it is done.

use std::collections::HashSet;

use super::loss::shown;
use super::record::Given;
use super::table::ALL;
use super::{Conversion, Lost};
use crate::peek::Peek;

impl Conversion {
    /// What will be missing or different, in sentences.
    pub(super) fn foresee(&self) -> Vec<String> {
        let files = self.loss.all().into_iter().map(Lost::sentence);
        let sources = self.plan.sources.iter().enumerate();
        let columns = sources.flat_map(|(at, source)| {
            let lost = source.lost.iter();
            let lost = lost.filter(move |(column, _)| !self.blank[at].contains(column));
            lost.map(move |(column, kind)| {
                let given = &self.given[at];
                let (name, field) = (&given.name, given.column_name(*column));
                shown(&format!("{name}, `{field}`: {}", self.loss.reason(*kind)))
            })
        });
        let noted = self.rows.iter().filter(|row| {
            let is_one = !row.note.is_empty() && !row.file.is_empty() && row.file != ALL;
            let of = |given: &Given| given.plan.spec().name == row.from;
            is_one && self.given.iter().any(of)
        });
        let changed = noted.map(|row| format!("{}, `{}`: {}", row.file, row.field, row.note));
        let mut known = HashSet::new();
        let all = files.chain(columns).chain(changed);
        all.filter(|sentence| known.insert(sentence.clone()))
            .collect()
    }
}

/// The columns of a file that hold nothing, where its first records are all of them.
pub(super) fn blank(given: &Given, peeks: &[Peek]) -> Vec<usize> {
    let rows = &peeks[given.at].rows;
    let is_all = given.records <= rows.len() as u64;
    let columns = (0..given.plan.labels.len()).filter(|column| {
        let cells = rows.iter().filter_map(|(_, cells)| cells.get(*column));
        is_all && cells.into_iter().all(|cell| cell.trim().is_empty())
    });
    columns.collect()
}
