//! Reads the tables of profiles. What they may hold is told in `docs/profiles.md`.

use super::{Does, Profile, Row, Title};
use crate::finding::Severity;
use crate::formats::{self, Format};
use crate::layout::Condition;
use crate::{Error, Result};

/// The list of profiles.
const LIST: &str = "profiles.csv";

/// What stands in each column of the list, in their order.
const TITLES: [&str; 6] = ["id", "title", "kind", "formats", "checked", "sources"];

/// What stands in each column of a profile, in their order.
const ROWS: [&str; 11] = [
    "does",
    "rule",
    "file",
    "field",
    "value",
    "when",
    "severity",
    "confidence",
    "formats",
    "source",
    "note",
];

/// The profiles of a list.
///
/// # Errors
/// The list is no table with the columns that it has to have.
pub fn titles(list: &str) -> Result<Vec<Title>> {
    let rows = rows(LIST, list, TITLES)?;
    let title = |[id, title, kind, formats, checked, sources]: [String; 6]| Title {
        id,
        title,
        kind,
        formats: words(&formats),
        checked,
        sources: words(&sources),
    };
    Ok(rows.into_iter().map(title).collect())
}

/// A profile from its table, laid over a format: without facts that do not hold for it.
///
/// # Errors
/// The table, the line, and what may stand there.
pub fn read(title: Title, table: &str, over: &'static Format) -> Result<Profile> {
    let name = format!("{}.csv", title.id);
    let mut all = Vec::new();
    for (at, row) in rows(&name, table, ROWS)?.into_iter().enumerate() {
        let wrong = |text: &str, what: &str| {
            let line = at + 2;
            Error::bug(format!("{name}, line {line}: `{text}` is not {what}"))
        };
        let row = fact(row, wrong)?;
        if row.formats.is_empty() || row.formats.iter().any(|id| id == over.id) {
            all.push(row);
        }
    }
    let rows = all;
    Ok(Profile { title, rows, over })
}

fn fact(cells: [String; 11], wrong: impl Fn(&str, &str) -> Error) -> Result<Row> {
    let [
        does,
        rule,
        file,
        field,
        value,
        when,
        severity,
        confidence,
        formats,
        source,
        note,
    ] = cells;
    let kind = match does.as_str() {
        "asks" => Does::Asks,
        "refuses" => Does::Refuses,
        "accepts" => Does::Accepts,
        "knows" => Does::Knows,
        "switches" => Does::Switches,
        "threshold" => Does::Threshold,
        "cannot check" => Does::CannotCheck,
        "tells" => Does::Tells,
        _ => return Err(wrong(&does, "one of the words for `does`")),
    };
    let judges = matches!(kind, Does::Asks | Does::Refuses | Does::Accepts);
    Ok(Row {
        does: kind,
        rule: match (judges, formats::rule(&rule)) {
            (true, Some(rule)) => Some(rule),
            (false, None) if rule.is_empty() => None,
            _ => return Err(wrong(&rule, "a rule where one is needed")),
        },
        file,
        field,
        value,
        when: match when.split_once('=') {
            Some((field, values)) => Some(Condition {
                field: field.to_owned(),
                values: values.split('|').map(str::to_owned).collect(),
            }),
            None if when.is_empty() => None,
            None => return Err(wrong(&when, "`field=value|value`")),
        },
        severity: match (severity.as_str(), judges) {
            ("error", true) => Severity::Error,
            ("warning", true) => Severity::Warning,
            ("info", true) | ("", false) => Severity::Info,
            _ => return Err(wrong(&severity, "a severity where one is needed")),
        },
        is_sure: match confidence.as_str() {
            "high" => true,
            "medium-high" | "medium" => false,
            _ => return Err(wrong(&confidence, "high, medium-high or medium")),
        },
        formats: words(&formats),
        sources: words(&source)
            .iter()
            .map(|place| {
                place
                    .parse()
                    .map_err(|_| wrong(place, "a place in sources"))
            })
            .collect::<Result<_>>()?,
        note,
    })
}

fn words(cell: &str) -> Vec<String> {
    let words = cell.split('|').filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// The rows of a table that has these columns.
fn rows<const N: usize>(name: &str, table: &str, labels: [&str; N]) -> Result<Vec<[String; N]>> {
    let broken = |error: csv::Error| Error::bug(format!("{name} is not a table: {error}"));
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    if reader.headers().map_err(broken)?.iter().ne(labels) {
        let labels = labels.join(", ");
        return Err(Error::bug(format!("{name}: expected the labels {labels}")));
    }
    let rows = reader.into_records().map(|record| {
        let record = record.map_err(broken)?;
        let mut cells = record.iter().map(str::to_owned);
        Ok(std::array::from_fn(|_| cells.next().unwrap_or_default()))
    });
    rows.collect()
}
