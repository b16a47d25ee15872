//! One batch of records past all checks of its file: first what is wrong with records and cells as
//! such, then the compiled rules, then what relates records.

use std::cell::RefCell;

use super::gather::Gathering;
use super::out::{Out, Want};
use super::partial::note_mended;
use super::poison::Poison;
use super::rows::Rows;
use super::suspects::Accused;
use super::{BundlePlan, FilePlan, Joined, Partial, Runs};
use crate::finding::{Finding, Safety, Severity};
use crate::layout::Received;
use crate::legacy::{lossy, note};
use crate::order::sort_by_key;
use crate::records::{Batch, Columns, Flaw, Record, trim};
use crate::rules::{self, Rule};
use crate::sink::Sink;

/// What all batches of a part have in common.
pub(super) struct Work<'a> {
    pub plan: &'a BundlePlan,
    pub file: usize,
    pub known: &'a FilePlan,
    /// What is to be placed; while there is none, facts are gathered.
    pub joined: Option<&'a Joined>,
    pub want: &'a Want,
    /// Records that are titles or the header.
    pub header: u64,
    /// Data records before the part.
    pub before: u64,
    pub partial: &'a mut Partial,
    pub poison: &'a mut Poison,
    pub skip: &'a mut Vec<bool>,
    pub gathering: &'a mut Gathering,
}

impl Work<'_> {
    /// Notes for each record whether nothing accuses it.
    fn find(&mut self, batch: &Batch<'_>, accused: &Accused, others: &mut Vec<bool>) {
        let Some(keys) = &accused.keys else {
            others.resize(batch.len(), false);
            return;
        };
        others.resize(batch.len(), true);
        let before = batch.record(0).number() as i64 - self.header as i64 + self.before as i64;
        let rows = Rows {
            batch,
            plan: self.known,
            poison: self.poison,
            skip: self.skip,
            columns: &Columns::new(batch, self.known.labels.len(), &self.known.spec().missing),
            before,
            days: &RefCell::default(),
        };
        let mut found = |record: u32| others[record as usize] = false;
        keys.mended_of(before, batch.len()).for_each(&mut found);
        self.gathering.find(keys, &rows, found);
    }
}

/// One batch on its way past the checks.
pub(super) struct BatchRun<'a, 'b> {
    known: &'a FilePlan,
    /// Records that are no data: titles, the header, blank ones.
    skip: &'a mut [bool],
    out: Out<'a, 'b>,
    blank: &'a mut u64,
    oversized: &'a mut u64,
    legacy: &'a mut Vec<u8>,
}

