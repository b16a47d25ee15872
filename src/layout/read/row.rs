//! The rows of a table, by label.

use crate::Error;
use crate::formula::bare;
use crate::layout::Confidence;

/// The labels of files.csv; the first has to be there, and the last is only for formats that share
/// their tables.
pub(in crate::layout) const FILES: [&str; 25] = [
    "file",
    "name",
    "title",
    "required",
    "synonyms",
    "delimiter",
    "quotes",
    "mark",
    "header",
    "labels",
    "order",
    "case",
    "similar",
    "extra",
    "ragged",
    "blank",
    "refuses",
    "empty",
    "breaks",
    "missing",
    "keys",
    "stops",
    "confidence",
    "source",
    "format",
];

/// The labels of layout.csv; the first three have to be there.
pub(in crate::layout) const FIELDS: [&str; 21] = [
    "file",
    "field",
    "type",
    "columns",
    "aliases",
    "required",
    "prohibited",
    "length",
    "bytes",
    "longer",
    "range",
    "pattern",
    "example",
    "codes",
    "key",
    "reference",
    "synonyms",
    "label",
    "secret",
    "confidence",
    "source",
];

/// A row of a table, by label.
pub(super) struct Row {
    pub(super) table: &'static str,
    pub(super) line: u64,
    pub(super) cells: Vec<(&'static str, String)>,
}

impl Row {
    /// What files.csv would say of a file of which there is nothing to say.
    pub(super) fn of_file(name: &str) -> Row {
        let cells = [("file", name), ("empty", "yes")];
        Row {
            table: "files.csv",
            line: 0,
            cells: cells.map(|(label, cell)| (label, cell.to_owned())).into(),
        }
    }

    pub(super) fn get(&self, label: &str) -> &str {
        let mut cells = self.cells.iter().rev();
        let cell = cells.find(|(known, _)| *known == label);
        cell.map_or("", |(_, cell)| cell)
    }

    pub(super) fn wrong(&self, label: &str, expected: &str) -> Error {
        Error::usage(format!(
            "{}, line {}, {label}: `{}` is not {expected}",
            self.table,
            self.line,
            self.get(label)
        ))
    }

    /// What something that reads cells has to say of one.
    pub(super) fn told(&self, label: &str, words: &str) -> Error {
        let Row { table, line, .. } = self;
        Error::usage(format!("{table}, line {line}, {label}: {words}"))
    }

    pub(super) fn list(&self, label: &str) -> Vec<String> {
        self.get(label)
            .split('|')
            .filter(|item| !item.is_empty())
            .map(str::to_owned)
            .collect()
    }

    pub(super) fn yes(&self, label: &str) -> Result<bool, Error> {
        match self.get(label) {
            "yes" => Ok(true),
            "no" | "" => Ok(false),
            _ => Err(self.wrong(label, "yes or no")),
        }
    }
}

pub(super) fn rows(table: &'static str, text: &str) -> Result<Vec<Row>, Error> {
    let broken = |error: csv::Error| Error::usage(format!("{table} is not a table: {error}"));
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .delimiter(crate::line::separator(text))
        .from_reader(text.as_bytes());
    let labels = reader.headers().map_err(broken)?;
    let labels: Vec<&str> = labels.iter().map(str::trim).collect();
    let (known, needed) = match table {
        "files.csv" => (FILES.as_slice(), &FILES[..1]),
        _ => (FIELDS.as_slice(), &FIELDS[..3]),
    };
    if let Some(label) = labels.iter().find(|label| !known.contains(label)) {
        let known = known.join(", ");
        let text =
            format!("{table}, line 1: `{label}` is no label of this table; expected {known}");
        return Err(Error::usage(text));
    }
    let missing = needed.iter().find(|label| !labels.contains(label));
    if let Some(label) = missing.filter(|_| !text.is_empty()) {
        let text = format!("{table}, line 1: `{label}` is not among the labels; expected it");
        return Err(Error::usage(text));
    }
    // From here on, labels are ours.
    let ours = |label: &&str| known.iter().copied().find(|known| known == label);
    let labels: Vec<&'static str> = labels.iter().filter_map(ours).collect();
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(broken)?;
        let line = crate::line::of(text, &record);
        let cells = labels
            .iter()
            .zip(record.iter())
            .map(|(label, cell)| (*label, bare(cell.trim()).to_owned()))
            .collect();
        rows.push(Row { table, line, cells });
    }
    closed(text, table, rows.last().map_or(1, |row| row.line))?;
    Ok(rows)
}

/// Sees that each quote in a table is closed: one that is not runs to the end, from the last record on,
/// which begins in this line.
pub(in crate::layout) fn closed(text: &str, table: &str, last: u64) -> Result<(), Error> {
    match memchr::memchr_iter(b'"', text.as_bytes()).count() % 2 {
        0 => Ok(()),
        _ => Err(Error::usage(format!(
            "{table}, line {last}: a quote is not closed; expected `\"` at the end of the cell"
        ))),
    }
}

pub(super) fn confidence(row: &Row) -> Result<Confidence, Error> {
    Ok(match row.get("confidence") {
        "" | "high" => Confidence::High,
        "medium" => Confidence::Medium,
        "low" => Confidence::Low,
        _ => return Err(row.wrong("confidence", "medium, low or blank")),
    })
}
