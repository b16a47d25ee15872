//! The columns of several files as those of one: pairs stay together, blank where a file lacks one.

use super::super::headings::{self, DEFAULT, Heading, Kind, fold};
use super::map::{Becomes, Map, once};
use crate::Result;
use crate::check::Mode;
use crate::convert::{self, Table};
use crate::layout::FileSpec;
use crate::order::sort_by_key;
use crate::rules::header;

/// A column of what comes out.
pub(super) struct Column {
    pub label: String,
    pub kind: Kind,
    /// The layout's field; blank where it knows none.
    pub field: String,
    /// See [`Heading::same`].
    pub model: String,
    /// The same as it stands.
    pub title: String,
}

/// Where its cells come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum From {
    /// A column of the file.
    Column(usize),
    /// The same text in all records.
    Constant(String),
    /// Nowhere: the file has no such column.
    Nothing,
}

/// A file that is written.
#[derive(Default)]
pub(super) struct Source {
    /// For each column of what comes out.
    pub from: Vec<From>,
    /// Columns that go nowhere.
    pub lost: Vec<Lost>,
}

/// A column that goes nowhere.
pub(super) struct Lost {
    pub column: usize,
    pub label: String,
    pub why: &'static str,
    /// Once something of it was lost.
    pub kind: Option<convert::Kind>,
}

/// Columns that belong together: one, or a pair.
#[derive(Clone)]
struct Unit {
    /// What it is to DataShop, and which of several such units of the file.
    key: (String, usize),
    /// Its place in the standard's order.
    rank: usize,
    columns: Vec<Heading>,
}

/// What comes out of files: its columns and, for each file, where they come from.
///
/// # Errors
/// The map makes one column of two of a file.
pub(super) fn union(
    tables: &[&Table<'_>],
    map: &mut Map,
    leave_out: &[String],
) -> Result<(Vec<Column>, Vec<Source>)> {
    let mut sources = Vec::new();
    let mut files = Vec::new();
    for table in tables {
        let mut source = Source::default();
        let headings = kept(table, map, leave_out, &mut source)?;
        files.push(units(table.spec, headings));
        sources.push(source);
    }
    let mut all: Vec<Unit> = Vec::new();
    for file in &files {
        merge(&mut all, file);
    }
    for (source, file) in sources.iter_mut().zip(&files) {
        for unit in &all {
            let own = file.iter().find(|own| own.key == unit.key);
            for column in &unit.columns {
                let is = |own: &&Heading| own.field == column.field;
                let own = own.and_then(|own| own.columns.iter().find(is));
                let from = own.map(|own| From::Column(own.column as usize));
                source.from.push(from.unwrap_or(From::Nothing));
            }
        }
    }
    let headings = all.into_iter().flat_map(|unit| unit.columns);
    let mut columns: Vec<Column> = headings.map(column).collect();
    if let Some(table) = tables.first() {
        constants(table.spec, map, &mut columns, &mut sources);
    }
    Ok((columns, sources))
}

/// The columns of a file that are not left out, under DataShop's labels.
fn kept(
    table: &Table<'_>,
    map: &mut Map,
    leave_out: &[String],
    source: &mut Source,
) -> Result<Vec<Heading>> {
    let mut columns = Vec::new();
    let mut labels = Vec::new();
    for (at, label) in table.labels.iter().enumerate() {
        let label = label.trim();
        let becomes = match (map.of(label), table.spec.mapped.field(label)) {
            // The map that the files were checked by names it.
            (Becomes::Unnamed, Some(field)) => Becomes::Called(field.replace('*', label)),
            (Becomes::Unnamed, None) if map.is_empty() || header::knows(table.spec, label) => {
                Becomes::Called(label.to_owned())
            }
            (Becomes::Unnamed, None) if !label.is_empty() => map.of_rest(label),
            (becomes, _) => becomes,
        };
        let named = match becomes {
            Becomes::Called(label) => Ok(label),
            Becomes::LeftOut => Err("the table of columns leaves it out"),
            Becomes::Unnamed => Err("the table of columns does not name it, nor does DataShop"),
        };
        let lost = |label, why| Lost {
            column: at,
            label,
            why,
            kind: None,
        };
        match named {
            Ok(label) if leave_out.contains(&fold(&label)) => {
                source.lost.push(lost(label, "it was asked to be left out"));
            }
            Ok(label) => {
                columns.push(at as u32);
                labels.push(label);
            }
            Err(why) => source.lost.push(lost(label.to_owned(), why)),
        }
    }
    let mut headings = read(table.spec, &labels);
    for (heading, column) in headings.iter_mut().zip(columns) {
        heading.column = column;
    }
    once(table, &headings)?;
    Ok(headings)
}

/// Labels as DataShop reads them.
pub(super) fn read(spec: &FileSpec, labels: &[String]) -> Vec<Heading> {
    let fields = header::read(spec, Mode::Bulk, labels, 1).fields;
    headings::of(spec, labels, &fields)
}

fn units(spec: &FileSpec, headings: Vec<Heading>) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    for heading in headings {
        let first = first(&heading.field).to_owned();
        let last = units.last_mut().filter(|last| last.columns.len() == 1);
        let pair = last.filter(|last| {
            let before = &last.columns[0];
            heading.field != first && before.field == first && before.same() == heading.same()
        });
        if let Some(pair) = pair {
            pair.columns.push(heading);
            continue;
        }
        let what = match heading.kind {
            Kind::Strange | Kind::Blank => format!(" {}", heading.folded()),
            _ => format!("{first}\0{}", heading.same()),
        };
        let before = units.iter().filter(|unit| unit.key.0 == what).count();
        units.push(Unit {
            rank: spec.field(&first).unwrap_or(usize::MAX),
            key: (what, before),
            columns: vec![heading],
        });
    }
    units
}

