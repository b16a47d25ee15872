//! Layout and rules compiled for the files at hand.

use std::sync::Arc;

use super::planner::{Gather, Note};
use super::{CellCheck, Facts, Join, Planner, RecordCheck};
use crate::finding::{Finding, Severity};
use crate::layout::{Condition, Confidence, Field, FileSpec, Layout, Required};
use crate::peek::Peek;
use crate::records::Dialect;
use crate::rules::Rule;

/// How the records of a file are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// All records there are.
    Bulk,
    /// Changes since the last time.
    Delta,
}

impl Mode {
    /// Whether a condition on `mode` holds.
    pub fn meets(self, condition: &Condition) -> bool {
        condition.field == "mode" && condition.values.iter().any(|value| value == self.word())
    }

    fn word(self) -> &'static str {
        match self {
            Mode::Bulk => "bulk",
            Mode::Delta => "delta",
        }
    }
}

/// What rules know when they compile: the format, the files, the day.
pub struct BundleContext<'a> {
    /// The format's tables.
    pub layout: &'a Layout,
    /// The files at hand with their first records; unknown files and litter included.
    pub peeks: &'a [Peek],
    /// For each file at hand, its place in the layout.
    pub specs: &'a [Option<usize>],
    /// For each file at hand, how its records are meant.
    pub modes: &'a [Mode],
    /// The day that counts as today, in days since 1970.
    pub as_of: i32,
    /// How the bundle came.
    pub wrapping: &'a Wrapping,
}

/// How the files came.
#[derive(Clone, Debug, Default)]
pub struct Wrapping {
    /// The folder inside the zip that holds all files.
    pub folder: Option<String>,
    /// Names in the zip that systems leave there.
    pub litter: Vec<String>,
}

impl BundleContext<'_> {
    /// The file at hand that is the layout's file of this name, if it can be read.
    pub fn file(&self, name: &str) -> Option<usize> {
        let spec = self.layout.file(name)?;
        let at = self.specs.iter().position(|known| *known == Some(spec))?;
        self.peeks[at].foreign.is_none().then_some(at)
    }

    /// Whether the file at hand is complete in itself.
    pub fn is_bulk(&self, file: usize) -> bool {
        self.modes[file] == Mode::Bulk
    }
}

/// What rules know of a file when they compile its checks.
pub struct FileContext<'a> {
    /// All files.
    pub bundle: &'a BundleContext<'a>,
    /// The file's place in the bundle.
    pub file: usize,
    /// What the layout says of it.
    pub spec: &'a FileSpec,
    /// Which columns it has.
    pub plan: &'a FilePlan,
}

/// Whether a condition of a table holds in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Holds {
    /// For all records.
    Always,
    /// For none.
    Never,
    /// For those that have one of these values in the field.
    If(usize, Vec<String>),
}

impl FileContext<'_> {
    /// When something that is required so holds.
    pub fn holds(&self, required: &Required) -> Holds {
        match required {
            Required::Yes => Holds::Always,
            Required::No | Required::Recommended => Holds::Never,
            Required::When(condition) if condition.field == "mode" => {
                let mode = self.bundle.modes[self.file];
                if mode.meets(condition) {
                    Holds::Always
                } else {
                    Holds::Never
                }
            }
            Required::When(Condition { field, values }) => match self.spec.field(field) {
                Some(field) => Holds::If(field, values.clone()),
                None => Holds::Never,
            },
        }
    }
}

/// A rule compiled for a column.
pub(super) struct CellStep {
    pub rule: &'static Rule,
    pub severity: Severity,
    pub column: u32,
    pub check: Box<dyn CellCheck>,
}

/// A rule compiled for the records of a file.
pub(super) struct RecordStep {
    pub rule: &'static Rule,
    pub check: Box<dyn RecordCheck>,
}

/// What to gather from each record, by the columns that make a key.
pub(super) struct KeyStep {
    pub columns: Vec<u32>,
    /// The last column of the key is a list, and each item makes a key.
    pub list: bool,
    /// It is the record's own key.
    pub own: bool,
    /// For each domain what to note of the key, where a column has one of some values.
    pub notes: Vec<(usize, Option<(u32, Vec<String>)>, KeyNote)>,
}

pub(super) enum KeyNote {
    Own(super::Mark),
    Name(super::Mark),
    Number {
        n: usize,
        column: u32,
        reading: super::Reading,
    },
    Link {
        column: u32,
    },
}

