//! Reads a file of one side for one purpose.

use std::sync::Arc;

use super::file::Side;
use super::jobs::{Active, Job};
use super::look::Sink;
use super::rows::{Columns, Row, Rows};
use super::write::{self, Bundle};
use super::{Comparison, Known, guards, index, references};
use crate::check::Print;
use crate::report::compare::rows;
use crate::session::{Feed, Piece};
use crate::source::Want;
use crate::{Error, Result};

/// What a file is read for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pass {
    /// Which keys there are.
    Index,
    /// What it says of records of another file.
    Hear,
    /// What decides which records are the same.
    Gather,
    /// Keys that are shown.
    Name,
    /// What differs.
    Look,
    /// The same, to be written as a table.
    Rows,
    /// To be written to a bundle.
    Write(Bundle),
}

/// A file of one side that is being read.
pub(super) struct Reading {
    pass: Pass,
    pub side: Side,
    at: usize,
    /// Which of the side's files of the kind it is.
    nth: usize,
    feed: Feed,
    rows: Rows,
    columns: Arc<Columns>,
}

impl Comparison {
    /// Begins to read a file of a side, the `nth` of its kind; nothing where the side does not have it.
    pub(super) fn start_read(
        &mut self,
        pass: Pass,
        side: Side,
        at: usize,
        nth: usize,
    ) -> Result<Option<(usize, Want)>> {
        let first = self.first(side);
        let Some(known) = &mut self.known else {
            return Ok(None);
        };
        if nth == 0 {
            known.files[at].begin(side);
        }
        let half = known.files[at].half(side);
        let Some(given) = half.and_then(|half| half.given.get(nth)) else {
            return Ok(None);
        };
        let table = &given.table;
        let range = (first + table.source, table.want);
        self.active = Some(Active::Read(Box::new(Reading {
            pass,
            side,
            at,
            nth,
            feed: self.sides[side as usize].table_feed(table),
            rows: Rows::new(&table.plan, table.start, given.encoding),
            columns: Arc::clone(&given.columns),
        })));
        if !matches!(pass, Pass::Index | Pass::Write(_)) {
            self.total += range.1.size();
        }
        Ok(Some(range))
    }

    /// Takes bytes of the file that is being read.
    pub(super) fn read(&mut self, bytes: &[u8]) -> Result<bool> {
        let Some(Active::Read(mut reading)) = self.active.take() else {
            return Ok(false);
        };
        let Reading {
            pass,
            side,
            at,
            feed,
            rows,
            columns,
            ..
        } = &mut *reading;
        let mut visit = Visit::new(self, *pass, *side, *at);
        let more = feed.push(bytes, &mut |piece| {
            rows.push(Some(piece), columns, &mut |rows| visit.rows(rows));
        });
        visit.finish();
        self.active = Some(Active::Read(reading));
        match self.is_full() {
            true => Err(Error::memory("compare")),
            false => more,
        }
    }

    fn is_full(&self) -> bool {
        self.known.as_ref().is_some_and(Known::is_full)
    }

    /// The file that is being read is at its end.
    pub(super) fn end_read(&mut self) -> Result<()> {
        let Some(Active::Read(reading)) = self.active.take() else {
            return Ok(());
        };
        let Reading {
            pass,
            side,
            at,
            nth,
            feed,
            mut rows,
            columns,
        } = *reading;
        self.jobs.push_front(Job::Next(pass, side, at, nth + 1));
        let mut visit = Visit::new(self, pass, side, at);
        rows.push(None, &columns, &mut |rows| visit.rows(rows));
        visit.finish();
        if let (Pass::Index, Some(known)) = (pass, &mut self.known)
            && let Some(half) = &mut known.files[at].sides[side as usize]
        {
            half.oversized += rows.oversized;
            half.unclosed += rows.unclosed;
            half.headers += rows.headers;
            let given = &half.given[nth];
            if let Some(told) = rows.encoding().filter(|told| *told != given.encoding) {
                self.encodings.push((side, given.table.file, told));
                self.misread = true;
            }
        }
        match self.is_full() {
            true => Err(Error::memory("compare")),
            false => feed.end(),
        }
    }
}

/// What is done with the records of a file.
struct Visit<'a> {
    known: Option<&'a mut Known>,
    pieces: &'a mut Vec<Piece>,
    instant: &'a str,
    keep: usize,
    pass: Pass,
    side: Side,
    at: usize,
    /// What is written of them.
    out: Vec<u8>,
}

