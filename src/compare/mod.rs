//! What would an import change? OLD is what the receiver has or got last, NEW is what is about to be
//! sent.
//!
//! A [`Comparison`] is driven like a [`crate::session::Session`], by the same loop: it says which
//! range of which source it wants next, is pushed those bytes and told where the range ends. Sources
//! are numbered, those of OLD first.
//!
//! Neither bundle is held. The first pass over both notes for each key a fingerprint of its record
//! (`keys`): a key that one side alone has is added or missing, one with two fingerprints has
//! changed. Only files with changes are read again, to put their changed records side by side
//! (`look`), to see which of the others are the same by another key (`matching`), and what of it
//! the receiver would not do (`guards`, `keep`). The delta that takes OLD to NEW is written by a
//! further pass (`write`).

mod counts;
mod differences;
mod file;
mod guards;
mod half;
mod index;
mod jobs;
mod keep;
mod keys;
mod limits;
mod look;
mod matched;
mod matching;
mod options;
mod output;
mod read;
mod ready;
mod references;
mod rows;
mod schools;
mod slots;
mod sum;
mod tell;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
mod unkeyed;
mod whole;
mod write;

use std::collections::VecDeque;

use crate::formats::{Format, Matching};
use crate::layout::Layout;
use crate::legacy::Encoding;
use crate::rules::unknown_file::TooMany;
use crate::session::{self, Piece, Session, Task as SessionTask};
use crate::source::Want;
use crate::{Error, Result};
pub use file::Side;
use file::{File, SIDES};
use jobs::{Active, Job};
use limits::Limits;
pub use limits::THRESHOLD;
use look::Look;
use matched::Matched;
use matching::Gathering;
pub use options::{Options, Print, Task, as_of, instant};
use schools::Schools;
use tell::Tell;
use write::Bundle;

/// Two bundles on their way through the engine.
pub struct Comparison {
    options: Options,
    /// Those who recognise the files of each side.
    sides: [Session; 2],
    /// Sources of each side.
    sources: [Vec<Source>; 2],
    known: Option<Known>,
    /// Files, by their numbers on their side, that are in another encoding than the usual one.
    encodings: Vec<(Side, usize, Encoding)>,
    /// One of them was read before that was known.
    misread: bool,
    /// What makes them beyond comparison.
    refused: Option<Tell>,
    compared: bool,
    jobs: VecDeque<Job>,
    active: Option<Active>,
    pieces: Vec<Piece>,
    done: u64,
    total: u64,
}

/// How a file is added to a session.
type Add = fn(&mut Session, &str, u64) -> usize;

/// A file that was added.
struct Source {
    name: String,
    size: u64,
    add: Add,
}

/// What recognises the files of a side, if the format is not given.
fn session(as_of: i32, format: Option<String>) -> Session {
    Session::new(session::Options {
        as_of,
        format,
        profile: None,
        samples: 0,
    })
}

/// What is known of both bundles.
struct Known {
    format: &'static Format,
    detected: bool,
    why: Option<String>,
    matching: Vec<Matching>,
    limits: Limits,
    files: Vec<File>,
    /// Further files of a kind, by their names, which are not compared, and what they are.
    others: Vec<(Side, String, TooMany)>,
    /// The order in which files are read.
    order: Vec<usize>,
    schools: Schools,
    gathering: Option<Gathering>,
    matched: Vec<Matched>,
    look: Look,
    /// Slots of the file that is written; none before its first record.
    columns: Option<Vec<usize>>,
    text: Vec<u8>,
}

impl Known {
    /// Whether there was no room for something that has to be kept.
    fn is_full(&self) -> bool {
        let mut files = self.files.iter();
        let mut gathering = self.gathering.iter();
        files.any(|file| file.keys.is_full()) || gathering.any(|all| all.is_full)
    }
}

impl Comparison {
    /// A comparison without files.
    pub fn new(options: Options) -> Comparison {
        let session = || session(options.as_of, options.format.clone());
        Comparison {
            sides: [session(), session()],
            options,
            sources: [Vec::new(), Vec::new()],
            known: None,
            encodings: Vec::new(),
            misread: false,
            refused: None,
            compared: false,
            jobs: VecDeque::new(),
            active: None,
            pieces: Vec::new(),
            done: 0,
            total: 0,
        }
    }