/// One file, ready to be checked.
pub struct FilePlan {
    layout: Arc<Layout>,
    spec: usize,
    /// How cells are separated.
    pub dialect: Dialect,
    /// Records up to and with the header.
    pub header: u64,
    /// The header as it stands.
    pub labels: Vec<String>,
    /// For each column its field.
    pub fields: Vec<Option<usize>>,
    /// For each field its column.
    positions: Vec<Option<u32>>,
    /// What is wrong with the header and the file as a whole.
    pub(super) findings: Vec<Finding>,
    pub(super) cells: Vec<CellStep>,
    pub(super) records: Vec<RecordStep>,
    pub(super) keys: Vec<KeyStep>,
}

impl FilePlan {
    /// What the layout says of the file.
    pub fn spec(&self) -> &FileSpec {
        &self.layout.files[self.spec]
    }

    /// The column of a field.
    pub fn position(&self, field: usize) -> Option<u32> {
        self.positions.get(field).copied().flatten()
    }

    /// The column of the field of that name.
    pub fn column(&self, field: &str) -> Option<u32> {
        self.position(self.spec().field(field)?)
    }

    /// The name of a column or, from `labels.len()` on, of a field that has none.
    pub fn field_name(&self, slot: u32) -> Option<&str> {
        let slot = slot as usize;
        match slot.checked_sub(self.labels.len()) {
            Some(missing) => self
                .spec()
                .fields
                .get(missing)
                .map(|field| field.name.as_str()),
            None => match self.fields[slot] {
                Some(field) => Some(&self.spec().fields[field].name),
                None => Some(self.labels[slot].as_str()).filter(|label| !label.is_empty()),
            },
        }
    }

    /// What is wrong with its header.
    pub fn header_findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The slot that stands for a field in findings: its column, or one beyond the last.
    pub fn slot(&self, field: usize) -> u32 {
        self.position(field)
            .unwrap_or((self.labels.len() + field) as u32)
    }
}

/// Something that was left out of the check, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// The rule, where it is one rule.
    pub rule: Option<&'static str>,
    /// The file.
    pub file: String,
    /// Why.
    pub reason: String,
}

/// All files, ready to be checked.
pub struct BundlePlan {
    /// One per file at hand; `None` for what cannot be checked.
    pub files: Vec<Option<Arc<FilePlan>>>,
    /// Findings about files that are no part of the check, and about the bundle, with the file's
    /// place where there is one, else a file's name.
    pub findings: Vec<(FileRef, Finding)>,
    /// What will not be checked.
    pub skipped: Vec<Skipped>,
    pub(crate) planner: Planner,
    pub(super) joins: Vec<(&'static Rule, Box<dyn Join>)>,
}

/// A file that a finding is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileRef {
    /// One at hand.
    At(usize),
    /// One that is missing, or no table.
    Named(String),
}

