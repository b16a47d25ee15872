//! What a comparison does, in order.

use super::file::{SIDES, Side};
use super::keys::{CHANGED, DONE, Entry, HELD, MARKED, NEW, OLD};
use super::look::Look;
use super::matching::Gathering;
use super::read::{Pass, Reading};
use super::write::Bundle;
use super::{Comparison, Known};
use crate::formats::Way;
use crate::source::Want;
use crate::{Error, Result};

/// Something to be done, most of it with bytes. Files have numbers.
#[derive(Clone, Copy)]
pub(super) enum Job {
    /// Recognises the files of a side.
    Plan(Side),
    /// Both sides were recognised.
    Ready,
    /// Notes which keys a file has.
    Index(Side, usize),
    /// All keys are known.
    Indexed,
    /// Begins to look for records with new keys.
    Match(usize),
    /// Reads what another file says of records.
    Hear(Side, usize),
    /// Reads what decides which records are the same.
    Gather(Side, usize),
    /// Everything was gathered.
    Matched,
    /// Reads keys that are shown.
    Name(Side, usize),
    /// Begins to put changed records side by side.
    Look(usize),
    /// Reads them.
    Side(Side, usize),
    /// Both sides were read; there may be more.
    Looked(usize),
    /// The comparison is done.
    Done,
    /// The same for all changes, to write them.
    List(usize),
    /// Reads them.
    Rows(Side, usize),
    /// Both sides were read; there may be more.
    Listed(usize),
    /// Writes records of a side to a bundle.
    Write(Bundle, Side, usize),
    /// Reads the next of a side's files of the kind, for the same.
    Next(Pass, Side, usize, usize),
    /// The file of the bundle is whole.
    Written,
}

/// What the pushed bytes are for.
pub(super) enum Active {
    Plan(Side),
    Read(Box<Reading>),
}

impl Comparison {
    /// Begins a job. `None` where it needs no bytes, and so is done.
    pub(super) fn start(&mut self, job: Job) -> Result<Option<(usize, Want)>> {
        let keep = self.options.samples;
        match job {
            Job::Plan(side) => {
                self.active = Some(Active::Plan(side));
                return Ok(None);
            }
            // What a file is in that is not UTF-8 its whole says: where that came as a surprise, all is
            // read once more.
            Job::Indexed if std::mem::take(&mut self.misread) => {
                self.ready()?;
                return Ok(None);
            }
            Job::Ready => {
                self.ready()?;
                return Ok(None);
            }
            Job::Done => {
                self.compared = true;
                return Ok(None);
            }
            _ => {}
        }
        let Some(known) = &mut self.known else {
            return Err(Error::bug("files were to be read that are not known"));
        };
        let next: Vec<Job> = match job {
            Job::Index(side, at) => return self.start_read(Pass::Index, side, at, 0),
            Job::Hear(side, at) => return self.start_read(Pass::Hear, side, at, 0),
            Job::Gather(side, at) => return self.start_read(Pass::Gather, side, at, 0),
            Job::Name(side, at) => return self.start_read(Pass::Name, side, at, 0),
            Job::Side(side, at) => return self.start_read(Pass::Look, side, at, 0),
            Job::Rows(side, at) => return self.start_read(Pass::Rows, side, at, 0),
            Job::Write(bundle, side, at) => {
                return self.start_read(Pass::Write(bundle), side, at, 0);
            }
            Job::Next(pass, side, at, nth) => return self.start_read(pass, side, at, nth),
            Job::Indexed => indexed(known),
            Job::Match(at) => {
                known.gathering = Gathering::new(&known.matching, &known.files, at);
                let others = known.gathering.iter().flat_map(|all| &all.others);
                let others: Vec<usize> = others.map(|other| other.file).collect();
                let hear = SIDES
                    .iter()
                    .flat_map(|side| others.iter().map(|at| Job::Hear(*side, *at)));
                let mut next: Vec<Job> = hear.collect();
                // What a match decides has to be known before records are put side by side.
                if known.gathering.as_ref().is_some_and(Gathering::pairs) {
                    next.extend(SIDES.map(|side| Job::Gather(side, at)));
                    next.push(Job::Matched);
                }
                next
            }
            Job::Matched => match known.gathering.take() {
                Some(gathering) => {
                    let at = gathering.file;
                    let found = gathering.settle(&mut known.files, keep);
                    let shown = found.iter().any(|found| !found.pairs.is_empty());
                    known.matched.extend(found);
                    let name = SIDES.map(|side| Job::Name(side, at));
                    name.into_iter().filter(|_| shown).collect()
                }
                None => Vec::new(),
            },
            Job::Look(at) => {
                known.look = Look::new(keep);
                match is_changed(known, at) {
                    true => both(Job::Side, at, Job::Looked(at)),
                    false => Vec::new(),
                }
            }
            Job::Looked(at) => match known.look.is_left() {
                true => both(Job::Side, at, Job::Looked(at)),
                false => vec![Job::Matched],
            },
            Job::List(at) => {
                known.look = Look::new(0);
                known.files[at].keys.unset(DONE | HELD);
                match is_changed(known, at) {
                    true => both(Job::Rows, at, Job::Listed(at)),
                    false => Vec::new(),
                }
            }
            Job::Listed(at) => match known.look.is_left() {
                true => both(Job::Rows, at, Job::Listed(at)),
                false => Vec::new(),
            },
            Job::Written => {
                known.columns = None;
                Vec::new()
            }
            Job::Plan(_) | Job::Ready | Job::Done => Vec::new(),
        };
        next.into_iter()
            .rev()
            .for_each(|job| self.jobs.push_front(job));
        Ok(None)
    }
}

/// The same job for a file of both sides, and what is to be done then.
fn both(job: fn(Side, usize) -> Job, at: usize, then: Job) -> Vec<Job> {
    let [old, new] = SIDES.map(|side| job(side, at));
    vec![old, new, then]
}

/// All keys are known: what is to be looked at more closely.
fn indexed(known: &mut Known) -> Vec<Job> {
    let mut next = Vec::new();
    let mut matched: Vec<usize> = Vec::new();
    // In the order of the table: whom a record names is matched before the record.
    for row in &known.matching {
        let at = known.files.iter().position(|file| file.name() == row.file);
        if let Some(at) = at.filter(|at| !matched.contains(at)) {
            matched.push(at);
        }
    }
    let is_match = |at: &usize| {
        let name = known.files[*at].name();
        let mut rows = known.matching.iter().filter(|row| row.file == name);
        rows.any(|row| row.way == Way::Match)
    };
    next.extend(
        matched
            .iter()
            .filter(|at| is_match(at))
            .map(|at| Job::Match(*at)),
    );
    for at in &known.order {
        if !is_match(at) {
            next.push(Job::Match(*at));
        }
        next.push(Job::Look(*at));
    }
    next.push(Job::Done);
    next
}

/// Whether a file is to be read again.
fn is_changed(known: &Known, at: usize) -> bool {
    let differs = |entry: &Entry| entry.has(OLD) != entry.has(NEW) || entry.has(CHANGED | MARKED);
    let file = &known.files[at];
    // Nothing becomes of the records of a file that NEW lacks.
    file.half(Side::New).is_some() && file.keys.iter().any(differs)
}
