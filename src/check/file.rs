//! Streams one file, or one part of it, past its compiled checks.

use std::ops::Range;
use std::sync::Arc;

use super::out::{Out, Poison, Want, lossy};
use super::plan::{KeyNote, KeyStep};
use super::{BundlePlan, Facts, FilePlan, Reading, View, print};
use crate::decode::{Decode, Start};
use crate::finding::Finding;
use crate::records::{Batch, Breaks, Flaw, Reader, trim};
use crate::rules::{self, Rule};
use crate::sink::Sink;
use crate::types;

/// What a pass over a file is for.
pub enum Pass {
    /// Check cells and records; add to these facts.
    Gather(Facts),
    /// Check cells and records; place what the facts of all files tell.
    Place(Arc<Facts>),
}

/// What a part of a file gave. Lines and records count from the part's start.
#[derive(Clone, Debug)]
pub struct Partial {
    /// Findings.
    pub sink: Sink,
    /// What was gathered, in the pass that gathers.
    pub facts: Facts,
    /// Data records.
    pub records: u64,
    /// Data records with nothing in them.
    pub blank: u64,
    /// Line breaks.
    pub lines: u64,
    /// How lines end.
    pub breaks: Breaks,
    /// File offset of the part's first record.
    pub start: u64,
    /// File offset behind the part's last record.
    pub end: u64,
    /// Some bytes that are not UTF-8.
    pub legacy: Vec<u8>,
    /// Records of which the end was left out.
    pub oversized: u64,
}

/// Bytes that are not UTF-8 kept to name their encoding.
const LEGACY: usize = 4096;

impl Partial {
    /// Puts the result of the part that follows to this one's. `later` has to start where this
    /// part ended; where it does not (a line break inside quotes was taken for the end of a
    /// record) it is given back, and that part has to be checked again from `self.end`.
    pub fn merge(&mut self, later: Partial) -> Result<(), Box<Partial>> {
        if later.start != self.end {
            return Err(Box::new(later));
        }
        for (mine, theirs) in self.facts.iter_mut().zip(&later.facts) {
            mine.merge(theirs, self.records);
        }
        self.sink.merge(later.sink, self.lines, self.records);
        self.breaks.merge(&later.breaks, self.lines);
        self.records += later.records;
        self.blank += later.blank;
        self.lines += later.lines;
        self.end = later.end;
        self.oversized += later.oversized;
        let room = LEGACY.saturating_sub(self.legacy.len());
        self.legacy.extend(later.legacy.into_iter().take(room));
        Ok(())
    }
}

/// Checks one part of a file: pushed bytes in, a [`Partial`] out.
pub struct FileCheck {
    plan: Arc<BundlePlan>,
    file: usize,
    /// What is to be placed; while there is none, facts are gathered.
    known: Option<Arc<Facts>>,
    want: Want,
    decode: Decode,
    /// Bytes of a byte-order mark still to pass over.
    mark: u64,
    reader: Reader,
    /// Records that are titles or the header.
    header: u64,
    partial: Partial,
    poison: Poison,
}

impl FileCheck {
    /// Checks the records that start in `range`; one starts at its start. `keep` samples of each
    /// group are kept. `None` where the file has no plan.
    pub fn new(
        plan: &Arc<BundlePlan>,
        file: usize,
        start: Start,
        range: Range<u64>,
        pass: Pass,
        keep: usize,
    ) -> Option<FileCheck> {
        let known = plan.files[file].as_ref()?;
        let first = range.start == 0;
        let mark = if first { start.mark() } else { 0 };
        let width = Some(known.labels.len());
        let from = range.start + mark;
        let mut sink = Sink::new(keep);
        if first {
            for finding in &known.findings {
                sink.add(finding.rule, finding.severity, finding.place.field, || {
                    finding.clone()
                });
            }
        }
        let (facts, known_facts) = match pass {
            Pass::Gather(facts) => (facts, None),
            Pass::Place(facts) => (Facts::new(), Some(facts)),
        };
        Some(FileCheck {
            plan: Arc::clone(plan),
            file,
            known: known_facts,
            want: Want::Samples,
            decode: Decode::new(if first { start } else { Start::Plain }),
            mark,
            reader: Reader::new(known.dialect, width, from..range.end),
            header: if first { known.header } else { 0 },
            partial: Partial {
                sink,
                facts,
                records: 0,
                blank: 0,
                lines: 0,
                breaks: Breaks::default(),
                start: from,
                end: from,
                legacy: Vec::new(),
                oversized: 0,
            },
            poison: Poison::default(),
        })
    }

    /// Takes the next bytes of the file. False once the part is complete.
    pub fn push(&mut self, bytes: &[u8]) -> bool {
        self.run(Some(bytes), &mut |_, _| {});
        !self.reader.is_done()
    }

