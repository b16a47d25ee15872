//! Streams one file, or one part of it, past its compiled checks.

use std::ops::Range;
use std::sync::Arc;

use super::gather::Gathering;
use super::out::Want;
use super::poison::Poison;
use super::run::{BatchRun, Work};
use super::{BundlePlan, Facts, Joined, Partial};
use crate::decode::Start;
use crate::decoded::Decoded;
use crate::finding::Finding;
use crate::legacy::Encoding;
use crate::records::Batch;
use crate::sink::{Kind, Sink};

/// What a pass over a file is for.
pub enum Pass {
    /// Check cells and records; add to these facts.
    Gather(Facts),
    /// Place what the facts of all files tell. What cells and records tell is handed on with it, but
    /// not told a second time in the result.
    Place(Arc<Joined>),
}

/// Checks one part of a file: pushed bytes in, a [`Partial`] out.
pub struct FileCheck {
    plan: Arc<BundlePlan>,
    file: usize,
    /// What is to be placed; while there is none, facts are gathered.
    joined: Option<Arc<Joined>>,
    want: Want,
    encoding: Encoding,
    decoded: Decoded,
    /// Records that are titles or the header.
    header: u64,
    /// Data records before the part.
    before: u64,
    partial: Partial,
    poison: Poison,
    skip: Vec<bool>,
    gathering: Gathering,
}

impl FileCheck {
    /// Checks the records that start in `range`; one starts at its start, from which bytes are
    /// pushed. The part at 0 has the header, however early it ends. `keep` samples of each group
    /// are kept. `None` where the file has no plan.
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
        let (start, header) = match first {
            true => (start, known.header),
            false => (Start::Plain, 0),
        };
        let mut sink = Sink::new(keep);
        let gathers = matches!(pass, Pass::Gather(_));
        for finding in known.findings.iter().filter(|_| first && gathers) {
            let field = finding.place.field;
            sink.add(finding.rule, finding.severity, field, None, || {
                finding.clone()
            });
        }
        let (facts, joined) = match pass {
            Pass::Gather(facts) => (facts, None),
            Pass::Place(joined) => (Facts::new(), Some(joined)),
        };
        let width = known.labels.len();
        let decoded = Decoded::new(start, known.dialect, width, header, range.clone());
        let range = range.start + start.mark()..range.end;
        Some(FileCheck {
            plan: Arc::clone(plan),
            file,
            joined,
            want: Want::Samples,
            encoding: Encoding::default(),
            decoded,
            header,
            before: 0,
            partial: Partial::new(sink, facts, range),
            poison: Poison::default(),
            skip: Vec::new(),
            gathering: Gathering::default(),
        })
    }

    /// The same for a part with so many data records before it, which rules that place what the
    /// facts tell have to know. Places in the [`Partial`] count from the part's start all the same.
    pub fn after(mut self, records: u64) -> FileCheck {
        self.before = records;
        self
    }

    /// The same where the encoding of what is not UTF-8 is known, so that findings which are handed
    /// on tell it.
    pub fn in_encoding(mut self, encoding: Encoding) -> FileCheck {
        self.encoding = encoding;
        self
    }

    /// The same where of all findings only those of these kinds are handed on.
    pub fn only(mut self, kinds: Vec<Kind>) -> FileCheck {
        self.want = Want::Kinds(kinds);
        self
    }

    /// Goes on with what was gathered elsewhere; this part's own facts are left there.
    pub fn go_on(&mut self, facts: &mut Facts) {
        std::mem::swap(&mut self.partial.facts, facts);
    }

    /// Takes the next bytes of the file. False once the part is complete.
    pub fn push(&mut self, bytes: &[u8]) -> bool {
        self.run(Some(bytes), &mut |_, _| {});
        !self.decoded.reader().is_done()
    }

    /// Like [`push`](FileCheck::push); hands each batch on with its findings, in the
    /// order of records and cells.
    pub fn push_each(&mut self, bytes: &[u8], each: &mut dyn FnMut(&Batch<'_>, Vec<Finding>)) {
        self.want_each();
        self.run(Some(bytes), each);
    }

    /// The end of what [`push_each`](FileCheck::push_each) was given.
    pub fn end_each(&mut self, each: &mut dyn FnMut(&Batch<'_>, Vec<Finding>)) {
        self.want_each();
        self.run(None, each);
    }

    fn want_each(&mut self) {
        if let Want::Samples = self.want {
            self.want = Want::All;
        }
    }

    /// Data records read so far, and what was found in them.
    pub fn so_far(&self) -> (u64, &Sink) {
        let above = self.header + self.partial.blank;
        let records = self.decoded.reader().records().saturating_sub(above);
        (records, &self.partial.sink)
    }

    /// The part, or the file, ends: its result.
    pub fn finish(mut self) -> Partial {
        if !self.decoded.reader().is_done() {
            self.run(None, &mut |_, _| {});
        }
        let reader = self.decoded.reader();
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
            encoding, decoded, ..
        } = self;
        let encoding = *encoding;
        let Some(known) = &self.plan.files[self.file] else {
            return;
        };
        let mut work = Work {
            plan: &self.plan,
            file: self.file,
            known,
            joined: self.joined.as_deref(),
            want: &self.want,
            header: self.header,
            before: self.before,
            partial: &mut self.partial,
            poison: &mut self.poison,
            skip: &mut self.skip,
            gathering: &mut self.gathering,
        };
        let mut batches = |batch: &Batch<'_>| {
            let mut all = BatchRun::all(&mut work, batch);
            all.iter_mut().for_each(|finding| finding.settle(encoding));
            each(batch, all);
        };
        decoded.push(bytes, &mut batches);
    }
}
