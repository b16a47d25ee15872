//! Which field a column most likely is: by its label, and by what its first cells hold.

use std::collections::HashSet;

use super::MapRow;
use super::alike::{Label, alike};
use crate::layout::{Columns, Field, FileSpec, Layout, Named, Names};
use crate::order::sort_by;
use crate::peek::Peek;
use crate::rules::header;
use crate::types::Type;

/// Two labels that are less alike than this have nothing to do with each other.
const ALIKE: f64 = 0.5;

/// Labels that are compared with labels that are not the same, at most.
const COMPARED: usize = 1_000_000;

/// Why there is no field, where there are more.
const MANY: &str = "no field has this label; there are too many to look for one that is like it";

/// Why there is no field, where one may have been found.
const AGAIN: &str = "a column above has the same label, and a map cannot tell them apart";

/// A column that may be a field.
struct Pair {
    column: usize,
    field: usize,
    /// How alike the labels are: 1 for the same.
    alike: f64,
    /// Which part of the cells the field takes; none where there are no cells.
    fit: Option<f64>,
}

/// The map that is proposed for files of which a first look was taken; for each the place in the layout
/// of the file that it is, where that is known.
pub fn propose(layout: &Layout, peeks: &[Peek], specs: &[Option<usize>]) -> Vec<MapRow> {
    let mut rows = Vec::new();
    for (peek, spec) in peeks.iter().zip(specs) {
        let tables = |spec: &usize| !header::is_absent(&layout.files[*spec], peek);
        let free = (0..layout.files.len()).filter(|at| !specs.contains(&Some(*at)));
        let known = spec.iter().copied();
        let candidates: Vec<usize> = match spec {
            Some(_) => known.filter(tables).collect(),
            None => free.filter(tables).collect(),
        };
        let mapped = candidates
            .into_iter()
            .map(|at| map(&layout.files[at], peek));
        let filled = |rows: &Vec<MapRow>| rows.iter().filter(|row| !row.field.is_empty()).count();
        // Of several files that it may be, the first that has most of its columns.
        let best = mapped.reduce(|best, next| {
            if filled(&next) > filled(&best) {
                next
            } else {
                best
            }
        });
        rows.extend(best.into_iter().flatten());
    }
    once(&mut rows);
    rows
}

/// Has each label of a file stand for a field once: a map goes by labels, and is refused where one is
/// about two columns.
fn once(rows: &mut [MapRow]) {
    let mut known = HashSet::new();
    for row in rows {
        let is_new = known.insert((row.file.clone(), row.label.clone()));
        if !is_new && !row.field.is_empty() {
            row.field.clear();
            row.confidence = "";
            row.why = AGAIN.to_owned();
        }
    }
}

/// The columns of a file, as far as they are fields of this one: first those of the same label, then of
/// what is left those that are alike.
fn map(spec: &FileSpec, peek: &Peek) -> Vec<MapRow> {
    let mut found = Found {
        fields: peek.labels.iter().map(|_| None).collect(),
        either: vec![None; peek.labels.len()],
        taken: vec![false; spec.fields.len()],
    };
    let labels: Vec<Label> = peek.labels.iter().map(|label| Label::of(label)).collect();
    let names = Names::of(spec);
    let mut pairs = Vec::new();
    for (column, label) in peek.labels.iter().enumerate() {
        // A name of one's own may have blanks around it.
        let named = names.named(label).or_else(|| names.named(label.trim()));
        match same(named) {
            Ok(None) => {}
            Ok(Some((field, alike))) => pairs.push(Pair {
                column,
                field,
                alike,
                fit: fit(spec, field, peek, column),
            }),
            Err(fields) => found.either[column] = Some(fields),
        }
    }
    found.take(spec, pairs);
    let (pairs, looked) = similar(spec, peek, &labels, &found);
    found.take(spec, pairs);
    by_cells(spec, peek, &mut found);
    let labels = peek.labels.iter().zip(found.fields).enumerate();
    let labels = labels.filter(|(_, (label, _))| !label.trim().is_empty());
    let rows = labels.map(|(at, (label, pair))| {
        let field = pair.as_ref().map(|pair| match &spec.fields[pair.field] {
            family if family.is_family() => label.trim().to_owned(),
            field => field.name.clone(),
        });
        let none = || match found.either[at] {
            Some(fields) => {
                let [one, other] = fields.map(|field| &spec.fields[field].name);
                format!("it may be `{one}` or `{other}`, and is read as neither")
            }
            None => [MANY, "no field is like it"][usize::from(at < looked)].to_owned(),
        };
        let (confidence, why) = pair.map_or_else(|| ("", none()), |pair| pair.told());
        MapRow {
            file: spec.name.clone(),
            label: label.trim().to_owned(),
            field: field.unwrap_or_default(),
            confidence,
            why,
        }
    });
    rows.collect()
}

/// Which fields the columns are, as far as that was found.
struct Found {
    fields: Vec<Option<Pair>>,
    /// Of a column that may be either of two fields, both.
    either: Vec<Option<[usize; 2]>>,
    taken: Vec<bool>,
}

impl Found {
    /// Takes the best pairs of what is left.
    fn take(&mut self, spec: &FileSpec, mut pairs: Vec<Pair>) {
        sort_by(&mut pairs, |a, b| {
            let worth = |pair: &Pair| pair.alike + pair.fit.unwrap_or(0.5) / 4.0;
            worth(b).total_cmp(&worth(a))
        });
        for pair in pairs {
            let (column, field) = (pair.column, pair.field);
            if self.fields[column].is_none() && self.is_free(spec, field) {
                self.taken[field] = true;
                self.fields[column] = Some(pair);
            }
        }
    }

