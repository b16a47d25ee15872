//! Transactions on their way: what is read of each file, and what becomes of a record.

use std::collections::HashMap;

use super::super::compute::TIED;
use super::super::headings;
use super::super::time::{self, NO_SECONDS, OF_1970};
use super::columns::{Column, From, Source};
use super::computed::{Fill, Look, disagrees};
use super::kc::{self, Models, New};
use super::map::Map;
use super::places::Places;
use super::pseudonym::Pseudonyms;
use super::rename::Rename;
use super::subset::{Out, Subset};
use crate::convert::{Kind, Loss, Next, OwnRecast, Reads, Record, Stays, What};
use crate::records::trim;

/// The field that names a student.
pub(super) const STUDENT: &str = "Anon Student Id";

/// What is done.
pub(super) struct Transactions {
    pub(super) reads: Vec<Reads>,
    /// For each file that is written.
    pub(super) sources: HashMap<usize, Source>,
    pub(super) columns: Vec<Column>,
    pub(super) at: Places,
    pub(super) map: Map,
    pub(super) subset: Subset,
    pub(super) models: Models,
    /// Fills in what DataShop computes.
    pub(super) fill: Option<Fill>,
    pub(super) renames: Vec<(Rename, Vec<usize>)>,
    pub(super) new: Option<New>,
    pub(super) pseudonyms: Option<Pseudonyms>,
    /// Columns that become unreadable.
    pub(super) unreadable: Vec<usize>,
    /// Cells of a record that is looked at.
    pub(super) seen: Vec<Vec<u8>>,
    /// Kinds of loss by file, column and reason.
    pub(super) told: HashMap<(usize, usize, &'static str), Kind>,
}

impl Transactions {
    /// Writes the cells of a record into those of what comes out.
    fn copy(&self, file: usize, record: &Record<'_>, cells: &mut [Vec<u8>]) {
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
    fn lose(&mut self, file: usize, record: &Record<'_>, loss: &mut Loss) {
        let lost = self.sources.get_mut(&file).map(|source| &mut source.lost);
        for lost in lost.into_iter().flatten() {
            let cell = record.cell(lost.column);
            if !trim(&cell).is_empty() {
                let kind = || loss.kind(What::ValueDropped, record.file(), &lost.label, lost.why);
                let kind = *lost.kind.get_or_insert_with(kind);
                loss.count(kind, record.line(), &cell);
            }
        }
    }

    /// Fills in what DataShop computes.
    fn compute(&mut self, at: (usize, &Record<'_>), cells: &mut [Vec<u8>], loss: &mut Loss) {
        let Some(fill) = &self.fill else {
            return;
        };
        let Some(computed) = fill.of(at.1) else {
            let why = "nothing can be computed, as no student, problem or time that can be read is there; what stood there stays";
            let columns: Vec<usize> = fill.columns.iter().map(|(at, _)| *at).collect();
            for column in columns {
                let kind = self.kind(What::ValueMissing, at, Some(column), why, loss);
                loss.count(kind, at.1.line(), &cells[column]);
            }
            return;
        };
        if let Some(time) = self.at.time {
            let cell = trim(&cells[time]);
            let read = time::read(cell);
            let told = [
                (computed.is_tied, TIED),
                (
                    read.is_some_and(|time| time.is_to_the_minute(cell)),
                    NO_SECONDS,
                ),
                (read.is_some_and(|time| time.is_of_1970()), OF_1970),
            ];
            for (_, why) in told.into_iter().filter(|(is, _)| *is) {
                let kind = self.kind(What::ValueMade, at, Some(time), why, loss);
                loss.count(kind, at.1.line(), cell);
            }
        }
        for (column, text) in computed.cells {
            if disagrees(&cells[column], &text) {
                let why = "it is computed anew, as DataShop does, and is not what the file says";
                let kind = self.kind(What::ValueChanged, at, Some(column), why, loss);
                loss.count(kind, at.1.line(), &cells[column]);
            }
            cells[column] = text.into_bytes();
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
            let is_category = next.is_some_and(|next| next.kind == headings::Kind::Category);
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

    /// Makes names unreadable, and tells where the student's stays.
    fn anonymise(
        &mut self,
        at: (usize, &Record<'_>),
        student: &[u8],
        cells: &mut [Vec<u8>],
        loss: &mut Loss,
    ) {
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
        for (column, cell) in cells.iter().enumerate() {
            if !self.unreadable.contains(&column) && Pseudonyms::is_in(student, cell) {
                let why = "the student id is still in it: name the column in `anonymise-columns`, or leave it out";
                let kind = self.kind(What::ValueKept, at, Some(column), why, loss);
                loss.count(kind, at.1.line(), b"");
            }
        }
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
        let look = self.fill.as_ref().map_or(Look::First, |fill| fill.look);
        if self.reads[file] == Reads::Look {
            if look == Look::First {
                self.models.see(file, record);
            }
            return;
        }
        let mut cells = std::mem::take(&mut self.seen);
        self.copy(file, record, &mut cells);
        if let Some(fill) = &mut self.fill {
            fill.see(file, record, &cells);
        }
        let is_out = look == Look::Again || self.subset.out(&cells, &self.at).is_some();
        let student = self.at.students.first().filter(|_| !is_out);
        if let Some((sample, student)) = self.subset.sample.as_mut().zip(student) {
            sample.add(trim(&cells[*student]));
        }
        self.seen = cells;
    }

    fn seen(&mut self) -> Next {
        self.fill.as_mut().map_or(Next::Done, Fill::seen)
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
        self.copy(file, record, cells);
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
        let student = self.at.students.first().filter(|_| self.is_secret());
        let student = student.map_or_else(Vec::new, |at| trim(&cells[*at]).to_vec());
        self.lose(file, record, loss);
        self.compute(at, cells, loss);
        self.model(at, cells, loss);
        self.rename(at, cells, loss);
        if let Some(new) = &self.new {
            new.apply(cells, &self.at);
        }
        self.anonymise(at, &student, cells, loss);
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
