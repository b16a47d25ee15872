//! Layout and rules compiled for one file.

use std::sync::Arc;

use super::key_plan::{Batches, KeyPlan};
use super::planner::Gather;
use super::{BundleContext, CellCheck, FileContext, Mode, RecordCheck, Series};
use crate::finding::{Finding, Place, Severity, Told};
use crate::layout::{Confidence, Field, FileSpec, Layout};
use crate::order::sort_by_key;
use crate::peek::Peek;
use crate::profile::{Profile, Row};
use crate::records::{Dialect, Record};
use crate::rules::{Rule, header};

/// Files of kinds of which there may be several, at most.
pub const MOST_OF_A_KIND: usize = 31;

/// Whether one more file may be of this kind. Of those whose records are numbered together there may be only
/// so many; a file of a pattern's names may be there as often as there are such names.
pub fn has_room(layout: &Layout, specs: &[Option<usize>], spec: usize) -> bool {
    let mut taken = specs.iter().flatten().copied();
    let file = &layout.files[spec];
    match file.many {
        true => taken.filter(|spec| layout.files[*spec].many).count() < MOST_OF_A_KIND,
        false => file.is_several() || taken.all(|other| other != spec),
    }
}

/// Facts number the records of all such files: those of the next file begin so much further on, behind
/// more records than any file has.
const APART: u64 = 1 << 27;

