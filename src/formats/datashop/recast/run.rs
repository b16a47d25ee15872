//! Transactions on their way: what is read of each file, and what becomes of a record.

use std::collections::HashMap;

use super::super::headings::{Kind as Column_, fold};
use super::super::{FILE, STEP_ID};
use super::columns::{Column, From, Places, Source, union};
use super::kc::{self, Models, New, Of};
use super::lists::names;
use super::map::Map;
use super::pseudonym::Pseudonyms;
use super::rename::Rename;
use super::subset::{Out, Subset};
use crate::convert::{Asked, Kind, Loss, OwnRecast, Reads, Record, Stays, Table, What};
use crate::records::trim;
use crate::{Error, Result};

/// The field that names a student.
pub(super) const STUDENT: &str = "Anon Student Id";

/// What is done.
pub(super) struct Transactions {
    reads: Vec<Reads>,
    /// For each file that is written.
    sources: HashMap<usize, Source>,
    columns: Vec<Column>,
    at: Places,
    map: Map,
    subset: Subset,
    models: Models,
    renames: Vec<(Rename, Vec<usize>)>,
    new: Option<New>,
    pseudonyms: Option<Pseudonyms>,
    /// Columns that become unreadable.
    unreadable: Vec<usize>,
    /// Cells of a record that is looked at.
    seen: Vec<Vec<u8>>,
    /// Kinds of loss by file, column and reason.
    told: HashMap<(usize, usize, &'static str), Kind>,
}

impl Transactions {
    /// Prepares all that was asked for.
    ///
    /// # Errors
    /// A value cannot be read, or names a column that no file has.
    pub fn new(tables: &[Table<'_>], asked: &Asked<'_>) -> Result<Transactions> {
        let list = |name: &str| asked(name).map(|text| names(&text)).unwrap_or_default();
        let mut map = Map::read(&asked("columns").unwrap_or_default())?;
        let subset = Subset::read(asked)?;
        let mut models = Models::default();
        let (mut reads, mut written) = (Vec::new(), Vec::new());
        for (at, table) in tables.iter().enumerate() {
            reads.push(if table.spec.name == FILE {
                written.push(at);
                match subset.sample {
                    Some(_) => Reads::LookAndMake,
                    None => Reads::Make,
                }
            } else if table.spec.field(STEP_ID).is_some() {
                models.add(at, table);
                Reads::Look
            } else {
                let what = table.spec.title.to_lowercase();
                Reads::Nothing(format!("it is a {what}, and no transactions"))
            });
        }
        let leave_out = list("leave-out-columns");
        let folded: Vec<String> = leave_out.iter().map(|label| fold(label)).collect();
        let given: Vec<&Table<'_>> = written.iter().map(|at| &tables[*at]).collect();
        let (columns, sources) = union(&given, &mut map, &folded);
        for label in &leave_out {
            let is = |lost: &(usize, String, &str)| fold(&lost.1) == fold(label);
            if !sources.iter().any(|source| source.lost.iter().any(is)) {
                return Err(no_column("leave-out-columns", label));
            }
        }
        let at = Places::of(&columns);
        let renames = [
            ("rename-students", &at.students),
            ("rename-problems", &at.problems),
            ("rename-steps", &at.steps),
            // Their columns are known once all models are.
            ("rename-kcs", &Vec::new()),
        ];
        let renames = renames.into_iter().filter_map(|(name, columns)| {
            let table = asked(name)?;
            Some(Rename::read(name, &table).map(|rename| (rename, columns.clone())))
        });
        let renames = renames.collect::<Result<Vec<_>>>()?;
        let mut all = Transactions {
            pseudonyms: asked("anonymise-key").and_then(|key| Pseudonyms::new(&key)),
            unreadable: at.students.clone(),
            seen: vec![Vec::new(); columns.len()],
            sources: written.into_iter().zip(sources).collect(),
            told: HashMap::new(),
            new: None,
            reads,
            columns,
            at,
            map,
            subset,
            models,
            renames,
        };
        all.hide(&list("anonymise-columns"))?;
        all.add(asked("new-kc-model"), asked("kc-of"))?;
        Ok(all)
    }

    /// Has other columns become unreadable, too.
    fn hide(&mut self, labels: &[String]) -> Result<()> {
        if !labels.is_empty() && self.pseudonyms.is_none() {
            return Err(Error::usage(
                "`anonymise-columns` is given, and `anonymise-key` is not; expected a secret",
            ));
        }
        for label in labels {
            let folded = fold(label);
            let all = self.columns.iter().enumerate();
            let mut named = all
                .filter(|(_, column)| fold(&column.label) == folded)
                .peekable();
            if named.peek().is_none() {
                return Err(no_column("anonymise-columns", label));
            }
            for (at, _) in named {
                if !self.unreadable.contains(&at) {
                    self.unreadable.push(at);
                }
            }
        }
        Ok(())
    }

    /// Adds a model that is made of the transactions.
    fn add(&mut self, name: Option<String>, of: Option<String>) -> Result<()> {
        let Some(name) = name else {
            return match of {
                Some(_) => Err(Error::usage(
                    "`kc-of` is given, and `new-kc-model` is not; expected the name of the new model",
                )),
                None => Ok(()),
            };
        };
        let model = name.trim().to_lowercase();
        let of_model = |model: &str| {
            let is = |column: &Column| column.kind == Column_::Kc && column.model == model;
            let all = self.columns.iter().enumerate();
            let own = all.filter(|(_, column)| is(column));
            own.map(|(at, _)| at).collect::<Vec<usize>>()
        };
        if !of_model(&model).is_empty() {
            return Err(Error::usage(format!(
                "`{name}`, given for `new-kc-model`, is there already; expected the name of a new model"
            )));
        }
        let of = match of.as_deref().map(str::trim) {
            None | Some("step") => Of::Step,
            Some("problem") => Of::Problem,
            Some(other) => match of_model(&other.to_lowercase()) {
                from if from.is_empty() => {
                    return Err(Error::usage(format!(
                        "`{other}`, given for `kc-of`, is no KC model of the transactions; expected `step`, `problem` or the name of one"
                    )));
                }
                from => Of::Copy(from),
            },
        };
        let count = match &of {
            Of::Copy(from) => from.len(),
            _ => 1,
        };
        let begun = self.columns.len();
        for _ in 0..count {
            self.columns
                .push(kc::kc(&format!("KC ({})", name.trim()), &model));
        }
        let columns = (begun..self.columns.len()).collect();
        self.new = Some(New { of, columns });
        Ok(())
    }

    /// Writes the cells of a record into those of what comes out.
    fn fill(&self, file: usize, record: &Record<'_>, cells: &mut [Vec<u8>]) {
        let from = self.sources.get(&file).map(|source| &source.from);
        for (from, cell) in from.into_iter().flatten().zip(cells) {
            cell.clear();
            match from {
                From::Column(column) => cell.extend_from_slice(&record.cell(*column)),
                From::Constant(text) => cell.extend_from_slice(text.as_bytes()),
                From::Nothing => {}
            }
        }
    }

    /// The kind of a loss in a column of what comes out.
    fn kind(
        &mut self,
        what: What,
        at: (usize, &Record<'_>),
        column: Option<usize>,
        why: &'static str,
        loss: &mut Loss,
    ) -> Kind {
        let label = column.map_or("", |column| &self.columns[column].label);
        let key = (at.0, column.unwrap_or(usize::MAX), why);
        let kind = || loss.kind(what, at.1.file(), label, why);
        *self.told.entry(key).or_insert_with(kind)
    }

    /// Tells what of a file goes nowhere.
    fn lose(&self, file: usize, record: &Record<'_>, loss: &mut Loss) {
        let lost = self.sources.get(&file).map(|source| &source.lost);
        for (column, label, why) in lost.into_iter().flatten() {
            let cell = record.cell(*column);
            if !trim(&cell).is_empty() {
                let kind = loss.kind(What::ValueDropped, record.file(), label, why);
                loss.count(kind, record.line(), &cell);
            }
        }
    }

    /// Writes the KCs of models that were given.
    fn model(&mut self, at: (usize, &Record<'_>), cells: &mut [Vec<u8>], loss: &mut Loss) {
        if self.models.is_empty() {
            return;
        }
        let Some(changed) = self.models.apply(cells, &self.columns, &self.at) else {
            let step = self.at.steps.first().copied();
            if let Some(step) = step.filter(|step| !trim(&cells[*step]).is_empty()) {
                let why = "the KC model that was given has no such step";
                let kind = self.kind(What::ValueMissing, at, Some(step), why, loss);
                loss.count(kind, at.1.line(), &cells[step]);
            }
            return;
        };
        for kc::Changed { column, was } in changed {
            let why = "the KC model that was given has another KC";
            let kind = self.kind(What::ValueChanged, at, Some(column), why, loss);
            loss.count(kind, at.1.line(), &was);
            let next = self.columns.get(column + 1);
            let is_category = next.is_some_and(|next| next.kind == Column_::Category);
            if is_category && !trim(&cells[column + 1]).is_empty() {
                let why = "it is that of a KC which the KC model that was given has not";
                let kind = self.kind(What::ValueDropped, at, Some(column + 1), why, loss);
                loss.count(kind, at.1.line(), &cells[column + 1]);
                cells[column + 1].clear();
            }
        }
    }

    /// Writes the new names.
    fn rename(&mut self, at: (usize, &Record<'_>), cells: &mut [Vec<u8>], loss: &mut Loss) {
        let mut renames = std::mem::take(&mut self.renames);
        for (rename, columns) in &mut renames {
            for column in columns.iter().copied() {
                let was = cells[column].clone();
                if rename.apply(&mut cells[column]) {
                    let why = "renamed, as the table says";
                    let kind = self.kind(What::ValueChanged, at, Some(column), why, loss);
                    loss.count(kind, at.1.line(), &was);
                }
            }
        }
        self.renames = renames;
    }

    /// Makes names unreadable.
    fn anonymise(&mut self, at: (usize, &Record<'_>), cells: &mut [Vec<u8>], loss: &mut Loss) {
        let Some(pseudonyms) = self.pseudonyms.take() else {
            return;
        };
        for column in self.unreadable.clone() {
            if !trim(&cells[column]).is_empty() {
                let why = "a keyed hash stands in its place";
                let kind = self.kind(What::ValueChanged, at, Some(column), why, loss);
                loss.count(kind, at.1.line(), b"");
                let of = &self.columns[column];
                let name = if of.field.is_empty() || of.field.contains('*') {
                    &of.label
                } else {
                    &of.field
                };
                pseudonyms.apply(name, &mut cells[column]);
            }
        }
        self.pseudonyms = Some(pseudonyms);
    }
}

impl OwnRecast for Transactions {
    fn reads(&self, file: usize) -> Reads {
        self.reads[file].clone()
    }

    fn is_secret(&self) -> bool {
        self.pseudonyms.is_some()
    }

    fn see(&mut self, file: usize, record: &Record<'_>, _loss: &mut Loss) {
        if self.reads[file] == Reads::Look {
            return self.models.see(file, record);
        }
        let mut cells = std::mem::take(&mut self.seen);
        self.fill(file, record, &mut cells);
        let is_out = self.subset.out(&cells, &self.at).is_some();
        let student = self.at.students.first().filter(|_| !is_out);
        if let Some((sample, student)) = self.subset.sample.as_mut().zip(student) {
            sample.add(trim(&cells[*student]));
        }
        self.seen = cells;
    }

    fn labels(&mut self) -> Vec<String> {
        self.models.columns(&mut self.columns);
        self.at = Places::of(&self.columns);
        let kcs = &self.at.kcs;
        for (_, columns) in self
            .renames
            .iter_mut()
            .filter(|(rename, _)| rename.is_of_kcs())
        {
            columns.clone_from(kcs);
        }
        self.columns
            .iter()
            .map(|column| column.label.clone())
            .collect()
    }

    fn make(
        &mut self,
        file: usize,
        record: &Record<'_>,
        cells: &mut [Vec<u8>],
        loss: &mut Loss,
    ) -> Stays {
        self.fill(file, record, cells);
        let at = (file, record);
        let drawn = |all: &Transactions| all.subset.is_drawn(cells, &all.at);
        let out = match self.subset.out(cells, &self.at) {
            None if !drawn(self) => Some((Out::Sample, self.at.students.first().copied())),
            out => out,
        };
        if let Some((why, column)) = out {
            let kind = self.kind(What::RecordDropped, at, column, why.reason(), loss);
            let value = column.map_or(&[] as &[u8], |column| &cells[column]);
            loss.count(kind, record.line(), value);
            return Stays::No;
        }
        self.lose(file, record, loss);
        self.model(at, cells, loss);
        self.rename(at, cells, loss);
        if let Some(new) = &self.new {
            new.apply(cells, &self.at);
        }
        self.anonymise(at, cells, loss);
        Stays::Yes
    }

    fn end(&mut self, loss: &mut Loss) {
        self.map.end(loss);
        self.subset.end(loss);
        self.models.end(loss);
        for (rename, _) in &self.renames {
            rename.end(loss);
        }
    }
}

fn no_column(name: &str, label: &str) -> Error {
    Error::usage(format!(
        "`{label}`, given for `{name}`, is the label of no column; expected labels of the transactions"
    ))
}
