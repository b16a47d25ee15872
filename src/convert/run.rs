//! A conversion while it runs: files of the source in, files of the target out.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::choose;
use super::foreseen::blank;
use super::loss::Loss;
use super::made::{Made, Maker};
use super::plan::{From, Parts, Plan};
use super::record::{Given, Read, Reading, Record};
use super::table::Row;
use super::{Bundle, Converts, Lost, Mapping, Next, Own, Stays, What, Written};
use crate::Result;
use crate::formats::Format;
use crate::layout::Layout;
use crate::legacy::lossy;
use crate::peek::Peek;
use crate::records::trim;
use crate::session::Piece;
use crate::types::list;

/// What the bytes of a file are read for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Pass {
    /// Rust and other files want to know of its records.
    Look(usize),
    /// No file is read: what Rust made of the records that it saw is written.
    Group,
    /// Its records become those of a file of the target.
    Make(usize),
}

/// A conversion.
pub struct Conversion {
    pub(super) rows: Vec<Row>,
    pub(super) given: Vec<Given>,
    pub(super) layout: Arc<Layout>,
    title: &'static str,
    pub(super) plan: Plan,
    pub(super) own: Box<dyn Own>,
    pub(super) loss: Loss,
    /// Columns of each file that are known to hold nothing.
    pub(super) blank: Vec<Vec<usize>>,
    /// For each lookup what stands under a key.
    pub(super) known: Vec<HashMap<Vec<u8>, Vec<u8>>>,
    reading: Option<(Pass, Reading)>,
    /// Whether what goes nowhere is counted, so that another reading does not count it again.
    pub(super) counted: bool,
    pub(super) written: Vec<Written>,
    /// Cells of the record at hand.
    cells: Vec<Vec<u8>>,
}

impl Conversion {
    /// Prepares the mapping for files of the source. `others` are those that cannot be read, and why.
    pub(crate) fn new(
        mapping: &'static Mapping,
        to: &'static Format,
        given: Vec<Given>,
        others: &[(String, String)],
        peeks: &[Peek],
        asked: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Conversion> {
        let rows = mapping.rows()?;
        let layout = choose::layout((to.layout)()?.of(to.id), &given, asked("layout"))?;
        let layout = Arc::new(layout);
        let bundle = Bundle {
            peeks,
            layout: &layout,
            asked,
        };
        let mut loss = Loss::default();
        let parts = Parts {
            rows: &rows,
            given: &given,
            layout: &layout,
            title: to.title,
            asked,
        };
        parts.fits()?;
        let plan = parts.plan(&mut loss);
        for (at, why) in &plan.dropped {
            loss.tell_file(What::FileDropped, &given[*at].name, given[*at].records, why);
        }
        for (name, why) in others {
            loss.tell_file(What::FileDropped, name, 0, why);
        }
        loss.tell_legacy(&given);
        let own = (mapping.own)(&bundle);
        Ok(Conversion {
            known: plan.lookups.iter().map(|_| HashMap::new()).collect(),
            rows,
            blank: given.iter().map(|given| blank(given, peeks)).collect(),
            given,
            layout,
            title: to.title,
            plan,
            own,
            loss,
            reading: None,
            counted: false,
            written: Vec::new(),
            cells: Vec::new(),
        })
    }
}

impl Converts for Conversion {
    fn passes(&self) -> Vec<Pass> {
        let made = self.plan.targets.iter().enumerate();
        let made = made.filter(|(_, target)| target.given.is_some());
        let made = made.map(|(at, _)| Pass::Make(at));
        self.looks().into_iter().chain(made).collect()
    }

    fn looks(&self) -> Vec<Pass> {
        let reads = self.own.reads();
        let looks = (0..self.given.len()).filter(move |at| {
            let named = reads.contains(&self.given[*at].plan.spec().name.as_str());
            named || self.plan.lookups.iter().any(|lookup| lookup.given == *at)
        });
        looks.map(Pass::Look).chain([Pass::Group]).collect()
    }

    fn file(&self, pass: Pass) -> Option<usize> {
        Some(self.given[self.of(pass)?].at)
    }

    fn foreseen(&self) -> Vec<String> {
        self.foresee()
    }

    fn group(&mut self, pieces: &mut Vec<Piece>) -> Next {
        self.write_groups(pieces)
    }

    fn begin(&mut self, pass: Pass) {
        if let Some(given) = self.of(pass) {
            self.reading = Some((pass, Reading::new(&self.given[given])));
        }
    }