/// Which of such files a record is of that has this number in the facts, and its number there.
pub fn nth_of_kind(number: u64) -> (usize, u64) {
    ((number / APART) as usize, number % APART)
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

/// Columns of which a rule knows how long each of their values is.
#[derive(Default)]
pub struct Measured {
    /// Their places.
    pub columns: Vec<u32>,
    /// Where it knows that of some records alone, the field that says so and its values in these.
    pub by: Option<(usize, Vec<String>)>,
}

/// One file, ready to be checked.
pub struct FilePlan {
    layout: Arc<Layout>,
    spec: usize,
    profile: Option<Arc<Profile>>,
    /// How cells are separated.
    pub dialect: Dialect,
    /// Records up to and with the header; 0 in a file without one.
    pub header: u64,
    /// The line of the header, from 1.
    pub line: u64,
    /// The header as it stands; in a file without one, the fields that its columns are.
    pub labels: Vec<String>,
    /// For each column its field.
    pub fields: Vec<Option<usize>>,
    /// For each field its column, the first where it has several.
    positions: Vec<Option<u32>>,
    /// The order in which a fix puts its columns, where that is not the layout's.
    pub order: Option<Vec<usize>>,
    /// Cells that a record needs so that it makes no difference whether the rest is missing or empty.
    pub(super) needed: usize,
    /// Whether some field is secret.
    has_secrets: bool,
    /// Where the numbers begin that facts give to its records.
    pub(super) begins: u64,
    /// Whether it may be a file of another kind.
    pub(super) is_doubtful: bool,
    pub(super) measured: Measured,
    /// What is wrong with the header and the file as a whole.
    pub(super) findings: Vec<Finding>,
    pub(super) cells: Vec<CellStep>,
    pub(super) records: Vec<RecordStep>,
    /// Rules about records that stand together.
    pub(crate) series: Vec<(&'static Rule, Box<dyn Series>)>,
    pub(super) keys: KeyPlan,
    /// The same for batches without faulty cells.
    pub(super) sound_keys: KeyPlan,
}

impl FilePlan {
    /// What the layout says of the file.
    pub fn spec(&self) -> &FileSpec {
        &self.layout.files[self.spec]
    }

    /// The column of a field; the first where it has several.
    pub fn position(&self, field: usize) -> Option<u32> {
        self.positions.get(field).copied().flatten()
    }

    /// All columns of a field.
    pub fn columns(&self, field: usize) -> impl Iterator<Item = u32> {
        let columns = self.fields.iter().enumerate();
        columns.filter_map(move |(at, known)| (*known == Some(field)).then_some(at as u32))
    }

    /// The column of the field of that name.
    pub fn column(&self, field: &str) -> Option<u32> {
        self.position(self.spec().field(field)?)
    }

    /// What a field is called in messages about this column: its own label, where it has one.
    pub fn name(&self, field: &Field, column: u32) -> String {
        let own = field.is_family().then(|| self.field_name(column)).flatten();
        own.unwrap_or(&field.name).to_owned()
    }

    /// Whether no report and no log may show what the cells of a column hold.
    pub fn is_secret(&self, column: u32) -> bool {
        self.has_secrets && self.field(column).is_some_and(|field| field.secret)
    }

    /// Whether there are such columns, or could be.
    pub fn has_secrets(&self) -> bool {
        self.has_secrets
    }

    /// The same for the cell of a record. In one of another width it is not sure which the secret is.
    pub(super) fn hides(&self, record: &Record<'_>, column: Option<u32>) -> bool {
        let is_shifted = || record.width() != self.labels.len();
        self.has_secrets && column.is_some_and(|column| self.is_secret(column) || is_shifted())
    }

    /// The field of a column or, from `labels.len()` on, one that has none.
    fn field(&self, slot: u32) -> Option<&Field> {
        let slot = slot as usize;
        let field = match slot.checked_sub(self.labels.len()) {
            Some(missing) => missing,
            None => self.fields[slot]?,
        };
        self.spec().fields.get(field)
    }

    /// What profiles call a column: by its field or, where it is none, by its label.
    pub(crate) fn judged(&self, slot: Option<u32>) -> Option<&str> {
        let field = self.field(slot?).map(|field| field.name.as_str());
        field.or_else(|| self.field_name(slot?))
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
                Some(field) if !self.spec().fields[field].is_family() => {
                    Some(&self.spec().fields[field].name)
                }
                _ => Some(self.labels[slot].as_str()).filter(|label| !label.is_empty()),
            },
        }
    }

    /// Of which columns a rule knows how long each value is: then the others of its column need not
    /// show it.
    pub fn measured(&self) -> &Measured {
        &self.measured
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

    /// The profile, and its row that has a say on a finding, if any. `value` gives the text of the
    /// cell.
    pub(crate) fn judge(
        &self,
        rule: &'static Rule,
        slot: Option<u32>,
        value: impl FnOnce() -> Option<String>,
    ) -> Option<(&Profile, &Row)> {
        let profile = self.profile.as_deref()?;
        let spec = self.spec();
        let field = slot.and_then(|slot| self.field(slot));
        let value = value();
        let value = value.as_deref().zip(field.map(|field| &field.kind));
        let row = profile.judge(rule, &spec.name, self.judged(slot), value)?;
        Some((profile, row))
    }

    /// Has the profile judge a finding about the file as such or its header.
    pub(crate) fn grade(&self, finding: &mut Finding) {
        if let Some(profile) = &self.profile {
            let field = self.judged(finding.place.field);
            profile.judge_whole(finding, &self.spec().name, field);
        }
    }

    /// A finding about a label, by its column.
    pub(crate) fn about_label(&self, rule: &'static Rule, column: u32, told: Told) -> Finding {
        let place = Place {
            line: Some(self.line),
            column: Some(column),
            field: Some(column),
            record: None,
        };
        let value = self.labels.get(column as usize).cloned();
        Finding {
            value,
            ..Finding::whole(rule, place, told)
        }
    }

    /// The plan of a file as its header says, without checks.
    pub(super) fn new(
        layout: &Arc<Layout>,
        spec: usize,
        peek: &Peek,
        mode: Mode,
        profile: Option<&Arc<Profile>>,
    ) -> FilePlan {
        let known = &layout.files[spec];
        let is_absent = header::is_absent(known, peek);
        let labels = match is_absent {
            true => known.fields.iter().map(|f| f.name.clone()).collect(),
            false => peek.labels.clone(),
        };
        let mut header = header::read(known, mode, &labels, peek.line);
        if peek.goes_on(labels.len()) {
            header.keep_columns();
        } else if peek.beyond(labels.len()) > 0 {
            header.review_columns();
        }
        let mut positions = vec![None; layout.files[spec].fields.len()];
        for (column, field) in header.fields.iter().enumerate().rev() {
            if let Some(field) = field {
                positions[*field] = Some(column as u32);
            }
        }
        let mut plan = FilePlan {
            layout: Arc::clone(layout),
            spec,
            profile: profile.cloned(),
            dialect: layout.files[spec].dialect(peek.dialect.delimiter),
            header: if is_absent { 0 } else { peek.titles as u64 + 1 },
            line: peek.line,
            labels,
            fields: header.fields,
            positions,
            order: None,
            needed: 0,
            has_secrets: known.fields.iter().any(|field| field.secret),
            begins: 0,
            is_doubtful: false,
            measured: Measured::default(),
            findings: Vec::new(),
            cells: Vec::new(),
            records: Vec::new(),
            series: Vec::new(),
            keys: KeyPlan::of(Batches::Any),
            sound_keys: KeyPlan::of(Batches::Sound),
        };
        let mut findings = header.findings;
        findings.iter_mut().for_each(|finding| plan.grade(finding));
        plan.findings = findings;
        plan
    }

    /// Of the files of kinds of which there may be several, it is the `nth`, from 0.
    pub(super) fn behind(mut self, nth: usize) -> FilePlan {
        self.begins = nth as u64 * APART;
        self
    }

    /// Compiles the rules for its columns and records; it is the bundle's file `at`.
    pub(super) fn compile(
        &mut self,
        rules: &[&'static Rule],
        bundle: &BundleContext<'_>,
        at: usize,
    ) {
        let layout = Arc::clone(&self.layout);
        let spec = &layout.files[self.spec];
        let mut cells = Vec::new();
        let mut records = Vec::new();
        let mut series = Vec::new();
        {
            let context = FileContext {
                bundle,
                file: at,
                spec,
                plan: self,
            };
            for rule in rules {
                if let Some(compile) = rule.cell {
                    for (column, field) in self.fields.iter().enumerate() {
                        let Some(field) = field.map(|field| &spec.fields[field]) else {
                            continue;
                        };
                        let column = column as u32;
                        if let Some(check) = compile(field, column, &context) {
                            let severity = graded(rule.severity, field);
                            cells.push(CellStep {
                                rule,
                                severity,
                                column,
                                check,
                            });
                        }
                    }
                }
                if let Some(compile) = rule.series {
                    series.extend(compile(&context).map(|check| (*rule, check)));
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
        // The rules of a column stand together, in the order of rules.
        sort_by_key(&mut cells, |step: &CellStep| {
            (step.column, !step.rule.early)
        });
        let needs = cells.iter().map(|step| step.check.needs());
        let needs = needs.chain(records.iter().map(|step| step.check.needs()));
        self.needed = needs.max().unwrap_or_default() as usize;
        self.cells = cells;
        self.records = records;
        self.series = series;
    }

    /// Adds what to gather from its records, if it has the columns.
    pub(super) fn gather(&mut self, gather: &Gather) {
        let mut keys = std::mem::take(&mut self.keys);
        keys.add(gather, self);
        self.keys = keys;
        let mut keys = std::mem::take(&mut self.sound_keys);
        keys.add(gather, self);
        self.sound_keys = keys;
    }
}

/// What is not sure is never an error.
pub(super) fn graded(severity: Severity, field: &Field) -> Severity {
    match field.confidence {
        Confidence::High => severity,
        Confidence::Medium | Confidence::Low => severity.max(Severity::Warning),
    }
}
