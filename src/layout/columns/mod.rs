//! Column maps: which field a column is whose label is none of the layout's. A map is a table, so that
//! people can correct it and use it again.

mod alike;
mod propose;

pub use propose::propose;

use std::collections::{HashMap, HashSet};

use super::lines::Lines;
use super::read::closed;
use super::{Columns, Layout, Names};
use crate::finding::Severity;
use crate::formula::bare;
use crate::peek::plain;
use crate::{Error, Result};

/// The labels of a map. The last two are for people.
const LABELS: [&str; 5] = ["file", "label", "field", "confidence", "why"];

/// Labels that no file has of which each is told, at most.
const UNUSED: usize = 20;

/// A row of a map: a column, and the field that it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MapRow {
    /// The file as the layout names it; empty for all that have the field.
    pub file: String,
    /// The label as the file spells it.
    pub label: String,
    /// The field; empty where it is none.
    pub field: String,
    /// How sure that is: `high`, `medium` or `low`.
    pub confidence: &'static str,
    /// What tells it, in words for people.
    pub why: String,
}

/// Labels that stand for fields of one file.
#[derive(Clone, Debug)]
pub struct Mapped {
    /// Labels, and the names of the fields that they stand for.
    pub labels: Vec<(String, String)>,
    /// How bad it is that a label is not the layout's.
    pub severity: Severity,
}

impl Default for Mapped {
    fn default() -> Mapped {
        Mapped {
            labels: Vec::new(),
            severity: Severity::Info,
        }
    }
}

impl Mapped {
    /// The field that the label stands for.
    pub fn field(&self, label: &str) -> Option<&str> {
        let mut labels = self.labels.iter();
        let found = labels.find(|(known, _)| known.trim() == label.trim());
        found.map(|(_, field)| field.as_str())
    }
}

/// A map that was read.
#[derive(Clone, Debug)]
pub struct ColumnMap {
    name: String,
    /// With their lines.
    rows: Vec<(u64, [String; 3])>,
}