    fn push(&mut self, bytes: Option<&[u8]>, pieces: &mut Vec<Piece>) {
        let Some((pass, mut reading)) = self.reading.take() else {
            return;
        };
        let mut out = Vec::new();
        reading.push(bytes, &mut |read| match (pass, read) {
            (Pass::Look(at), Read::Whole(record)) => self.look(at, record),
            (Pass::Make(at), Read::Whole(record)) => self.make(at, record, &mut out, pieces),
            (Pass::Make(at), Read::Cut(record)) => self.cut(at, record),
            (Pass::Look(at), Read::Cut(record)) => self.overlook(at, record),
            (Pass::Group, _) => {}
        });
        if let (Pass::Make(at), None) = (pass, bytes) {
            self.close(at, &mut out, pieces);
        }
        if !out.is_empty() {
            pieces.push(Piece::Bytes(out));
        }
        if bytes.is_some() {
            self.reading = Some((pass, reading));
        }
    }

    fn finish(&mut self, pieces: &mut Vec<Piece>) {
        // The first file of a bundle may tell of all others: it is written last.
        for at in (0..self.plan.targets.len()).rev() {
            if self.plan.targets[at].given.is_none() {
                let mut out = Vec::new();
                self.close(at, &mut out, pieces);
                if !out.is_empty() {
                    pieces.push(Piece::Bytes(out));
                }
            }
        }
        pieces.push(Piece::Log(self.loss.table()));
    }

    fn lost(&self) -> Vec<&Lost> {
        self.loss.all()
    }
}

impl Conversion {
    /// The file that a pass reads, by its place among those given.
    fn of(&self, pass: Pass) -> Option<usize> {
        match pass {
            Pass::Look(at) => Some(at),
            Pass::Group => None,
            Pass::Make(at) => self.plan.targets[at].given,
        }
    }

    fn cut(&mut self, at: usize, record: &Record<'_>) {
        if let Some(given) = self.home(at) {
            let kind = self.plan.sources[given].cut;
            self.loss.count(kind, record.line(), b"");
        }
    }

    /// The file that a file of the target is made of, if this one tells what of it is lost.
    fn home(&self, at: usize) -> Option<usize> {
        let given = self.plan.targets[at].given?;
        (self.plan.sources[given].home == Some(at)).then_some(given)
    }

    fn make(&mut self, at: usize, record: &Record<'_>, out: &mut Vec<u8>, pieces: &mut Vec<Piece>) {
        let file = &self.layout.files[self.plan.targets[at].spec].name;
        let stays = self.own.keep(record, file, &mut self.loss);
        if stays == Stays::No {
            return;
        }
        if let Some(given) = self.home(at) {
            self.count(given, record);
        }
        if stays == Stays::Joined {
            return;
        }
        let mut cells = std::mem::take(&mut self.cells);
        let each = self.plan.targets[at].each;
        let list = each.map(|each| self.list(at, each, record));
        match &list {
            None => self.one(at, record, None, &mut cells, out, pieces),
            Some(items) => {
                for item in items {
                    self.one(at, record, Some(item), &mut cells, out, pieces);
                }
            }
        }
        self.cells = cells;
    }

    /// The items that a record has one record of the target for; a blank one where it has none.
    fn list(&mut self, at: usize, each: usize, record: &Record<'_>) -> Vec<Vec<u8>> {
        let target = &self.plan.targets[at];
        let (field, cell) = match target.cells[each].from {
            From::Column(column) => (record.column_name(column), record.cell(column)),
            _ => Default::default(),
        };
        let (mut items, mut known) = (Vec::new(), HashSet::new());
        let all = cell.split(|byte| *byte == list::SEPARATOR).map(trim);
        for item in all.filter(|item| !item.is_empty()) {
            if known.insert(item) {
                items.push(item.to_vec());
                continue;
            }
            let (text, why) = (lossy(item), "the list has it twice");
            self.loss
                .tell(What::ValueDropped, record, field, &text, why);
        }
        if items.is_empty() {
            items.push(Vec::new());
        }
        items
    }

    fn one(
        &mut self,
        at: usize,
        record: &Record<'_>,
        item: Option<&[u8]>,
        cells: &mut Vec<Vec<u8>>,
        out: &mut Vec<u8>,
        pieces: &mut Vec<Piece>,
    ) {
        let target = &self.plan.targets[at];
        let spec = &self.layout.files[target.spec];
        let maker = Maker {
            target,
            spec,
            rows: &self.rows,
            known: &self.known,
            title: self.title,
        };
        maker.make(record, item, cells, &mut self.loss);
        let mut made = Made { spec, cells };
        self.own.make(record, &mut made, &mut self.loss);
        for needed in &target.needed {
            let due = needed.when.as_ref().is_none_or(|(field, values)| {
                let is = trim(&cells[*field]);
                values.iter().any(|value| value.as_bytes() == is)
            });
            if due && trim(&cells[needed.field]).is_empty() {
                self.loss.count(needed.kind, record.line(), b"");
            }
        }
        self.start(at, out, pieces);
        self.row(at, cells, Some(record), out);
    }
}
