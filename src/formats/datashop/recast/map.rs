//! Labels of other programs as those of DataShop: a table that people write once and keep.

use std::collections::HashMap;

use super::super::headings::{Heading, fold};
use super::lists::{Pair, pairs};
use crate::convert::{Loss, Table, What};
use crate::layout::Columns;
use crate::{Error, Result};

/// The value that the table is given for.
const NAME: &str = "columns";

/// The label that stands for all those which neither the table nor DataShop names.
const REST: &str = "*";

/// What begins a cell that holds a text for every record instead of a label.
const CONSTANT: char = '=';

/// A column map.
#[derive(Default)]
pub(super) struct Map {
    rows: Vec<Row>,
}

struct Row {
    pair: Pair,
    /// Whether a file has the label.
    met: bool,
}

/// What becomes of a column.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Becomes {
    /// It is called so.
    Called(String),
    /// The table says that it is left out.
    LeftOut,
    /// The table does not name it.
    Unnamed,
}

impl Map {
    /// Reads a table: their label, DataShop's label. With a blank one the column is left out;
    /// `=text,label` makes a column that has this text in all records, and `*,CF (*)` makes custom fields
    /// of columns that nobody names.
    ///
    /// # Errors
    /// It is no such table.
    pub fn read(text: &str) -> Result<Map> {
        let pairs = pairs(NAME, text, ["label", "heading"])?;
        let rows = pairs.into_iter().map(|pair| Row { pair, met: false });
        Ok(Map {
            rows: rows.collect(),
        })
    }

    /// Whether it says anything.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// What becomes of a column with that label.
    pub fn of(&mut self, label: &str) -> Becomes {
        let folded = fold(label);
        let is =
            |row: &&mut Row| !row.pair.from.starts_with(CONSTANT) && fold(&row.pair.from) == folded;
        let Some(row) = self.rows.iter_mut().find(is) else {
            return Becomes::Unnamed;
        };
        row.met = true;
        match row.pair.to.as_str() {
            "" => Becomes::LeftOut,
            to => Becomes::Called(to.to_owned()),
        }
    }

    /// What becomes of a column that DataShop does not name either: the row of `*` has its label for the
    /// `*` of DataShop's.
    pub fn of_rest(&self, label: &str) -> Becomes {
        let row = self.rows.iter().find(|row| row.pair.from == REST);
        match row.map(|row| row.pair.to.as_str()) {
            None => Becomes::Unnamed,
            Some("") => Becomes::LeftOut,
            Some(to) => Becomes::Called(to.replace('*', label)),
        }
    }

    /// Columns with the same text in all records: label and text.
    pub fn constants(&self) -> impl Iterator<Item = (&str, &str)> {
        let rows = self.rows.iter().filter(|row| !row.pair.to.is_empty());
        rows.filter_map(|row| {
            let text = row.pair.from.strip_prefix(CONSTANT)?;
            Some((row.pair.to.as_str(), text.trim()))
        })
    }

    /// Tells of labels that no file has.
    pub fn end(&self, loss: &mut Loss) {
        let is_label = |from: &str| from != REST && !from.starts_with(CONSTANT);
        let unmet = |row: &&Row| !row.met && is_label(&row.pair.from);
        for row in self.rows.iter().filter(unmet) {
            let kind = loss.kind(
                What::ValueMissing,
                NAME,
                &row.pair.to,
                "no file has this label",
            );
            loss.count(kind, row.pair.line, row.pair.from.as_bytes());
        }
    }
}

/// Sees that the map did not make one column of two.
///
/// # Errors
/// It did.
pub(super) fn once(table: &Table<'_>, headings: &[Heading]) -> Result<()> {
    let mut known: HashMap<String, &Heading> = HashMap::new();
    let own = |heading: &Heading| table.labels[heading.column as usize].trim();
    let is_mapped = |heading: &Heading| fold(&heading.label) != fold(own(heading));
    for heading in headings {
        let field = table.spec.field(&heading.field);
        let may_repeat = |field: usize| table.spec.fields[field].columns == Columns::Many;
        if field.is_some_and(may_repeat) {
            continue;
        }
        if let Some(before) = known.insert(heading.folded(), heading)
            && (is_mapped(before) || is_mapped(heading))
        {
            let told = format!(
                "`{}` and `{}` of {} are both to be `{}`; expected another label for one of them, or none",
                own(before),
                own(heading),
                table.file,
                heading.label
            );
            return Err(Error::refused(NAME, told));
        }
    }
    Ok(())
}