impl BundlePlan {
    /// Compiles the rules for the files at hand.
    pub fn new(
        layout: &Arc<Layout>,
        rules: &[&'static Rule],
        context: &BundleContext<'_>,
    ) -> BundlePlan {
        let mut plan = BundlePlan {
            files: Vec::new(),
            findings: Vec::new(),
            skipped: Vec::new(),
            planner: Planner::default(),
            joins: Vec::new(),
        };
        for (at, peek) in context.peeks.iter().enumerate() {
            let file = match (context.specs[at], peek.foreign) {
                (Some(spec), None) if !peek.labels.is_empty() => {
                    Some(file_plan(layout, spec, peek, context.modes[at]))
                }
                _ => None,
            };
            plan.files.push(file.map(Arc::new));
        }
        for rule in rules {
            if let Some(check) = rule.bundle {
                check(rule, context, &mut plan);
            }
        }
        for (at, file) in plan.files.iter_mut().enumerate() {
            if let Some(file) = file.as_mut().and_then(Arc::get_mut) {
                compile(file, rules, context, at);
            }
        }
        for rule in rules {
            if let Some(join) = rule.join {
                let joins = join(context, &mut plan);
                plan.joins
                    .extend(joins.into_iter().map(|join| (*rule, join)));
            }
        }
        let gathers = std::mem::take(&mut plan.planner.gathers);
        for gather in &gathers {
            if let Some(at) = context.file(&gather.file)
                && let Some(file) = plan.files[at].as_mut().and_then(Arc::get_mut)
            {
                add_key(file, gather);
            }
        }
        plan.planner.gathers = gathers;
        plan
    }

    /// An empty set of facts for this plan.
    pub fn facts(&self) -> Facts {
        self.planner.facts()
    }

    /// The files that have to be read once more to place what the facts tell.
    pub fn broken(&self, facts: &Facts) -> Vec<usize> {
        let mut files: Vec<usize> = self
            .joins
            .iter()
            .filter(|(_, join)| join.is_broken(facts))
            .map(|(_, join)| join.file())
            .collect();
        files.sort_unstable();
        files.dedup();
        files
    }
}

fn file_plan(layout: &Arc<Layout>, spec: usize, peek: &Peek, mode: Mode) -> FilePlan {
    let header = crate::rules::header::read(&layout.files[spec], mode, &peek.labels, peek.line);
    let mut positions = vec![None; layout.files[spec].fields.len()];
    for (column, field) in header.fields.iter().enumerate() {
        if let Some(field) = field {
            positions[*field] = Some(column as u32);
        }
    }
    FilePlan {
        layout: Arc::clone(layout),
        spec,
        dialect: peek.dialect,
        header: peek.titles as u64 + 1,
        labels: peek.labels.clone(),
        fields: header.fields,
        positions,
        findings: header.findings,
        cells: Vec::new(),
        records: Vec::new(),
        keys: Vec::new(),
    }
}

/// What is not sure is never an error.
fn graded(rule: &Rule, field: &Field) -> Severity {
    match field.confidence {
        Confidence::High => rule.severity,
        Confidence::Medium | Confidence::Low => rule.severity.max(Severity::Warning),
    }
}

fn compile(file: &mut FilePlan, rules: &[&'static Rule], bundle: &BundleContext<'_>, at: usize) {
    let layout = Arc::clone(&file.layout);
    let spec = &layout.files[file.spec];
    let mut cells = Vec::new();
    let mut records = Vec::new();
    {
        let context = FileContext {
            bundle,
            file: at,
            spec,
            plan: file,
        };
        for rule in rules {
            if let Some(compile) = rule.cell {
                for (field, known) in spec.fields.iter().enumerate() {
                    let Some(column) = file.position(field) else {
                        continue;
                    };
                    if let Some(check) = compile(known, column, &context) {
                        let severity = graded(rule, known);
                        cells.push(CellStep {
                            rule,
                            severity,
                            column,
                            check,
                        });
                    }
                }
            }
            if let Some(compile) = rule.record {
                records.extend(
                    compile(&context)
                        .into_iter()
                        .map(|check| RecordStep { rule, check }),
                );
            }
        }
    }
    file.cells = cells;
    file.records = records;
}

/// Adds what to gather to the file's plan, if it has the columns. What is noted of the same key
/// stands together, so that each key is hashed once.
fn add_key(file: &mut FilePlan, gather: &Gather) -> Option<()> {
    let columns = gather.key.iter().map(|field| file.column(field));
    let columns = columns.collect::<Option<Vec<u32>>>()?;
    let is_list = |field: &String| {
        let spec = file.spec();
        spec.field(field)
            .is_some_and(|at| matches!(spec.fields[at].kind, crate::types::Type::List(_)))
    };
    let list = gather.key.last().is_some_and(is_list);
    let when = match &gather.when {
        Some(condition) => Some((file.column(&condition.field)?, condition.values.clone())),
        None => None,
    };
    let note = match &gather.note {
        Note::Own(mark) => KeyNote::Own(*mark),
        Note::Name(mark) => KeyNote::Name(*mark),
        Note::Number { n, field, reading } => KeyNote::Number {
            n: *n,
            column: file.column(field)?,
            reading: *reading,
        },
        Note::Link { field } => KeyNote::Link {
            column: file.column(field)?,
        },
    };
    let own = matches!(note, KeyNote::Own(_));
    let note = (gather.domain.0, when, note);
    let mut steps = file.keys.iter_mut();
    match steps.find(|step| step.columns == columns && step.list == list && step.own == own) {
        Some(step) => step.notes.push(note),
        None => file.keys.push(KeyStep {
            columns,
            list,
            own,
            notes: vec![note],
        }),
    }
    Some(())
}

impl BundlePlan {
    /// A finding about a file at hand, on a line or as a whole.
    pub(crate) fn tell_file(
        &mut self,
        rule: &'static Rule,
        file: usize,
        line: Option<u64>,
        told: crate::finding::Told,
    ) {
        let place = crate::finding::Place {
            line,
            ..Default::default()
        };
        self.findings
            .push((FileRef::At(file), whole(rule, place, told)));
    }

    /// A finding about a file that is not at hand, or no table.
    pub(crate) fn tell_named(
        &mut self,
        rule: &'static Rule,
        name: &str,
        told: crate::finding::Told,
    ) {
        let finding = whole(rule, crate::finding::Place::default(), told);
        self.findings
            .push((FileRef::Named(name.to_owned()), finding));
    }
}

fn whole(rule: &'static Rule, place: crate::finding::Place, told: crate::finding::Told) -> Finding {
    let severity = rule.severity;
    Finding {
        rule,
        severity,
        place,
        key: None,
        value: None,
        told,
        cells: Vec::new(),
    }
}
