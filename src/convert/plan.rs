//! A mapping compiled for the files at hand: for each file of the target whose records it is made
//! of, and for each of its fields the column that it comes from.

use std::sync::Arc;

use super::ask::fits_field;
use super::choose::named;
use super::loss::{Kind, Loss, What};
use super::record::Given;
use super::table::{ALL, Row};
use super::transform::Transform;
use crate::Result;
use crate::check::Mode;
use crate::layout::{Columns, Field, FileSpec, Layout, Required};
use crate::types::Type;

/// Where a cell of the target comes from.
pub(super) enum From {
    /// A column of the record.
    Column(usize),
    /// The record of another file whose key stands in a column; see [`Plan::lookups`].
    Lookup(usize, usize),
    /// Nowhere, unless Rust fills it.
    Nothing,
}

/// A field of the target.
pub(super) struct Cell {
    pub from: From,
    /// The row that says so, among those of the table.
    pub row: Option<usize>,
    /// The type of the source's field, where it is one.
    pub source: Option<Type>,
    /// Of what is looked up, the file and its column.
    pub found: Option<(String, String)>,
    /// What fills it where it is blank, and what is told then.
    pub fill: Option<(Vec<u8>, Option<Kind>)>,
}

/// When a field of the target has to be filled.
pub(super) struct Needed {
    pub field: usize,
    /// A field of which it depends, and the values with which it has to be.
    pub when: Option<(usize, Vec<String>)>,
    pub kind: Kind,
}

/// A file of the target, or what of it is made of one of several files.
pub(super) struct Target {
    /// Its place in the layout.
    pub spec: usize,
    /// The file whose records it is made of.
    pub given: Option<usize>,
    pub cells: Vec<Cell>,
    /// The fields that have a column of their own.
    pub columns: Vec<usize>,
    /// Columns that the layout does not know, and where they come from.
    pub extras: Vec<(String, usize)>,
    /// The field that has one item of a list for each record.
    pub each: Option<usize>,
    pub needed: Vec<Needed>,
    pub mode: Mode,
}

/// A value that is looked up in another file, by its key.
#[derive(PartialEq, Eq)]
pub(super) struct Lookup {
    pub given: usize,
    pub key: usize,
    pub value: usize,
}

/// A file of the source.
pub(super) struct Source {
    /// The target's file that tells what of its records is lost.
    pub home: Option<usize>,
    /// Columns that go nowhere.
    pub lost: Vec<(usize, Kind)>,
    /// Cells without a label.
    pub surplus: Kind,
    /// Records that are too long.
    pub cut: Kind,
}

/// A mapping, compiled.
pub(super) struct Plan {
    pub targets: Vec<Target>,
    pub lookups: Vec<Lookup>,
    pub sources: Vec<Source>,
    /// Files that no part of the target is made of, and why.
    pub dropped: Vec<(usize, String)>,
}

/// What a mapping is compiled from.
pub(super) struct Parts<'a> {
    pub rows: &'a [Row],
    pub given: &'a [Given],
    pub layout: &'a Arc<Layout>,
    /// The target's name for people.
    pub title: &'a str,
    /// The values that were asked for.
    pub asked: &'a dyn Fn(&str) -> Option<String>,
}