    /// Compares by tables of the user's own, given once for each side.
    pub fn with_layouts(mut self, old: Layout, new: Layout) -> Comparison {
        self.sides = {
            let [one, two] = self.sides;
            [one.with_layout(old), two.with_layout(new)]
        };
        self
    }

    /// Adds a file of `size` bytes to a side.
    pub fn add(&mut self, side: Side, name: &str, size: u64) {
        self.add_source(side, name, size, Session::add);
    }

    /// Adds what came through standard input or a pipe: it is called `name`, but that says nothing.
    pub fn add_unnamed(&mut self, side: Side, name: &str, size: u64) {
        self.add_source(side, name, size, Session::add_unnamed);
    }

    fn add_source(&mut self, side: Side, name: &str, size: u64, add: Add) {
        add(&mut self.sides[side as usize], name, size);
        self.sources[side as usize].push(Source {
            name: name.to_owned(),
            size,
            add,
        });
    }

    /// Begins a task.
    ///
    /// # Errors
    /// A side has no files; the comparison did not come first; or there is no such bundle to write.
    pub fn begin(&mut self, task: Task) -> Result<()> {
        self.jobs.clear();
        self.active = None;
        (self.done, self.total) = (0, 0);
        if let Task::Compare = task {
            for side in SIDES {
                if self.sources[side as usize].is_empty() {
                    let text = format!("{} has no files; give at least one", side.word());
                    return Err(Error::usage(text));
                }
                self.sides[side as usize].begin(SessionTask::Plan)?;
            }
            self.compared = false;
            self.encodings.clear();
            self.jobs
                .extend([Job::Plan(Side::Old), Job::Plan(Side::New), Job::Ready]);
            return Ok(());
        }
        if !self.compared {
            return Err(Error::bug("an output was asked for before the comparison"));
        }
        match task {
            Task::Compare => Ok(()),
            Task::Delta => self.begin_bundle(Bundle::Delta),
            Task::Fold => self.begin_bundle(Bundle::Fold),
            Task::Print(print) => self.begin_print(print),
        }
    }

    /// The range wanted next, and of which source; `None` when the task is done.
    ///
    /// # Errors
    /// A source cannot be read: an unreadable zip, two files of one name.
    pub fn want(&mut self) -> Result<Option<(usize, Want)>> {
        loop {
            if let Some(Active::Plan(side)) = self.active {
                let wanted = self.sides[side as usize].want();
                if let Some((source, want)) = wanted.map_err(|error| error.of(side.word()))? {
                    return Ok(Some((self.first(side) + source, want)));
                }
                self.active = None;
            }
            if self.active.is_some() {
                return Err(Error::bug(
                    "a range was asked for before the last one ended",
                ));
            }
            let Some(job) = self.jobs.pop_front() else {
                return Ok(None);
            };
            if let Some(want) = self.start(job)? {
                return Ok(Some(want));
            }
        }
    }

    /// Takes the next bytes of the range. False when the rest of it is not needed.
    ///
    /// # Errors
    /// A member of a zip is damaged.
    pub fn push(&mut self, bytes: &[u8]) -> Result<bool> {
        let (side, more) = match &self.active {
            None => return Ok(false),
            Some(Active::Plan(side)) => (*side, self.sides[*side as usize].push(bytes)),
            Some(Active::Read(reading)) => {
                self.done += bytes.len() as u64;
                (reading.side, self.read(bytes))
            }
        };
        more.map_err(|error| error.of(side.word()))
    }

    /// The range is at its end, or [`push`](Comparison::push) said that it is enough.
    ///
    /// # Errors
    /// A member of a zip is damaged, or no range was asked for.
    pub fn end(&mut self) -> Result<()> {
        let (side, ended) = match &self.active {
            None => return Err(Error::bug("a range ended that was not asked for")),
            Some(Active::Plan(side)) => (*side, self.sides[*side as usize].end()),
            Some(Active::Read(reading)) => (reading.side, self.end_read()),
        };
        ended.map_err(|error| error.of(side.word()))
    }

    /// Bytes of the task that were read, and bytes in all as far as is known.
    pub fn progress(&self) -> (u64, u64) {
        (self.done, self.total)
    }

    /// Pieces of output that have not been taken yet.
    pub fn take(&mut self) -> Vec<Piece> {
        std::mem::take(&mut self.pieces)
    }

    /// The number of a side's first source.
    fn first(&self, side: Side) -> usize {
        match side {
            Side::Old => 0,
            Side::New => self.sources[0].len(),
        }
    }
}