impl ColumnMap {
    /// Reads a map; `name` is what messages call it.
    ///
    /// # Errors
    /// It is no table, or one without the labels that a map needs.
    pub fn read(text: &str, name: &str) -> Result<ColumnMap> {
        let broken = |error: csv::Error| Error::usage(format!("{name} is not a table: {error}"));
        let text = text.trim_start_matches('\u{FEFF}');
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .delimiter(crate::line::separator(text))
            .from_reader(text.as_bytes());
        let labels = reader.headers().map_err(broken)?.clone();
        let at = |label: &str| {
            let at = labels.iter().position(|known| known.trim() == label);
            at.ok_or_else(|| {
                let text =
                    format!("{name}, line 1: `{label}` is not among the labels; expected it");
                Error::usage(text)
            })
        };
        let places = [at(LABELS[0])?, at(LABELS[1])?, at(LABELS[2])?];
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(broken)?;
            let line = crate::line::of(text, &record);
            let cell = |at: usize| bare(record.get(at).unwrap_or_default().trim()).to_owned();
            rows.push((line, places.map(cell)));
        }
        closed(text, name, rows.last().map_or(1, |(line, _)| *line))?;
        Ok(ColumnMap {
            name: name.to_owned(),
            rows,
        })
    }

    /// The labels, without what people change.
    pub fn labels(&self) -> impl Iterator<Item = String> {
        self.rows.iter().map(|(_, [_, label, _])| plain(label))
    }

    /// The layout, whose files then take these labels for their fields; `severity` is how bad it is
    /// that a label is not the layout's, `headers` are those of the files at hand.
    ///
    /// # Errors
    /// A row names a file or a field that the layout does not have, a label stands for two fields or
    /// twice for one, or two labels of one header stand for a field that has one column; the message names
    /// the line.
    pub fn apply(
        &self,
        layout: &Layout,
        severity: Severity,
        headers: &[&[String]],
    ) -> Result<Layout> {
        let names: Vec<Names<'_>> = layout.files.iter().map(Names::of).collect();
        let mut mapped: Vec<Vec<(String, String)>> = vec![Vec::new(); names.len()];
        let mut known: HashMap<(usize, &str), &str> = HashMap::new();
        for (line, [file, label, field]) in &self.rows {
            if field.is_empty() {
                continue;
            }
            let wrong = |what: String| Error::usage(format!("{}, line {line}, {what}", self.name));
            let about = match layout.file(file) {
                Some(at) => at..at + 1,
                None if file.is_empty() => 0..names.len(),
                None => return Err(wrong(format!("file: `{file}` is no file of the layout"))),
            };
            // `KC (*)` takes the label for the name of one's own.
            let meant = field.replace('*', label);
            let mut is_known = false;
            for at in about {
                let Some(place) = names[at].exactly(&meant) else {
                    continue;
                };
                is_known = true;
                let spec = &layout.files[at].fields[place];
                match known.insert((at, label), field) {
                    Some(other) if other != field => {
                        return Err(wrong(format!(
                            "label: `{label}` stands for `{other}`, too; expected one field"
                        )));
                    }
                    Some(_) if spec.columns == Columns::One => {
                        let told = format!("label: `{label}` stands there twice; expected it once");
                        return Err(wrong(told));
                    }
                    _ => mapped[at].push((label.clone(), meant.clone())),
                }
            }
            if !is_known {
                return Err(wrong(format!("field: `{field}` is no field of the file")));
            }
        }
        for labels in headers {
            self.one_each(labels, &known, layout, &names)?;
        }
        let mut layout = layout.clone();
        for (spec, labels) in layout.files.iter_mut().zip(mapped) {
            if !labels.is_empty() {
                spec.mapped.severity = severity;
                spec.mapped.labels.extend(labels);
            }
        }
        Ok(layout)
    }

    /// Sees that no two labels of a header stand for a field that has one column; `fields` are those that
    /// labels stand for, with the files of the layout.
    fn one_each(
        &self,
        header: &[String],
        fields: &HashMap<(usize, &str), &str>,
        layout: &Layout,
        names: &[Names<'_>],
    ) -> Result<()> {
        let labels: HashSet<&str> = header.iter().map(|label| label.trim()).collect();
        let mut seen = HashMap::new();
        let here = |(_, [_, label, _]): &&(u64, [String; 3])| labels.contains(label.as_str());
        for (line, [_, label, field]) in self.rows.iter().filter(here) {
            let meant = field.replace('*', label);
            for (at, names) in names.iter().enumerate() {
                let of = fields.get(&(at, label.as_str()));
                let place = names
                    .exactly(&meant)
                    .filter(|_| of == Some(&field.as_str()));
                let Some(place) = place else {
                    continue;
                };
                let own = match layout.files[at].fields[place].columns {
                    Columns::One => "",
                    Columns::Distinct => &meant,
                    Columns::Many => continue,
                };
                let other = seen.insert((at, place, own.to_owned()), label);
                if let Some(other) = other.filter(|other| *other != label) {
                    return Err(Error::usage(format!(
                        "{}, line {line}, field: `{field}` is `{other}`, too, and a file has both columns; expected one of them",
                        self.name
                    )));
                }
            }
        }
        Ok(())
    }

    /// What the map says of labels that none of these headers has, in words for people.
    pub fn unused(&self, headers: &[&[String]]) -> Vec<String> {
        let labels = headers.iter().copied().flatten();
        let labels: HashSet<&str> = labels.map(|label| label.trim()).collect();
        let unused = self
            .rows
            .iter()
            .filter(|(_, [_, label, field])| !field.is_empty() && !labels.contains(label.as_str()));
        let told = unused.map(|(line, [_, label, field])| {
            format!(
                "which column is `{field}`: {}, line {line}, says `{label}`, and no file has that label",
                self.name
            )
        });
        told.take(UNUSED).collect()
    }
}

/// A map as a table.
pub fn to_map(rows: &[MapRow]) -> String {
    let mut lines = Lines::new(&LABELS);
    for row in rows.iter().cloned() {
        let MapRow {
            file,
            label,
            field,
            confidence,
            why,
        } = row;
        lines.add(&[file, label, field, confidence.to_owned(), why]);
    }
    lines.text()
}
