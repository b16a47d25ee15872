//! Writes the tables of a layout, line by line. People open them in a spreadsheet, which must neither
//! run what stands there nor split it.

use crate::formula::guarded;
use crate::records::Dialect;

/// A table on its way, as CSV.
pub(super) struct Lines(Vec<u8>);

impl Lines {
    /// One that begins with these labels.
    pub(super) fn new(labels: &[&str]) -> Lines {
        let mut lines = Lines(Vec::new());
        lines.cells(labels.iter().copied());
        lines
    }

    /// Adds a row.
    pub(super) fn add(&mut self, cells: &[String]) {
        self.cells(cells.iter().map(String::as_str));
    }

    fn cells<'a>(&mut self, cells: impl Iterator<Item = &'a str>) {
        for (at, cell) in cells.enumerate() {
            if at > 0 {
                self.0.push(b',');
            }
            let cell = guarded(cell);
            match cell.contains([';', '\t']) {
                true => Dialect::CSV.write_quoted(cell.as_bytes(), &mut self.0),
                false => Dialect::CSV.write(cell.as_bytes(), &mut self.0),
            }
        }
        self.0.push(b'\n');
    }

    /// All of it.
    pub(super) fn text(self) -> String {
        String::from_utf8_lossy(&self.0).into_owned()
    }
}