    /// Like [`push`](FileCheck::push); hands each batch on with all findings about it, in the
    /// order of records and cells.
    pub fn push_each(&mut self, bytes: &[u8], each: &mut dyn FnMut(&Batch<'_>, Vec<Finding>)) {
        self.want = Want::All;
        self.run(Some(bytes), each);
    }

    /// The end of what [`push_each`](FileCheck::push_each) was given.
    pub fn end_each(&mut self, each: &mut dyn FnMut(&Batch<'_>, Vec<Finding>)) {
        self.want = Want::All;
        self.run(None, each);
    }

    /// The part, or the file, ends: its result.
    pub fn finish(mut self) -> Partial {
        if !self.reader.is_done() {
            self.run(None, &mut |_, _| {});
        }
        let reader = &self.reader;
        let mut partial = self.partial;
        partial.records = reader.records().saturating_sub(self.header);
        partial.lines = reader.lines();
        partial.breaks = reader.breaks();
        partial.end = reader.offset();
        partial
    }

    /// `None` stands for the end of the file.
    fn run(&mut self, bytes: Option<&[u8]>, each: &mut dyn FnMut(&Batch<'_>, Vec<Finding>)) {
        let FileCheck {
            plan,
            file,
            known: facts,
            want,
            decode,
            mark,
            reader,
            header,
            partial,
            poison,
        } = self;
        let Some(known) = &plan.files[*file] else {
            return;
        };
        let mut batches = |batch: &Batch<'_>| {
            let mut all = Vec::new();
            poison.reset(batch.len(), known.labels.len());
            let mut run = BatchRun {
                known,
                skip: vec![false; batch.len()],
                out: Out {
                    batch,
                    plan: known,
                    sink: &mut partial.sink,
                    poison,
                    want: *want,
                    all: &mut all,
                    header: *header,
                    rule: &rules::blank_record::RULE,
                    severity: rules::blank_record::RULE.severity,
                },
                seen: Seen::default(),
            };
            run.flaws(&mut partial.legacy);
            run.checks();
            let seen = match facts {
                None => run.gather(&mut partial.facts),
                Some(facts) => run.place(plan, *file, facts),
            };
            partial.blank += seen.blank;
            partial.oversized += seen.oversized;
            all.sort_by_key(|finding| (finding.place.record, finding.place.column));
            each(batch, all);
        };
        let mut text = |piece: &[u8]| {
            let skip = (*mark).min(piece.len() as u64);
            *mark -= skip;
            reader.push(&piece[skip as usize..], &mut batches);
        };
        match bytes {
            Some(bytes) => decode.push(bytes, &mut text),
            None => {
                decode.end(&mut text);
                reader.end(&mut batches);
            }
        }
    }
}

/// What a batch had beside findings.
#[derive(Default)]
struct Seen {
    blank: u64,
    oversized: u64,
}

/// One batch on its way past the checks.
struct BatchRun<'a, 'b> {
    known: &'a FilePlan,
    /// Records that are no data: titles, the header, blank ones.
    skip: Vec<bool>,
    out: Out<'a, 'b>,
    seen: Seen,
}

impl BatchRun<'_, '_> {
    /// What is wrong with records and cells as such.
    fn flaws(&mut self, legacy: &mut Vec<u8>) {
        let batch = self.out.batch;
        let header = self.out.header;
        for record in batch
            .records()
            .take_while(|record| record.number() < header)
        {
            self.skip[record.index()] = true;
            self.out.poison.set(record.index(), None);
        }
        self.blanks();
        self.quotes();
        self.widths();
        if std::str::from_utf8(batch.bytes()).is_err() {
            self.encoding(legacy);
        }
    }

    fn speak(&mut self, rule: &'static Rule) {
        (self.out.rule, self.out.severity) = (rule, rule.severity);
    }

    fn blanks(&mut self) {
        self.speak(&rules::blank_record::RULE);
        for index in 0..self.skip.len() {
            let record = self.out.batch.record(index);
            // In a file of one column, a cell of blanks is no blank record.
            let blank =
                record.bytes().is_empty() || self.known.labels.len() > 1 && record.is_blank();
            if !self.skip[index] && blank {
                self.skip[index] = true;
                self.seen.blank += 1;
                self.out.record(index, rules::blank_record::told);
            }
        }
    }

    fn quotes(&mut self) {
        let batch = self.out.batch;
        for fault in batch.faults() {
            let index = fault.record as usize;
            if self.skip[index] {
                continue;
            }
            let record = batch.record(index);
            let raw = record
                .raw(fault.column as usize)
                .map(lossy)
                .unwrap_or_default();
            match fault.flaw {
                Flaw::StrayQuote => {
                    self.speak(&rules::stray_quote::RULE);
                    self.out
                        .cell(index, fault.column, || rules::stray_quote::told(&raw));
                }
                Flaw::UnclosedQuote => {
                    self.speak(&rules::unclosed_quote::RULE);
                    self.out
                        .cell(index, fault.column, || rules::unclosed_quote::told(&raw));
                }
                Flaw::Oversized => {
                    self.seen.oversized += 1;
                    self.speak(&rules::oversized_record::RULE);
                    self.out.record(index, rules::oversized_record::told);
                }
            }
            if record.width() != self.known.labels.len() {
                self.out.poison.set(index, None);
            }
        }
    }

    fn widths(&mut self) {
        let batch = self.out.batch;
        let width = self.known.labels.len();
        for record in batch.records() {
            let index = record.index();
            if record.width() == width || self.skip[index] {
                continue;
            }
            if record.width() < width {
                self.speak(&rules::missing_cell::RULE);
                self.out
                    .record_only(index, || rules::missing_cell::told(record.width(), width));
                continue;
            }
            let surplus = (width..record.width()).filter_map(|at| record.value(at));
            let empty = surplus.into_iter().all(|cell| trim(&cell).is_empty());
            self.speak(&rules::extra_cell::RULE);
            if empty {
                let told = || rules::extra_cell::told_empty(record.width(), width);
                self.out.record_only(index, told);
            } else {
                self.out
                    .record(index, || rules::extra_cell::told(record.width(), width));
            }
        }
    }

    fn encoding(&mut self, legacy: &mut Vec<u8>) {
        self.speak(&rules::invalid_encoding::RULE);
        let batch = self.out.batch;
        for record in batch
            .records()
            .filter(|record| std::str::from_utf8(record.bytes()).is_err())
        {
            for column in 0..record.width() {
                let Some(value) = record.value(column) else {
                    continue;
                };
                if std::str::from_utf8(&value).is_err() {
                    let room = LEGACY.saturating_sub(legacy.len());
                    legacy.extend(value.iter().take(room));
                    let index = record.index();
                    self.out.cell(index, column as u32, || {
                        rules::invalid_encoding::told(&value)
                    });
                }
            }
        }
    }

    /// The compiled rules.
    fn checks(&mut self) {
        let known = self.known;
        for step in &known.cells {
            (self.out.rule, self.out.severity) = (step.rule, step.severity);
            step.check
                .check(self.out.batch.column(step.column as usize), &mut self.out);
        }
        for step in &known.records {
            self.speak(step.rule);
            self.each(|view, out| step.check.check(view, out));
        }
    }

    fn gather(mut self, facts: &mut Facts) -> Seen {
        let known = self.known;
        self.each(|view, _| gather(&known.keys, view, facts));
        self.seen
    }

    fn place(mut self, plan: &BundlePlan, file: usize, facts: &Facts) -> Seen {
        for (rule, join) in plan.joins.iter().filter(|(_, join)| join.file() == file) {
            self.speak(rule);
            self.each(|view, out| join.place(facts, view, out));
        }
        self.seen
    }

    fn each(&mut self, mut f: impl FnMut(&View<'_>, &mut Out<'_, '_>)) {
        let batch = self.out.batch;
        for index in 0..batch.len() {
            if !self.skip[index] {
                let record = batch.record(index);
                let number = record.number() - self.out.header;
                let view = View {
                    record,
                    plan: self.known,
                    poison: self.out.poison,
                    number,
                };
                f(&view, &mut self.out);
            }
        }
    }
}

/// Adds what a record has and names to the facts.
fn gather(keys: &[KeyStep], view: &View<'_>, facts: &mut Facts) {
    for step in keys {
        if let Some((column, values)) = &step.when {
            match view.at(*column) {
                Some(value) if values.iter().any(|known| *known == value) => {}
                _ => continue,
            }
        }
        let Some((last, front)) = step.columns.split_last() else {
            continue;
        };
        // Its own key counts even where cells are shifted, else all who name it would dangle.
        let cell = |column: u32| match step.note {
            KeyNote::Own(_) => view.key(column),
            _ => view.at(column),
        };
        let Some(front) = front
            .iter()
            .map(|column| cell(*column))
            .collect::<Option<Vec<_>>>()
        else {
            continue;
        };
        let Some(last) = cell(*last) else { continue };
        let domain = &mut facts[step.domain];
        let front = || front.iter().map(|part| part.as_bytes());
        let items = last.split(|c| step.list && c == ',').map(str::trim);
        for item in items.filter(|item| !item.is_empty()) {
            let key = print(front().chain([item.as_bytes()]));
            match &step.note {
                KeyNote::Own(mark) => domain.define(key, *mark, view.number()),
                KeyNote::Name(mark) => domain.mark(key, *mark),
                KeyNote::Number { n, column, reading } => {
                    if let Some(number) = view.at(*column).and_then(|text| number(&text, *reading))
                    {
                        domain.number(key, *n, number);
                    }
                }
                KeyNote::Link { column } => {
                    let named = view.at(*column);
                    for to in named.iter().flat_map(|text| text.split(',')).map(str::trim) {
                        if !to.is_empty() {
                            domain.link(key, print([to.as_bytes()]));
                        }
                    }
                }
            }
        }
    }
}

/// A cell as a number: days of a date, millionths of a decimal.
pub(super) fn number(text: &str, reading: Reading) -> Option<i64> {
    match reading {
        Reading::Date => types::date::days(text.as_bytes()).map(i64::from),
        Reading::Decimal => {
            types::decimal::value(text.as_bytes()).map(|value| (value * 1e6).round() as i64)
        }
    }
}
