//! KC models: those of files that lie beside the transactions, and one that is made of them.

use std::collections::HashMap;

use super::super::STEP_ID;
use super::super::headings::{self, Kind};
use super::super::step_id::{BETWEEN, step_id};
use super::columns::Column;
use super::places::Places;
use crate::convert::{Loss, Record, Table, What};
use crate::records::trim;
use crate::rules::header;

/// Models of files, with what each step has in them. Memory is for the steps.
#[derive(Default)]
pub(super) struct Models {
    models: Vec<Model>,
    /// For each file that is one its columns, and the models that they belong to.
    files: HashMap<usize, Vec<(usize, usize)>>,
    steps: Vec<Step>,
    /// Steps by their ids and by their names.
    by: HashMap<Vec<u8>, usize>,
}

struct Model {
    label: String,
    /// See [`headings::Heading::same`].
    name: String,
    /// The most KCs that a step has.
    most: usize,
    /// Its columns in what comes out.
    columns: Vec<usize>,
}

struct Step {
    /// Models and KCs.
    kcs: Vec<(usize, Vec<u8>)>,
    file: String,
    line: u64,
    met: bool,
    /// Why no transaction meets it, where none does.
    unmet: &'static str,
}

/// What became of a cell.
pub(super) struct Changed {
    pub column: usize,
    pub was: Vec<u8>,
}

impl Models {
    /// Reads the header of a file of models.
    pub fn add(&mut self, file: usize, table: &Table<'_>) {
        let fields = header::read(table.spec, crate::check::Mode::Bulk, table.labels, 1).fields;
        let headings = headings::of(table.spec, table.labels, &fields);
        let mut columns = Vec::new();
        for heading in headings.iter().filter(|heading| heading.kind == Kind::Kc) {
            let name = heading.same();
            let known = self.models.iter().position(|model| model.name == name);
            let model = known.unwrap_or_else(|| {
                self.models.push(Model {
                    label: heading.label.clone(),
                    name,
                    most: 0,
                    columns: Vec::new(),
                });
                self.models.len() - 1
            });
            columns.push((heading.column as usize, model));
        }
        self.files.insert(file, columns);
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.models.is_empty()
    }

    /// Whether one of them has that name; see [`headings::Heading::same`].
    pub fn has(&self, name: &str) -> bool {
        self.models.iter().any(|model| model.name == name)
    }

    /// Takes a step of a model.
    pub fn see(&mut self, file: usize, record: &Record<'_>) {
        let columns = self.files.get(&file).map(Vec::as_slice).unwrap_or_default();
        let kcs = columns.iter().filter_map(|(column, model)| {
            let kc = trim(&record.cell(*column)).to_vec();
            (!kc.is_empty()).then_some((*model, kc))
        });
        let kcs: Vec<(usize, Vec<u8>)> = kcs.collect();
        for (at, model) in self.models.iter_mut().enumerate() {
            let has = kcs.iter().filter(|(of, _)| *of == at).count();
            model.most = model.most.max(has);
        }
        let id = record.text(STEP_ID).to_lowercase().into_bytes();
        let step = record.text("Step Name");
        let names = names(
            &record.text("Problem Hierarchy"),
            &record.text("Problem Name"),
            &step,
        );
        let key = if step.is_empty() { &id } else { &names };
        let unmet = match self.by.contains_key(key) {
            true => "a row before it is about the same step, and the KCs of that one are taken",
            false => "no transaction that was kept has this step",
        };
        let at = self.steps.len();
        self.steps.push(Step {
            kcs,
            file: record.file().to_owned(),
            line: record.line(),
            met: false,
            unmet,
        });
        for key in [id, names].into_iter().filter(|key| !key.is_empty()) {
            self.by.entry(key).or_insert(at);
        }
    }

    /// Adds the columns of models that have KCs.
    pub fn columns(&mut self, columns: &mut Vec<Column>) {
        for model in self.models.iter_mut().filter(|model| model.most > 0) {
            let own = columns.iter().enumerate();
            let own =
                own.filter(|(_, column)| column.kind == Kind::Kc && column.model == model.name);
            model.columns = own.map(|(at, _)| at).collect();
            while model.columns.len() < model.most {
                model.columns.push(columns.len());
                columns.push(kc(&model.label, &model.name));
            }
        }
    }