impl<'a> BatchRun<'a, '_> {
    /// Adds what a batch gives to the part's result. All findings about it, in the order of records
    /// and cells, where they are wanted.
    pub fn all(work: &mut Work<'_>, batch: &Batch<'_>) -> Vec<Finding> {
        work.poison.reset(batch.len(), work.known.labels.len());
        work.skip.clear();
        work.skip.resize(batch.len(), false);
        let mut all = Vec::new();
        let accused = work.joined.and_then(|joined| joined.of(work.file));
        let placing = accused.filter(|_| matches!(work.want, Want::Samples));
        let mut others = Vec::new();
        if let Some(accused) = accused {
            work.find(batch, accused, &mut others);
            if placing.is_some() && !others.contains(&false) {
                return all;
            }
        }
        // What the first pass told is not told again.
        let mut aside = Sink::new(0);
        let mut run = BatchRun {
            known: work.known,
            skip: work.skip,
            out: Out {
                batch,
                plan: work.known,
                sink: &mut work.partial.sink,
                poison: work.poison,
                facts: work.joined.map(|joined| &joined.facts),
                want: work.want,
                all: &mut all,
                header: work.header,
                rule: &rules::blank_record::RULE,
                severity: rules::blank_record::RULE.severity,
            },
            blank: &mut work.partial.blank,
            oversized: &mut work.partial.oversized,
            legacy: &mut work.partial.legacy,
        };
        if placing.is_some() {
            std::mem::swap(run.out.sink, &mut aside);
        }
        let columns = Columns::new(batch, work.known.labels.len(), &work.known.spec().missing);
        run.flaws();
        run.cells(&columns);
        let BatchRun { skip, mut out, .. } = run;
        let above = batch.record(0).number() as i64 - work.header as i64;
        let rows = Rows {
            batch,
            plan: work.known,
            poison: out.poison,
            skip,
            columns: &columns,
            before: above + work.before as i64,
            days: &RefCell::default(),
        };
        for step in &work.known.records {
            (out.rule, out.severity) = (step.rule, step.rule.severity);
            step.check.check(&rows, &mut out);
        }
        if placing.is_some() {
            std::mem::swap(out.sink, &mut aside);
        }
        match work.joined {
            None => {
                let mended = rows.mended_keys().into_iter();
                let mended = mended.map(|record| (above + record as i64) as u64);
                note_mended(&mut work.partial.mended, mended);
                work.gathering.add(&rows, &mut work.partial.facts);
                let all = &work.known.series;
                let runs = &mut work.partial.runs;
                runs.resize_with(all.len(), Runs::default);
                for ((_, series), runs) in all.iter().zip(runs) {
                    if !series.is_of(&rows) {
                        continue;
                    }
                    rows.views(|view| {
                        let record = (above + view.index() as i64) as u64;
                        runs.add(record, view, series.as_ref());
                    });
                }
            }
            Some(joined) => {
                for (other, skip) in others.iter_mut().zip(rows.skip) {
                    *other |= skip;
                }
                let rows = Rows {
                    skip: &others,
                    ..rows
                };
                let joins = accused.iter().flat_map(|accused| &accused.joins);
                for (rule, join) in joins.map(|at| &work.plan.joins[*at]) {
                    (out.rule, out.severity) = (rule, rule.severity);
                    rows.views(|view| join.place(&joined.facts, view, &mut out));
                }
                for (at, (rule, series)) in work.known.series.iter().enumerate() {
                    (out.rule, out.severity) = (rule, rule.severity);
                    let faults = accused.map(|of| of.faults(at, rows.before, rows.count()));
                    for (record, fault) in faults.into_iter().flatten() {
                        let view = rows.view((*record as i64 - rows.before) as usize);
                        series.place(*fault, &view, &mut out);
                    }
                }
            }
        }
        sort_by_key(&mut all, |finding| {
            (finding.place.record, finding.place.column)
        });
        all
    }

    /// What is wrong with records and cells as such.
    fn flaws(&mut self) {
        let batch = self.out.batch;
        let header = self.out.header;
        let above = batch.records().take_while(|above| above.number() < header);
        for record in above {
            self.skip[record.index()] = true;
            self.out.poison.set(record.index(), None);
        }
        self.blanks();
        self.headers();
        // Before quotes: what they say of a cell can be trusted only where its bytes can.
        if !batch.is_utf8() {
            self.encoding();
        }
        self.quotes();
        self.widths();
    }

    fn speak(&mut self, rule: &'static Rule) {
        (self.out.rule, self.out.severity) = (rule, rule.severity);
    }

    fn blanks(&mut self) {
        self.speak(&rules::blank_record::RULE);
        if self.known.spec().blank == Received::Refused {
            self.out.severity = Severity::Error;
        }
        for index in 0..self.skip.len() {
            let record = self.out.batch.record(index);
            // In a file of one column, a cell of blanks is no blank record.
            let blank =
                record.bytes().is_empty() || self.known.labels.len() > 1 && record.is_blank();
            if !self.skip[index] && blank {
                self.skip[index] = true;
                *self.blank += 1;
                let told = || rules::blank_record::told(record.bytes());
                self.out.record(index, told);
            }
        }
    }

    /// Headers among the records are none of them.
    fn headers(&mut self) {
        let labels = &self.known.labels;
        self.speak(&rules::repeated_header::RULE);
        for record in self.out.batch.records() {
            let index = record.index();
            if !self.skip[index] && rules::repeated_header::is(labels, &record) {
                self.skip[index] = true;
                *self.blank += 1;
                self.out
                    .record(index, || rules::repeated_header::told(&labels[0]));
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
            let shifted = self.is_shifted(&record);
            let cell = fault.column;
            match fault.flaw {
                Flaw::StrayQuote => {
                    self.speak(&rules::stray_quote::RULE);
                    // With a wrong number of cells, it is not certain where this one ends.
                    let told = rules::stray_quote::told;
                    match rules::stray_quote::is_certain(&raw) && !shifted {
                        true => self
                            .out
                            .meant(index, cell, &raw, || told(&raw, Safety::Safe)),
                        false => self.out.cell(index, cell, || told(&raw, Safety::Review)),
                    }
                }
                Flaw::UnclosedQuote => {
                    self.speak(&rules::unclosed_quote::RULE);
                    let told = || rules::unclosed_quote::told(&raw);
                    self.out.cell(index, cell, told);
                    self.out.sink.note_cut();
                }
                Flaw::Oversized => {
                    *self.oversized += 1;
                    self.speak(&rules::oversized_record::RULE);
                    self.out.record(index, rules::oversized_record::told);
                }
            }
            if shifted {
                self.out.poison.set(index, None);
            }
        }
    }

    /// Whether it is not certain which cell of the record belongs to which label. Surplus cells
    /// that are empty may have come from a spreadsheet, but also from a comma within a cell before
    /// them: then some other cell does not hold what its label says.
    fn is_shifted(&self, record: &Record<'_>) -> bool {
        let width = self.known.labels.len();
        let mut surplus = (width..record.width()).filter_map(|at| record.value(at));
        record.width() < width
            || surplus.any(|cell| !trim(&cell).is_empty())
            || record.width() > width && self.is_misfit(record)
    }

    /// Whether some cell does not hold what its label says, nor anything that could mean it.
    fn is_misfit(&self, record: &Record<'_>) -> bool {
        let mut columns = self.known.fields.iter().enumerate();
        columns.any(|(column, field)| {
            let kind = field.map(|field| &self.known.spec().fields[field].kind);
            let Some((kind, value)) = kind.zip(record.value(column)) else {
                return false;
            };
            let text = trim(&value);
            !text.is_empty() && !kind.accepts(text) && kind.mend(&lossy(text)).is_none()
        })
    }

    fn widths(&mut self) {
        let batch = self.out.batch;
        let width = self.known.labels.len();
        if batch.width() == Some(width) {
            return;
        }
        let known = self.known;
        let taken = known.spec().ragged == Received::Taken;
        for record in batch.records() {
            let index = record.index();
            let cells = record.width();
            if cells == width || self.skip[index] {
                continue;
            }
            // Quotes that mean nothing here meant something to who wrote them: what stands between two
            // cells of the record, or behind it, stood within a cell.
            let is_torn = record.is_torn();
            if cells < width {
                self.speak(&rules::missing_cell::RULE);
                self.ragged();
                // Where short records are taken, filling one up that lacks something helps nobody.
                let safety = match taken {
                    true if is_torn || cells < self.known.needed => Safety::Shown,
                    true => Safety::Safe,
                    false => Safety::Review,
                };
                if safety != Safety::Safe {
                    self.out.sink.note_cut();
                }
                let told = || rules::missing_cell::told(cells, width, safety);
                self.out.record_only(index, told);
                continue;
            }
            self.speak(&rules::extra_cell::RULE);
            self.ragged();
            if is_torn || self.is_shifted(&record) {
                let told = || rules::extra_cell::told(&record, width, known.spec());
                match taken {
                    true => self.out.record_only(index, told),
                    false => self.out.record(index, told),
                }
            } else {
                let told = || rules::extra_cell::told_empty(cells, width);
                self.out.record_only(index, told);
            }
        }
    }

    /// What receivers take as it is, is no error.
    fn ragged(&mut self) {
        if self.known.spec().ragged == Received::Taken {
            self.out.severity = self.out.severity.max(Severity::Warning);
        }
    }

    fn encoding(&mut self) {
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
                    note(self.legacy, &value);
                    let index = record.index();
                    self.out.cell(index, column as u32, || {
                        rules::invalid_encoding::told(&value)
                    });
                }
            }
        }
    }

    /// The compiled rules about cells. Those of a column stand together: its cells are read once for
    /// all of them, and again where a rule told what some of them mean.
    fn cells(&mut self, columns: &Columns<'_>) {
        let known = self.known;
        for steps in known.cells.chunk_by(|a, b| a.column == b.column) {
            let mut steps = steps.iter().peekable();
            while let Some(next) = steps.peek() {
                let at = next.column;
                let mends = self.out.poison.mends();
                let meanings = self.out.poison.meanings(at);
                columns.with(at as usize, &meanings, |column| {
                    for step in steps.by_ref() {
                        (self.out.rule, self.out.severity) = (step.rule, step.severity);
                        step.check.check(column, &mut self.out);
                        if self.out.poison.mends() != mends {
                            break;
                        }
                    }
                });
            }
        }
    }
}