/// The field that begins the pair of a field; itself where it is the second of none.
fn first(field: &str) -> &str {
    match field {
        "KC Category (*)" => "KC (*)",
        "Condition Type" => "Condition Name",
        "Feedback Classification" => "Feedback Text",
        field => field,
    }
}

/// Adds what a file has and those before it lack; the first one gives the order.
fn merge(all: &mut Vec<Unit>, file: &[Unit]) {
    if all.is_empty() {
        all.extend_from_slice(file);
        return;
    }
    for (at, unit) in file.iter().enumerate() {
        let Some(known) = all.iter().position(|known| known.key == unit.key) else {
            let seat = seat(all, &file[at..]);
            all.insert(seat, unit.clone());
            continue;
        };
        let known = &mut all[known].columns;
        for column in &unit.columns {
            if !known.iter().any(|known| known.field == column.field) {
                known.push(column.clone());
            }
        }
        // The first of a pair stands first, whichever file has it.
        sort_by_key(known, |column| first(&column.field) != column.field);
    }
}

/// Where the first of these goes, which the files before lack: with its family, before what of it stands
/// behind it here; or else where the standard has it. An outer level stays before an inner one.
fn seat(all: &[Unit], file: &[Unit]) -> usize {
    let own = family(&file[0]);
    let behind = file.iter().filter(|unit| family(unit) == own);
    let mut behind = behind.filter_map(|unit| all.iter().position(|known| known.key == unit.key));
    let last = |is: &dyn Fn(&Unit) -> bool| Some(all.iter().rposition(is)? + 1);
    let at = behind.next().or_else(|| last(&|unit| family(unit) == own));
    let at = at.or_else(|| last(&|unit| unit.rank <= file[0].rank));
    at.unwrap_or_default()
}

/// What stays together where columns are added.
fn family(unit: &Unit) -> &str {
    match first(&unit.columns[0].field) {
        "Action" | "Input" => "Selection",
        field => field,
    }
}

fn column(heading: Heading) -> Column {
    Column {
        model: heading.same(),
        title: heading.name.unwrap_or_else(|| DEFAULT.to_owned()),
        label: heading.label,
        kind: heading.kind,
        field: heading.field,
    }
}

/// Columns with one text, where no file has them; else the text stands in the files that lack them.
fn constants(spec: &FileSpec, map: &Map, columns: &mut Vec<Column>, sources: &mut [Source]) {
    for (label, text) in map.constants() {
        let at = place(spec, label, columns, sources);
        for source in sources.iter_mut() {
            if source.from[at] == From::Nothing {
                source.from[at] = From::Constant(text.to_owned());
            }
        }
    }
}

/// The place of the column with that label, however it is spelled. Where there is none, there is now, in the standard's order,
/// with nothing in it.
pub(super) fn place(
    spec: &FileSpec,
    label: &str,
    columns: &mut Vec<Column>,
    sources: &mut [Source],
) -> usize {
    let mut at = columns.len();
    for new in read(spec, &[label.to_owned()]).into_iter().map(column) {
        let is = |known: &Column| match new.field.as_str() {
            "" => fold(&known.label) == fold(&new.label),
            field => known.field == field && known.model == new.model,
        };
        if let Some(known) = columns.iter().position(is) {
            return known;
        }
        let rank = |column: &Column| spec.field(first(&column.field)).unwrap_or(usize::MAX);
        let before = columns.iter().rposition(|known| rank(known) <= rank(&new));
        at = before.map_or(0, |before| before + 1);
        columns.insert(at, new);
        for source in sources.iter_mut() {
            source.from.insert(at, From::Nothing);
        }
    }
    at
}