impl<'a> Visit<'a> {
    fn new(comparison: &'a mut Comparison, pass: Pass, side: Side, at: usize) -> Visit<'a> {
        Visit {
            known: comparison.known.as_mut(),
            pieces: &mut comparison.pieces,
            instant: &comparison.options.instant,
            keep: comparison.options.samples,
            pass,
            side,
            at,
            out: Vec::new(),
        }
    }

    fn rows(&mut self, rows: &[Row<'_>]) {
        let Some(known) = self.known.as_deref_mut() else {
            return;
        };
        let Known { files, text, .. } = known;
        let file = &files[self.at];
        let prints = rows.iter().map(|row| file.print(row, text));
        let prints: Vec<Option<Print>> = prints.collect();
        file.keys.warm(&prints);
        for (row, print) in rows.iter().zip(prints) {
            self.row(row, print);
        }
    }

    /// Takes a record and the fingerprint of its key.
    fn row(&mut self, row: &Row<'_>, print: Option<Print>) {
        let (side, at) = (self.side, self.at);
        let Some(known) = self.known.as_deref_mut() else {
            return;
        };
        let files = &mut known.files;
        let text = &mut known.text;
        match self.pass {
            Pass::Index => {
                index::index(
                    files,
                    &mut known.schools,
                    (at, side),
                    (row, print),
                    self.keep,
                    text,
                );
            }
            Pass::Hear => {
                let all = known.gathering.iter_mut();
                all.for_each(|all| all.hear(files, at, row, print));
            }
            Pass::Write(bundle) => self.write(bundle, row, print),
            Pass::Gather | Pass::Name | Pass::Look | Pass::Rows => {
                let key = print.and_then(|print| files[at].locate(side, row, print));
                if let Some(key) = key {
                    self.look(key, row);
                }
            }
        }
    }

    /// Takes a record whose key has this number.
    fn look(&mut self, key: usize, row: &Row<'_>) {
        let (side, at) = (self.side, self.at);
        let Some(known) = self.known.as_deref_mut() else {
            return;
        };
        let Known {
            files,
            schools,
            gathering,
            matched,
            look,
            ..
        } = known;
        if self.pass == Pass::Gather || self.pass == Pass::Look && look.is_first() {
            let all = gathering.iter_mut();
            all.for_each(|all| all.take(files, side, key, row));
        }
        let is_first = self.pass == Pass::Look && look.is_first();
        if is_first && side == Side::New && !files[at].is_marked(row) {
            references::look(files, at, row, self.keep);
            guards::compare_word(files, at, row, self.keep);
        }
        if self.pass == Pass::Name {
            let shown = files[at].shown_key(row);
            let here = matched.iter_mut().filter(|matched| matched.file == at);
            here.for_each(|matched| matched.name(side, key as u32, &shown));
        }
        let name = files[at].name().to_owned();
        let mut each = |sample, school: u32| {
            let school = (school as usize).checked_sub(1);
            let school = school.and_then(|school| schools.list.get(school));
            let school = school.map_or("", |(key, _)| key);
            rows::change(&name, school, &sample, &mut self.out);
        };
        let mut sink = match self.pass {
            Pass::Look => Sink::Count,
            Pass::Rows => Sink::Rows(&mut each),
            _ => return,
        };
        match side {
            Side::Old => look.old(&mut files[at], key, row, &mut sink),
            Side::New => look.new_side(files, at, key, row, &mut sink),
        }
    }

    /// Writes the record to a bundle, if it is part of it.
    fn write(&mut self, bundle: Bundle, row: &Row<'_>, print: Option<Print>) {
        let Some(known) = self.known.as_deref_mut() else {
            return;
        };
        let file = &mut known.files[self.at];
        // What OLD says is to be deleted is gone.
        if self.side == Side::Old && file.is_marked(row) {
            return;
        }
        let at = match (bundle, self.side, print) {
            // A record of OLD that cannot be told from another stays, as long as nothing is said of it.
            (Bundle::Fold, Side::Old, print) => print.and_then(|print| file.keys.find(print)),
            (Bundle::Fold, Side::New, None) => None,
            _ => match print.and_then(|print| file.locate(self.side, row, print)) {
                Some(at) => Some(at),
                None => return,
            },
        };
        let Some(stamp) = write::stamp(bundle, file, self.side, at, self.instant) else {
            return;
        };
        let slots = known.columns.get_or_insert_with(|| {
            let (slots, header) = write::header(file);
            self.pieces.push(Piece::File(file.name().to_owned()));
            self.out.extend(header);
            slots
        });
        write::write(file, slots, row, stamp, &mut self.out);
    }

    /// Hands on what was written.
    fn finish(self) {
        if !self.out.is_empty() {
            self.pieces.push(Piece::Bytes(self.out));
        }
    }
}
