//! Names and tables of two columns, as people write them.

use crate::{Error, Result};

/// The names of a list: one on each line, or with `;` between them.
pub(super) fn names(text: &str) -> Vec<String> {
    let text = text.trim_start_matches('\u{feff}');
    let names = text.split(['\n', '\r', ';']).map(str::trim);
    names
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

/// A row of a table of two columns.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Pair {
    pub from: String,
    pub to: String,
    /// From 1.
    pub line: u64,
}

/// The rows of the table that was given for `name`, without blank ones and without a header, if that
/// is `header` in any case of letters. Cells are separated by tabs, semicolons or commas: by what the
/// first line has, in this order.
///
/// # Errors
/// There is no row, or one has not two cells, or its first one is blank or stands in an earlier row.
pub(super) fn pairs(name: &str, text: &str, header: [&str; 2]) -> Result<Vec<Pair>> {
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(crate::line::separator(text))
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut pairs: Vec<Pair> = Vec::new();
    let mut known = std::collections::HashMap::new();
    for record in reader.records() {
        let record = record.map_err(|error| Error::refused(name, format!("`{name}`: {error}")))?;
        let line = crate::line::of(text, &record);
        let mut cells: Vec<&str> = record.iter().collect();
        while cells.len() > 2 && cells.last().is_some_and(|cell| cell.is_empty()) {
            cells.pop();
        }
        if cells.iter().all(|cell| cell.is_empty()) {
            continue;
        }
        let [from, to] = cells[..] else {
            return Err(Error::refused(
                name,
                format!(
                    "line {line} of the table given for `{name}` has {} cells; expected two: {} and {}",
                    cells.len(),
                    header[0],
                    header[1]
                ),
            ));
        };
        let is_header = from.eq_ignore_ascii_case(header[0]) && to.eq_ignore_ascii_case(header[1]);
        if pairs.is_empty() && is_header {
            continue;
        }
        if from.is_empty() {
            return Err(Error::refused(
                name,
                format!(
                    "line {line} of the table given for `{name}` has nothing in its first cell; expected {}",
                    header[0]
                ),
            ));
        }
        if let Some(before) = known.insert(from.to_owned(), line) {
            return Err(Error::refused(
                name,
                format!(
                    "line {line} of the table given for `{name}` is about `{from}`, and so is line {before}; expected one line for each"
                ),
            ));
        }
        pairs.push(Pair {
            from: from.to_owned(),
            to: to.to_owned(),
            line,
        });
    }
    if pairs.is_empty() {
        let told = format!(
            "the table given for `{name}` has no rows; expected {} and {} in each",
            header[0], header[1]
        );
        return Err(Error::refused(name, told));
    }
    Ok(pairs)
}
