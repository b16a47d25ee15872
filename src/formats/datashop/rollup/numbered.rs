//! Tables that have rows for what each student did, numbered over all students.

use super::gather::Gathered;
use super::{SAMPLE, Table, head};
use crate::convert::Rows;
use crate::formats::datashop::compute::Row;
use crate::formats::datashop::compute::events::Events;
use crate::formats::datashop::compute::steps::{Steps, steps};

/// The columns that all of them begin with.
const FIRST: [&str; 3] = ["Row", "Sample", "Anon Student Id"];

/// Such a table.
pub struct Numbered {
    /// The labels behind the first ones.
    pub labels: &'static [&'static str],
    /// The columns that there are for each KC model.
    pub families: [&'static str; 3],
    /// Gives the rows of a student, each without its first cells.
    pub rows: fn(&Steps, &Gathered, &mut dyn FnMut(Vec<String>)),
}

/// A table while it is made.
pub struct Making {
    /// What is made.
    pub of: Numbered,
    /// How many rows it has.
    pub rows: u64,
}

impl Table for Making {
    fn begin(&mut self, gathered: &Gathered, out: &mut Rows<'_>) {
        let labels = [&FIRST, self.of.labels].concat();
        head(&labels, self.of.families, gathered, out);
    }

    fn student(&mut self, rows: &[Row], events: &Events, gathered: &Gathered, out: &mut Rows<'_>) {
        let student = gathered.names.text_of(rows[0].student);
        let steps = steps(rows, events, &gathered.names);
        (self.of.rows)(&steps, gathered, &mut |row| {
            self.rows += 1;
            let number = self.rows.to_string();
            let first = [number.as_str(), SAMPLE, student];
            out.row(first.into_iter().chain(row.iter().map(String::as_str)));
        });
    }
}
