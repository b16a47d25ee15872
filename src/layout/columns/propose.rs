//! Which field a column most likely is: by its label, and by what its first cells hold.

use std::collections::BTreeSet;

use super::MapRow;
use crate::layout::sample::words;
use crate::layout::{Columns, Field, FileSpec, Layout};
use crate::order::sort_by;
use crate::peek::{Peek, plain};
use crate::rules::header;
use crate::types::Type;

/// Words that mean the same in labels; the first stands for all.
const SAME: &[&[&str]] = &[
    &[
        "id",
        "identifier",
        "number",
        "num",
        "no",
        "nr",
        "key",
        "code",
    ],
    &["birth", "birthdate", "birthday", "dob", "born"],
    &["first", "given", "firstname", "givenname", "forename"],
    &["last", "family", "lastname", "familyname", "surname"],
    &["gender", "sex"],
    &["email", "mail"],
    &["phone", "telephone", "tel", "mobile"],
    &["student", "pupil", "learner", "candidate"],
    &["school", "org", "organization", "campus"],
    &["start", "begin", "from"],
    &["end", "until", "to"],
    &["grade", "level"],
    &["score", "points", "mark", "result"],
];

/// Words that add nothing.
const EMPTY: &[&str] = &["of", "the", "name", "date", "address"];

/// Two labels that are less alike than this have nothing to do with each other.
const ALIKE: f64 = 0.5;

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
    rows
}

/// The columns of a file, as far as they are fields of this one.
fn map(spec: &FileSpec, peek: &Peek) -> Vec<MapRow> {
    let mut pairs = pairs(spec, peek);
    sort_by(&mut pairs, |a, b| {
        let worth = |pair: &Pair| pair.alike + pair.fit.unwrap_or(0.5) / 4.0;
        worth(b).total_cmp(&worth(a))
    });
    let mut fields: Vec<Option<Pair>> = peek.labels.iter().map(|_| None).collect();
    let mut taken = vec![false; spec.fields.len()];
    for pair in pairs {
        let (column, field) = (pair.column, pair.field);
        let single = spec.fields[field].columns == Columns::One;
        if fields[column].is_none() && !(single && taken[field]) {
            taken[field] = true;
            fields[column] = Some(pair);
        }
    }
    by_cells(spec, peek, &mut fields, &mut taken);
    let labels = peek.labels.iter().zip(fields);
    let labels = labels.filter(|(label, _)| !label.trim().is_empty());
    let rows = labels.map(|(label, pair)| {
        let field = pair
            .as_ref()
            .map(|pair| spec.fields[pair.field].name.clone());
        let (confidence, why) =
            pair.map_or(("", "no field is like it".to_owned()), |pair| pair.told());
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

/// Columns and fields whose labels are alike.
fn pairs(spec: &FileSpec, peek: &Peek) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for (column, label) in peek.labels.iter().enumerate() {
        for (at, field) in spec.fields.iter().enumerate() {
            let names = field.labels().chain(&field.synonyms);
            let alike = names.map(|name| alike(label, name)).fold(0.0, f64::max);
            if alike >= ALIKE && !label.trim().is_empty() {
                let fit = fit(field, peek, column);
                // What is nearly the label and holds something else is another column.
                if alike >= 1.0 || fit.is_none_or(|fit| fit >= 0.5) {
                    pairs.push(Pair {
                        column,
                        field: at,
                        alike,
                        fit,
                    });
                }
            }
        }
    }
    pairs
}

/// Where one column and one field are left that have the same sort of cells, and the sort is one that
/// shows, they belong together.
fn by_cells(spec: &FileSpec, peek: &Peek, fields: &mut [Option<Pair>], taken: &mut [bool]) {
    let shows = |field: &Field| {
        let kinds = matches!(
            field.kind,
            Type::Date | Type::DateTime | Type::Email | Type::Code(_) | Type::Boolean
        );
        (kinds || field.pattern.is_some()) && field.columns == Columns::One
    };
    let whole = |field: usize, column: usize| fit(&spec.fields[field], peek, column) == Some(1.0);
    let columns: Vec<usize> = (0..fields.len())
        .filter(|at| fields[*at].is_none())
        .collect();
    let left: Vec<usize> = (0..taken.len())
        .filter(|at| !taken[*at] && shows(&spec.fields[*at]))
        .collect();
    for field in &left {
        let mut holding = columns.iter().filter(|column| whole(*field, **column));
        let (Some(column), None) = (holding.next(), holding.next()) else {
            continue;
        };
        let others = left.iter().filter(|other| whole(**other, *column)).count();
        if others == 1 && fields[*column].is_none() {
            taken[*field] = true;
            let (column, field) = (*column, *field);
            fields[column] = Some(Pair {
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
fn fit(field: &Field, peek: &Peek, column: usize) -> Option<f64> {
    let cells = peek.rows.iter().filter_map(|(_, row)| row.get(column));
    let filled = cells.filter(|cell| !cell.trim().is_empty());
    let (mut all, mut right) = (0.0, 0.0);
    for cell in filled {
        all += 1.0;
        right += f64::from(u8::from(header::may_hold(field, cell)));
    }
    (all > 0.0).then(|| right / all)
}

/// How alike two labels are: 1 where only capitals, blanks and marks differ, 0.9 where they have the same
/// words or such that mean the same.
fn alike(a: &str, b: &str) -> f64 {
    let (a_plain, b_plain) = (plain(a), plain(b));
    if a_plain == b_plain {
        return 1.0;
    }
    let (a, b) = (meant(a), meant(b));
    let (both, all) = (a.intersection(&b).count(), a.union(&b).count());
    let words = if all > 0 {
        both as f64 / all as f64 * 0.9
    } else {
        0.0
    };
    words.max(letters(&a_plain, &b_plain) * 0.85)
}

/// The words of a label, those that mean the same as one.
fn meant(label: &str) -> BTreeSet<String> {
    let same = |word: &str| SAME.iter().find(|same| same.contains(&word));
    // `D.O.B.` is a word, too.
    if let Some(same) = same(&plain(label)) {
        return BTreeSet::from([same[0].to_owned()]);
    }
    let words = words(label).into_iter();
    let words = words.filter(|word| !EMPTY.contains(&word.as_str()));
    let words = words.map(|word| same(&word).map_or(word.clone(), |same| same[0].to_owned()));
    words.collect()
}

/// How many pairs of letters two words share, of all that they have.
fn letters(a: &str, b: &str) -> f64 {
    let pairs =
        |text: &str| -> Vec<(char, char)> { text.chars().zip(text.chars().skip(1)).collect() };
    let (a, mut b) = (pairs(a), pairs(b));
    let all = a.len() + b.len();
    let mut both = 0;
    for pair in a {
        if let Some(at) = b.iter().position(|other| *other == pair) {
            b.swap_remove(at);
            both += 2;
        }
    }
    if all > 0 {
        f64::from(both) / all as f64
    } else {
        0.0
    }
}
