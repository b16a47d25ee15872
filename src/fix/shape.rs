//! How a repaired file is laid out, and records written so.

use crate::check::FilePlan;
use crate::finding::{Finding, Fix, Remedy};
use crate::layout::{Columns, Quotes};
use crate::order::sort_by_key;
use crate::records::{Dialect, Record};

/// How a repaired file is laid out.
pub(super) struct Shape {
    /// The columns of the output; `None` where columns stay.
    pub columns: Option<Vec<Origin>>,
    pub from: Dialect,
    pub to: Dialect,
    /// How every line ends, where that changes.
    pub line_break: Option<&'static [u8]>,
    pub drop_titles: bool,
    /// Whether cells that need no quotes have none.
    bare: bool,
    /// Labels of the header.
    width: usize,
}

/// Where a column of the output comes from.
pub(super) enum Origin {
    /// A column of the file.
    Column(usize),
    /// It is added empty, for the field of that name.
    Nothing(String),
}

/// What a record is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    /// It stands above the header.
    Title,
    Header,
    Data,
}

impl Shape {
    /// The layout of the file as it is.
    pub fn of(plan: &FilePlan) -> Shape {
        Shape {
            columns: None,
            from: plan.dialect,
            to: plan.dialect,
            line_break: None,
            drop_titles: false,
            bare: plan.spec().quotes == Quotes::Needed,
            width: plan.labels.len(),
        }
    }

    /// Writes a record without its line break: `cells` of it, and those in `edits` with new
    /// values.
    pub fn write(
        &self,
        record: &Record<'_>,
        level: Level,
        cells: usize,
        edits: &[(usize, &str)],
        out: &mut Vec<u8>,
    ) {
        let columns = self.columns.as_ref().filter(|_| level != Level::Title);
        let whole = cells == record.width() && edits.is_empty();
        if whole && columns.is_none() && self.from == self.to {
            out.extend_from_slice(record.bytes());
            return;
        }
        let mut begun = false;
        let mut next = |out: &mut Vec<u8>| {
            if std::mem::replace(&mut begun, true) {
                out.push(self.to.delimiter);
            }
        };
        for from in columns.into_iter().flatten() {
            next(out);
            match from {
                Origin::Column(at) => self.cell(record, *at, edits, out),
                Origin::Nothing(name) if level == Level::Header => {
                    self.to.write(name.as_bytes(), out);
                }
                Origin::Nothing(_) => {}
            }
        }
        let done = columns.map_or(0, |_| self.width);
        for at in done..cells {
            next(out);
            self.cell(record, at, edits, out);
        }
    }

    /// The cells of a record that cannot be written as they are, or as the edits say, and what is written
    /// of them: quotes meant something, and do not any more.
    pub fn flattened(
        &self,
        record: &Record<'_>,
        edits: &[(usize, &str)],
        mut each: impl FnMut(usize, &[u8], &[u8]),
    ) {
        if self.from.quote.is_none() || self.to.quote.is_some() {
            return;
        }
        let special = |b: &u8| matches!(*b, b'\n' | b'\r') || *b == self.to.delimiter;
        let (mut before, mut after) = (Vec::new(), Vec::new());
        for at in 0..record.width() {
            let edit = edits.iter().find(|(column, _)| *column == at);
            let bytes = edit.map(|(_, value)| value.as_bytes()).or(record.raw(at));
            if bytes.is_some_and(|bytes| bytes.iter().any(special)) {
                before.clear();
                match edit {
                    Some((_, value)) => before.extend_from_slice(value.as_bytes()),
                    None => before.extend_from_slice(&record.value(at).unwrap_or_default()),
                }
                after.clear();
                self.to.write(&before, &mut after);
                each(at, &before, &after);
            }
        }
    }

    /// Writes a record that the file did not have, its cells in the order of the file's columns.
    pub fn write_new(&self, cells: &[String], out: &mut Vec<u8>) {
        let moved = |from: &Origin| match from {
            Origin::Column(at) => cells.get(*at).map_or("", String::as_str),
            Origin::Nothing(_) => "",
        };
        let cells: Vec<&str> = match &self.columns {
            Some(columns) => columns.iter().map(moved).collect(),
            None => cells.iter().map(String::as_str).collect(),
        };
        for (at, cell) in cells.iter().enumerate() {
            if at > 0 {
                out.push(self.to.delimiter);
            }
            self.to.write(cell.as_bytes(), out);
        }
    }

    /// Writes a cell, as it stands or with its new value; nothing where the record is shorter.
    fn cell(&self, record: &Record<'_>, at: usize, edits: &[(usize, &str)], out: &mut Vec<u8>) {
        let Some(raw) = record.raw(at) else { return };
        let quoted = record
            .value(at)
            .is_some_and(|value| value.len() + 1 < raw.len());
        let edit = edits.iter().find(|(column, _)| *column == at);
        match edit.map(|(_, value)| value.as_bytes()) {
            Some(value) if quoted && !value.is_empty() && !self.bare => {
                self.to.write_quoted(value, out)
            }
            // A line with nothing on it would be a blank record.
            Some(b"") if record.width() == 1 => self.to.write_quoted(b"", out),
            Some(value) => self.to.write(value, out),
            // Quotes that meant something would not any more.
            None if quoted && self.to.quote.is_none() => {
                let value = record.value(at).unwrap_or_default();
                self.to.write(&value, out);
            }
            // A stray quote stays as it is, unless the cell holds what now separates cells.
            None if quoted || self.from == self.to || !raw.contains(&self.to.delimiter) => {
                out.extend_from_slice(raw);
            }
            None => self.to.write(raw, out),
        }
    }
}

/// The columns of the output: where a fix says so, in the order that a rule gave the file or else in
/// the layout's, with missing fields added behind the field that precedes them.
pub(super) fn columns(plan: &FilePlan, picked: &[(&Finding, &Fix)]) -> Vec<Origin> {
    let mut order: Vec<usize> = (0..plan.labels.len()).collect();
    let sorts = |(finding, fix): &(&Finding, &Fix)| {
        fix.remedy == Remedy::Columns && finding.place.column.is_some()
    };
    let sorted = picked.iter().any(sorts);
    if let Some(own) = plan.order.as_ref().filter(|_| sorted) {
        order.clone_from(own);
    } else if sorted {
        // What has no place of its own stays behind the column that it stands behind.
        let mut last = 0;
        let places = plan.fields.iter().map(|field| match field {
            Some(field) if plan.spec().fields[*field].columns == Columns::One => {
                last = *field;
                last
            }
            Some(_) => last,
            None => usize::MAX,
        });
        let places: Vec<usize> = places.collect();
        sort_by_key(&mut order, |column| places[*column]);
    }
    let mut columns: Vec<Origin> = order.into_iter().map(Origin::Column).collect();
    for (finding, fix) in picked {
        let missing = finding
            .place
            .field
            .and_then(|slot| (slot as usize).checked_sub(plan.labels.len()));
        if let (Remedy::Columns, Some(field)) = (&fix.remedy, missing) {
            let at = columns.iter().rposition(|from| match from {
                Origin::Column(column) => plan.fields[*column].is_some_and(|known| {
                    known < field && plan.spec().fields[known].columns == Columns::One
                }),
                Origin::Nothing(name) => plan.spec().field(name).is_some_and(|known| known < field),
            });
            let name = plan.spec().fields[field].name.clone();
            columns.insert(at.map_or(0, |at| at + 1), Origin::Nothing(name));
        }
    }
    columns
}
