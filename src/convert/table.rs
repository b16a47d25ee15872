//! Reads `to_*.csv`: from which field of the source each field of the target comes, and how. What
//! the tables may hold is told in `docs/convert.md`.

use std::collections::HashMap;

use super::transform::Transform;
use crate::{Error, Result};

/// The labels of a table, all of which have to be there.
pub(super) const LABELS: [&str; 8] = [
    "file",
    "field",
    "from",
    "source",
    "via",
    "transform",
    "argument",
    "note",
];

/// Stands for every file, or every field, of the same name.
pub(super) const ALL: &str = "*";

/// A row of a mapping.
#[derive(Debug)]
pub(super) struct Row {
    /// The target's file; [`ALL`]; or blank where the row tells of what is lost or read elsewhere.
    pub file: String,
    /// Its field, or [`ALL`].
    pub field: String,
    /// The source's file; [`ALL`] is that of the same name; blank where none is needed.
    pub from: String,
    /// Its field, or [`ALL`].
    pub source: String,
    /// The field that holds the key of `from`, where the records flow from another file.
    pub via: String,
    /// What becomes of the cell.
    pub transform: Transform,
    /// Why something is lost or made up.
    pub note: String,
}

/// A code map: for each code of the source that of the target, and why where that is not the same.
#[derive(Debug, Default)]
pub(super) struct Codes(HashMap<String, (String, String)>);

impl Codes {
    /// The code of the target, blank where it has none, and why.
    pub fn get(&self, code: &str) -> Option<(&str, &str)> {
        let (to, note) = self.0.get(code)?;
        Some((to, note))
    }

    /// Reads a table with the labels `from`, `to` and `note`.
    ///
    /// # Errors
    /// It is no such table.
    pub fn read(name: &str, text: &str) -> Result<Codes> {
        let rows = records(name, text, ["from", "to", "note"])?;
        let rows = rows
            .into_iter()
            .map(|(_, [from, to, note])| (from, (to, note)));
        Ok(Codes(rows.collect()))
    }
}

/// The rows of a mapping. `codes` gives the text of a code map by its name.
pub(super) fn read(text: &str, codes: &dyn Fn(&str) -> Option<&'static str>) -> Result<Vec<Row>> {
    let rows = records("to_*.csv", text, LABELS)?.into_iter();
    let rows = rows.map(|(line, cells)| {
        let [file, field, from, source, via, transform, argument, note] = cells;
        let transform = Transform::read(&transform, &argument, codes)
            .map_err(|told| Error::bug(format!("to_*.csv, line {line}: {told}")))?;
        Ok(Row {
            file,
            field,
            from,
            source,
            via,
            transform,
            note,
        })
    });
    rows.collect()
}

/// The records of one of our tables and their lines.
fn records<const N: usize>(
    table: &str,
    text: &str,
    labels: [&str; N],
) -> Result<Vec<(u64, [String; N])>> {
    let broken = |what: String| Error::bug(format!("{table} is no table: {what}"));
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader
        .headers()
        .map_err(|error| broken(error.to_string()))?;
    if header != labels[..] {
        return Err(broken(format!("expected the labels {}", labels.join(","))));
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| broken(error.to_string()))?;
        let line = record.position().map_or(0, csv::Position::line);
        rows.push((line, std::array::from_fn(|at| record[at].to_owned())));
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn tables_that_are_wrong_say_where() {
        let header = LABELS.join(",");
        let codes = |name: &str| (name == "map").then_some("from,to,note\na,b,\n");
        let told = |rows: &str| {
            let read = read(&format!("{header}\n{rows}"), &codes);
            read.map(|_| ()).unwrap_err().to_string()
        };
        for (rows, why) in [
            (
                "a.csv,x,a.csv,x,,shout,,\n",
                "line 2: `shout` is no transform",
            ),
            (
                "a.csv,x,a.csv,x,,codes,none,\n",
                "line 2: `none` is no code map",
            ),
            ("a.csv,x\n", "to_*.csv is no table"),
        ] {
            assert!(told(rows).contains(why), "{}", told(rows));
        }
        let told = super::read("file,field\n", &codes).map(|_| ()).unwrap_err();
        assert!(told.to_string().contains(&header), "{told}");
        let fine = read(&format!("{header}\na.csv,x,a.csv,x,,codes,map,\n"), &codes);
        assert_eq!(fine.unwrap().len(), 1);
    }
}