    /// Writes the KCs of a record's step, and what other KCs stood there. None where the step is in no
    /// model.
    pub fn apply(
        &mut self,
        cells: &mut [Vec<u8>],
        columns: &[Column],
        at: &Places,
    ) -> Option<Vec<Changed>> {
        let cell = |at: Option<&usize>| at.map(|at| text(&cells[*at])).unwrap_or_default();
        let (problem, step) = (cell(at.problems.first()), cell(at.steps.first()));
        let levels = levels(cells, columns, at);
        let names = names(&levels.join(", "), &problem, &step);
        let id = || step_id(&levels.join(BETWEEN), &problem, &step).into_bytes();
        let found = self.by.get(&names).or_else(|| self.by.get(&id()));
        let found = *found.filter(|_| !step.is_empty())?;
        let step = &mut self.steps[found];
        step.met = true;
        let mut changed = Vec::new();
        for (model, all) in self.models.iter().enumerate() {
            let mut kcs = step.kcs.iter().filter(|(of, _)| *of == model);
            for column in &all.columns {
                let kc = kcs.next().map_or(&[] as &[u8], |(_, kc)| kc.as_slice());
                let was = std::mem::replace(&mut cells[*column], kc.to_vec());
                if !trim(&was).is_empty() && trim(&was) != kc {
                    let column = *column;
                    changed.push(Changed { column, was });
                }
            }
        }
        Some(changed)
    }

    /// Tells of steps that no transaction has.
    pub fn end(&self, loss: &mut Loss) {
        for step in self.steps.iter().filter(|step| !step.met) {
            let kind = loss.kind(What::RecordDropped, &step.file, STEP_ID, step.unmet);
            loss.count(kind, step.line, b"");
        }
    }
}

/// What a new model is made of.
pub(super) enum Of {
    /// One KC for each step.
    Step,
    /// One KC for each problem.
    Problem,
    /// The KCs in these columns.
    Copy(Vec<usize>),
}

/// A model that is made of the transactions.
pub(super) struct New {
    pub of: Of,
    pub columns: Vec<usize>,
}

impl New {
    /// Writes the KCs of a record: names within names, so that a step of one problem is none of
    /// another.
    pub fn apply(&self, cells: &mut [Vec<u8>], at: &Places) {
        let within = match &self.of {
            Of::Copy(from) => {
                for (from, to) in from.iter().zip(&self.columns) {
                    cells[*to] = cells[*from].clone();
                }
                return;
            }
            Of::Problem => &at.problems,
            Of::Step => &at.steps,
        };
        let Some(last) = within.first().filter(|at| !trim(&cells[**at]).is_empty()) else {
            return;
        };
        let problem = at.problems.first().filter(|problem| *problem != last);
        let names = at.levels.iter().chain(problem).chain([last]);
        let names = names.map(|at| trim(&cells[*at]));
        let names: Vec<&[u8]> = names.filter(|name| !name.is_empty()).collect();
        cells[self.columns[0]] = names.join(" / ".as_bytes());
    }
}

/// A column of a model.
pub(super) fn kc(label: &str, model: &str) -> Column {
    Column {
        label: label.to_owned(),
        kind: Kind::Kc,
        field: "KC (*)".to_owned(),
        model: model.to_owned(),
        title: String::new(),
    }
}

/// The levels of a record as exports of KC models write them: `(Unit) Fractions`.
fn levels(cells: &[Vec<u8>], columns: &[Column], at: &Places) -> Vec<String> {
    let levels = at.levels.iter().filter(|at| !trim(&cells[**at]).is_empty());
    let levels = levels.map(|at| format!("({}) {}", columns[*at].title, text(&cells[*at])));
    levels.collect()
}

fn text(cell: &[u8]) -> String {
    String::from_utf8_lossy(trim(cell)).into_owned()
}

/// A step by its names. Titles of levels have no certain case.
fn names(hierarchy: &str, problem: &str, step: &str) -> Vec<u8> {
    let hierarchy = hierarchy.to_lowercase();
    format!("{hierarchy}\0{problem}\0{step}").into_bytes()
}