    /// Whether the field may have one more column.
    fn is_free(&self, spec: &FileSpec, field: usize) -> bool {
        !self.taken[field] || spec.fields[field].columns != Columns::One
    }

    /// The columns that are no field yet.
    fn left(&self) -> impl Iterator<Item = usize> {
        let columns = self.fields.iter().zip(&self.either).enumerate();
        columns
            .filter_map(|(at, (pair, either))| (pair.is_none() && either.is_none()).then_some(at))
    }
}

/// The labels that a field is known by.
fn names(field: &Field) -> impl Iterator<Item = &String> {
    field.labels().chain(&field.synonyms)
}

/// How much alike two labels are that are the same, as checks read them: what is spelled so goes before
/// what is nearly spelled so, and that before what was seen for a field. Of what was seen for two, both.
fn same(named: Option<Named<'_>>) -> Result<Option<(usize, f64)>, [usize; 2]> {
    match named {
        Some(Named::Mapped(field, _) | Named::Exactly(field)) => Ok(Some((field, 3.0))),
        Some(Named::Nearly(field)) => Ok(Some((field, 2.0))),
        Some(Named::Formerly(field)) => Ok(Some((field, 1.0))),
        Some(Named::Either(one, other)) => Err([one, other]),
        None => Ok(None),
    }
}

/// Columns and fields that are left whose labels are alike, and the first column that was not looked
/// at.
fn similar(spec: &FileSpec, peek: &Peek, labels: &[Label], found: &Found) -> (Vec<Pair>, usize) {
    // What stands for a name of one's own has no other spelling.
    let may_be = |at: &usize| found.is_free(spec, *at) && !spec.fields[*at].is_family();
    let free = (0..spec.fields.len()).filter(may_be);
    let free = free.flat_map(|at| names(&spec.fields[at]).map(move |name| (at, Label::of(name))));
    let free: Vec<(usize, Label)> = free.collect();
    let mut pairs: Vec<Pair> = Vec::new();
    for (count, column) in found.left().enumerate() {
        if count * free.len() > COMPARED {
            return (pairs, column);
        }
        let before = pairs.len();
        for (field, name) in &free {
            let alike = alike(&labels[column], name);
            if alike < ALIKE || labels[column].plain.is_empty() {
                continue;
            }
            match pairs[before..].last_mut() {
                Some(pair) if pair.field == *field => pair.alike = pair.alike.max(alike),
                _ => pairs.push(Pair {
                    column,
                    field: *field,
                    alike,
                    fit: fit(spec, *field, peek, column),
                }),
            }
        }
    }
    // What is nearly the label and holds something else is another column.
    pairs.retain(|pair| pair.fit.is_none_or(|fit| fit >= 0.5));
    (pairs, labels.len())
}

/// Where one column and one field are left that have the same sort of cells, and the sort is one that
/// shows, they belong together.
fn by_cells(spec: &FileSpec, peek: &Peek, found: &mut Found) {
    let shows = |field: &Field| {
        let kinds = matches!(
            field.kind,
            Type::Date | Type::DateTime | Type::Email | Type::Code(_) | Type::Boolean
        );
        (kinds || field.pattern.is_some()) && field.columns == Columns::One
    };
    let columns: Vec<usize> = found.left().collect();
    let left: Vec<usize> = (0..found.taken.len())
        .filter(|at| !found.taken[*at] && shows(&spec.fields[*at]))
        .collect();
    if columns.len() * left.len() > COMPARED / 100 {
        return;
    }
    let whole = |field: usize, column: usize| fit(spec, field, peek, column) == Some(1.0);
    for field in &left {
        let mut holding = columns.iter().filter(|column| whole(*field, **column));
        let (Some(column), None) = (holding.next(), holding.next()) else {
            continue;
        };
        let others = left.iter().filter(|other| whole(**other, *column)).count();
        if others == 1 && found.fields[*column].is_none() {
            found.taken[*field] = true;
            let (column, field) = (*column, *field);
            found.fields[column] = Some(Pair {
                column,
                field,
                alike: 0.0,
                fit: Some(1.0),
            });
        }
    }
}

impl Pair {
    /// How sure it is, and what tells it.
    fn told(&self) -> (&'static str, String) {
        let cells = match self.fit {
            None => String::new(),
            Some(1.0) => "; its first cells fit".to_owned(),
            Some(fit) => format!("; {:.0} % of its first cells fit", fit * 100.0),
        };
        let (confidence, label) = match self.alike {
            1.0.. => ("high", "the same label"),
            0.9.. => ("high", "the same words"),
            ALIKE.. => ("medium", "a similar label"),
            _ => ("low", "the only such column that is left"),
        };
        let doubtful = self.fit.is_some_and(|fit| fit < 0.5);
        (
            if doubtful { "low" } else { confidence },
            format!("{label}{cells}"),
        )
    }
}

/// Which part of a column's first cells the field takes.
fn fit(spec: &FileSpec, field: usize, peek: &Peek, column: usize) -> Option<f64> {
    let field = &spec.fields[field];
    let cells = peek.rows.iter().filter_map(|(_, row)| row.get(column));
    let is_missing = |cell: &str| cell.is_empty() || spec.missing.iter().any(|word| word == cell);
    let filled = cells.filter(|cell| !is_missing(cell.trim()));
    let (mut all, mut right) = (0.0, 0.0);
    for cell in filled {
        all += 1.0;
        right += f64::from(u8::from(header::may_hold(field, cell)));
    }
    (all > 0.0).then(|| right / all)
}
