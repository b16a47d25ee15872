//! Which rows of the table count: for a file of the target the files that it is made of, and for each of
//! its fields the row that says most.

use std::cmp::Reverse;

use super::plan::Parts;
use super::table::{ALL, Row};
use super::transform::Transform;

impl Parts<'_> {
    /// The place of the source's file of that name.
    pub(super) fn file(&self, name: &str) -> Option<usize> {
        self.given
            .iter()
            .position(|given| given.plan.spec().name == name)
    }

    /// The files whose records become those of a file of the target, in the order of the table.
    pub(super) fn drivers(&self, file: &str) -> Vec<usize> {
        let own = |row: &&Row| row.file == file;
        let from = |row: &&Row| flows(row) && !row.from.is_empty();
        let mut rows: Vec<&Row> = self.rows.iter().filter(own).filter(from).collect();
        // What is Rust's altogether is made of no file.
        let is_rusts = |row: &Row| row.field == ALL && matches!(row.transform, Transform::Own);
        if rows.is_empty() && !self.rows.iter().filter(own).any(is_rusts) {
            rows.extend(self.rows.iter().find(|row| row.file == ALL));
        }
        let mut drivers = Vec::new();
        for row in rows {
            let from = self.file(if row.from == ALL { file } else { &row.from });
            drivers.extend(from.filter(|from| !drivers.contains(from)));
        }
        drivers
    }

    /// The row for a field of records that are made of those of `from`; the one that says most.
    pub(super) fn row(&self, file: &str, field: &str, from: &str) -> Option<usize> {
        let of = |row: &Row| !flows(row) || row.from.is_empty() || named(&row.from, from);
        let fits = |row: &Row| named(&row.file, file) && named(&row.field, field) && of(row);
        let all = (0..self.rows.len()).filter(|at| fits(&self.rows[*at]));
        all.max_by_key(|at| {
            let row = &self.rows[*at];
            let says = (row.file != ALL, row.field != ALL, named(&row.from, from));
            (says, Reverse(*at))
        })
    }
}

/// Whether a row is about the records that those of the target are made of.
fn flows(row: &Row) -> bool {
    row.via.is_empty() && !matches!(row.transform, Transform::Own)
}

/// Whether a cell of the table names the file or the field.
pub(super) fn named(word: &str, name: &str) -> bool {
    word == name || word == ALL
}