impl Parts<'_> {
    /// Compiles.
    pub fn plan(&self, loss: &mut Loss) -> Plan {
        let mut lookups = Vec::new();
        let mut targets = Vec::new();
        for (spec, file) in self.layout.files.iter().enumerate() {
            let drivers = self.drivers(&file.name);
            let made = drivers.iter().copied().map(Some);
            // What is made of no file is one all the same: Rust may add records.
            let none = drivers.is_empty().then_some(None);
            for given in made.chain(none) {
                targets.push(self.target(spec, given, &mut lookups, loss));
            }
        }
        let mut plan = Plan {
            targets,
            lookups,
            sources: Vec::new(),
            dropped: Vec::new(),
        };
        for at in 0..self.given.len() {
            let source = self.source(at, &mut plan, loss);
            plan.sources.push(source);
        }
        plan
    }

    /// Sees that the values given may stand in the fields that they fill.
    ///
    /// # Errors
    /// One may not.
    pub fn fits(&self) -> Result<()> {
        for row in self.rows {
            let Transform::Asked(name) = &row.transform else {
                continue;
            };
            let Some(text) = (self.asked)(name) else {
                continue;
            };
            let mut files = self
                .layout
                .files
                .iter()
                .filter(|file| named(&row.file, &file.name));
            files.try_for_each(|file| match file.meant(&row.field) {
                Some(at) => fits_field(name, &text, &file.fields[at]),
                None => Ok(()),
            })?;
        }
        Ok(())
    }

    /// A file of the target as it is made of the records of one file.
    fn target(
        &self,
        spec: usize,
        given: Option<usize>,
        lookups: &mut Vec<Lookup>,
        loss: &mut Loss,
    ) -> Target {
        let file = &self.layout.files[spec];
        // Columns of a family have labels of their own: those of the source go along. How many fillers
        // there are nothing tells.
        let is_one = |field: &Field| field.columns == Columns::One && !field.is_family();
        let columns = (0..file.fields.len()).filter(|field| is_one(&file.fields[*field]));
        let mut target = Target {
            spec,
            given,
            cells: Vec::new(),
            columns: columns.collect(),
            extras: Vec::new(),
            each: None,
            needed: Vec::new(),
            mode: given.map_or(Mode::Bulk, |at| self.given[at].mode),
        };
        let Some(given) = given.map(|at| &self.given[at]) else {
            return target;
        };
        let from = &given.plan.spec().name;
        for (at, field) in file.fields.iter().enumerate() {
            // What goes for all files goes for those that are made of the file of their name.
            let row = self.row(file, &field.name, from);
            let row = row.filter(|row| *from == file.name || self.rows[*row].file != ALL);
            // What is not written takes nothing.
            let is_written = field.is_family() || target.columns.contains(&at);
            let row = row.filter(|_| is_written);
            let cell = self.cell(row, given, (file, field), lookups, loss);
            if row.is_some_and(|row| matches!(self.rows[row].transform, Transform::Each)) {
                target.each = Some(at);
            }
            target.cells.push(cell);
        }
        target.needed = self.needed(file, given, target.mode, loss);
        target
    }

    fn cell(
        &self,
        row: Option<usize>,
        given: &Given,
        (file, field): (&FileSpec, &Field),
        lookups: &mut Vec<Lookup>,
        loss: &mut Loss,
    ) -> Cell {
        let mut cell = Cell {
            from: From::Nothing,
            row,
            source: None,
            found: None,
            fill: None,
        };
        let Some(row) = row.map(|at| &self.rows[at]) else {
            return cell;
        };
        cell.fill = match &row.transform {
            Transform::Default(text) => {
                let told = !row.note.is_empty();
                let kind = || {
                    let (name, source) = (of_target(file, given), &given.name);
                    loss.kind_of(What::ValueMade, &name, source, &field.name, &row.note)
                };
                Some((text.clone().into_bytes(), told.then(kind)))
            }
            Transform::Asked(name) => (self.asked)(name).map(|text| (text.into_bytes(), None)),
            _ => None,
        };
        if matches!(row.transform, Transform::Own) {
            return cell;
        }
        // Fields of the same name, or of one that the layout knows for the same.
        let column = |given: &Given| match row.source.as_str() {
            ALL => given.column(&field.name).or_else(|| given.like(field)),
            name => given.column(name),
        };
        match row.via.as_str() {
            "" => {
                let column = column(given);
                cell.from = column.map_or(From::Nothing, From::Column);
                cell.source = column.and_then(|column| kind(given, column));
            }
            via => {
                let of = self.file(&row.from).map(|at| (at, &self.given[at]));
                let found = of.and_then(|(at, of)| {
                    let key = of.plan.position(of.plan.spec().key()?)?;
                    let (key, value) = (key as usize, column(of)?);
                    cell.source = kind(of, value);
                    cell.found = Some((of.name.clone(), of.column_name(value).to_owned()));
                    let lookup = Lookup {
                        given: at,
                        key,
                        value,
                    };
                    Some((lookup, given.column(via)?))
                });
                if let Some((lookup, via)) = found {
                    let known = lookups.iter().position(|known| *known == lookup);
                    let at = known.unwrap_or_else(|| {
                        lookups.push(lookup);
                        lookups.len() - 1
                    });
                    cell.from = From::Lookup(at, via);
                }
            }
        }
        cell
    }

    /// The fields that have to be filled.
    fn needed(&self, file: &FileSpec, given: &Given, mode: Mode, loss: &mut Loss) -> Vec<Needed> {
        let reason = format!(
            "{} asks for it in {}, and nothing gives it",
            self.title, file.name
        );
        let fields = file.fields.iter().enumerate();
        let needed = fields.filter_map(|(at, field)| {
            let when = match &field.required {
                Required::Yes => None,
                Required::When(condition) if mode.meets(condition) => None,
                Required::When(condition) => {
                    Some((file.field(&condition.field)?, condition.values.clone()))
                }
                Required::No | Required::Recommended => return None,
            };
            let (what, name) = (What::ValueMissing, of_target(file, given));
            let kind = loss.kind_of(what, &name, &given.name, &field.name, &reason);
            Some(Needed {
                field: at,
                when,
                kind,
            })
        });
        needed.collect()
    }
}

/// What a file of the target is called: as the one that it is made of, where that is the same.
fn of_target(file: &FileSpec, given: &Given) -> String {
    match given.plan.spec().name == file.name {
        true => given.name.clone(),
        false => file.usual_name(),
    }
}

/// The type of a column, where it is that of a field.
fn kind(given: &Given, column: usize) -> Option<Type> {
    let field = given.plan.fields[column]?;
    Some(given.plan.spec().fields[field].kind.clone())
}
