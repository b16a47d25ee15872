//! From dropped files to a report: the engine as whoever can read sees it.
//!
//! A session never reads. It says which range of which source it wants next ([`Session::want`]),
//! is pushed those bytes in pieces of any size, and is told where the range ends. A page with
//! `Blob`s and a command line with files drive it with the same loop.

mod causes;
mod columns;
mod converting;
mod feed;
mod files;
mod groups;
mod jobs;
mod listing;
mod output;
mod own;
mod parts;
mod plan;
mod rows;
mod so_far;
mod summary;
mod tables;
mod task;

use std::collections::VecDeque;
use std::sync::Arc;

use crate::check::Wrapping;
use crate::formats::{self, Fit, Format};
use crate::layout::{ColumnMap, Layout};
use crate::peek::{self, PEEK, Peek, peek};
use crate::profile::Profile;
use crate::report::Report;
use crate::source::Want;
use crate::source::zip::{self, Directory};
use crate::{Error, Result};
pub use converting::{Reading, one_file};
use files::{File, Source};
use jobs::{Active, Job};
pub use own::Own;
pub use parts::{Part, PartCheck, PartResult};
use plan::{Checked, Known};
pub use so_far::SoFar;
pub use summary::Context;
pub(crate) use tables::{Feed, Table};
pub use task::{Include, Piece, Print, Task};

/// What a check is asked to do.
#[derive(Clone, Debug)]
pub struct Options {
    /// The day that counts as today, in days since 1970.
    pub as_of: i32,
    /// The format, where it is not to be recognised.
    pub format: Option<String>,
    /// The profile laid over the format, if any.
    pub profile: Option<String>,
    /// Samples that a report shows of each group of findings. At most 100 are kept since the check;
    /// where more are asked for, a report that is written ([`Task::Print`]) reads the files again.
    pub samples: usize,
}

impl Options {
    /// Samples of each group that the check keeps.
    fn kept(&self) -> usize {
        self.samples.min(listing::KEPT)
    }
}

/// One bundle on its way through the engine.
pub struct Session {
    options: Options,
    /// The user's own layout, which then takes the place of all formats.
    layout: Option<Arc<Layout>>,
    /// What of such a layout was found among the files.
    texts: Vec<(usize, Vec<u8>)>,
    /// Which columns are which fields, where their labels do not say it.
    columns: Option<ColumnMap>,
    sources: Vec<Source>,
    files: Vec<File>,
    wrapping: Wrapping,
    /// Labels that a header may have.
    known: Arc<peek::Known>,
    peeks: Vec<Peek>,
    format: Option<(&'static Format, bool)>,
    /// The profile laid over it.
    profile: Option<Arc<Profile>>,
    /// What told the format from its relatives.
    why: Option<String>,
    fits: Vec<Fit>,
    specs: Vec<Option<usize>>,
    /// Whether all files were looked at, and the check is prepared if there is a format for it.
    planned: bool,
    checked: Option<Checked>,
    jobs: VecDeque<Job>,
    active: Option<Active>,
    done: u64,
    total: u64,
    output: output::Output,
}

impl Session {
    /// A session without files.
    pub fn new(options: Options) -> Session {
        Session {
            options,
            layout: None,
            texts: Vec::new(),
            columns: None,
            sources: Vec::new(),
            files: Vec::new(),
            wrapping: Wrapping::default(),
            known: Arc::default(),
            peeks: Vec::new(),
            format: None,
            profile: None,
            why: None,
            fits: Vec::new(),
            specs: Vec::new(),
            planned: false,
            checked: None,
            jobs: VecDeque::new(),
            active: None,
            done: 0,
            total: 0,
            output: output::Output::default(),
        }
    }

    /// Checks against tables of the user's own, whatever the files look like.
    pub fn with_layout(mut self, layout: Layout) -> Session {
        self.layout = Some(Arc::new(layout));
        self
    }

    /// Reads the labels of files by a map. It is one for the user's own layout, or for the format that is
    /// given.
    pub fn with_columns(mut self, map: ColumnMap) -> Session {
        self.columns = Some(map);
        self
    }

    /// Adds a file of `size` bytes; its number is what [`Session::want`] calls it by.
    pub fn add(&mut self, name: &str, size: u64) -> usize {
        self.sources.push(Source {
            name: name.to_owned(),
            size,
            unnamed: false,
        });
        self.sources.len() - 1
    }

    /// Adds what came through standard input or a pipe: it is called `name`, but that is not judged.
    pub fn add_unnamed(&mut self, name: &str, size: u64) -> usize {
        let source = self.add(name, size);
        self.sources[source].unnamed = true;
        source
    }

    /// Begins a task. The check comes first.
    pub fn begin(&mut self, task: Task) -> Result<()> {
        self.jobs.clear();
        self.active = None;
        // What is prepared already is not looked at again, and what is to be read is counted.
        if !self.planned || !matches!(task, Task::Plan | Task::Check) {
            (self.done, self.total) = (0, 0);
        }
        match task {
            Task::Plan if self.planned => {}
            Task::Check if self.planned => self.jobs.push_back(Job::Check),
            Task::Propose if self.planned => {
                self.output = output::Output::default();
                self.jobs.push_back(Job::Propose);
            }
            Task::Plan | Task::Check | Task::Propose | Task::Layout => {
                if self.sources.is_empty() {
                    return Err(Error::usage("there are no files; give at least one"));
                }
                self.known = formats::known_labels()?;
                let own = self.layout.iter().flat_map(|own| formats::labels(own));
                let mapped = self.columns.iter().flat_map(ColumnMap::labels);
                let mut others = own.chain(mapped).peekable();
                if others.peek().is_some() {
                    Arc::make_mut(&mut self.known).extend(others);
                }
                self.jobs.extend((0..self.sources.len()).map(Job::Sniff));
                match task {
                    Task::Layout => self.jobs.push_back(Job::Layout),
                    Task::Check => self.jobs.extend([Job::Plan, Job::Check]),
                    Task::Propose => self.jobs.extend([Job::Plan, Job::Propose]),
                    _ => self.jobs.push_back(Job::Plan),
                }
            }
            Task::Fix { .. } | Task::Convert { .. } | Task::Print { .. } => {
                self.begin_output(task)?
            }
        }
        Ok(())
    }

    /// The range wanted next, and of which source; `None` when the task is done.
    pub fn want(&mut self) -> Result<Option<(usize, Want)>> {
        loop {
            if let Some(Active::Directory { source, directory }) = &self.active
                && let Some(want) = directory.want()
            {
                return Ok(Some((*source, want)));
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
    pub fn push(&mut self, bytes: &[u8]) -> Result<bool> {
        let Some(active) = &mut self.active else {
            return Ok(false);
        };
        match active {
            Active::Sniff { head, .. } => {
                head.extend_from_slice(bytes);
                Ok(true)
            }
            Active::Directory { directory, .. } => {
                directory.push(bytes);
                Ok(true)
            }
            Active::Peek { feed, head, .. } => {
                // A piece may unpack to a thousand times its size.
                feed.push(bytes, &mut |piece| {
                    let room = PEEK - head.len();
                    head.extend_from_slice(&piece[..room.min(piece.len())]);
                })?;
                Ok(head.len() < PEEK)
            }
            Active::Text { feed, text, .. } => {
                feed.push(bytes, &mut |piece| text.extend_from_slice(piece))
            }
            Active::Check { feed, check, .. } => {
                self.done += bytes.len() as u64;
                feed.push(bytes, &mut |piece| {
                    check.push(piece);
                })
            }
            Active::Output { .. } => {
                self.done += bytes.len() as u64;
                self.push_output(bytes)
            }
            Active::Sample { feed, sample } => {
                self.done += bytes.len() as u64;
                feed.push(bytes, &mut |piece| sample.push(piece))
            }
            Active::Pause => Ok(false),
        }
    }

    /// The range is at its end, or [`push`](Session::push) said that it is enough.
    pub fn end(&mut self) -> Result<()> {
        match self.active.take() {
            None => Err(Error::bug("a range ended that was not asked for")),
            Some(Active::Sniff { source, head }) => {
                if zip::is_zip(&head) {
                    let Source { name, size, .. } = &self.sources[source];
                    let directory = Directory::new(name, *size);
                    self.active = Some(Active::Directory { source, directory });
                } else {
                    self.loose(source, None);
                }
                Ok(())
            }
            Some(Active::Directory {
                source,
                mut directory,
            }) => {
                directory.end()?;
                match directory.want() {
                    Some(_) => self.active = Some(Active::Directory { source, directory }),
                    None => self.archive(source, directory.members()?),
                }
                Ok(())
            }
            Some(Active::Peek { file, head, .. }) => {
                let size = self.files[file].size(&self.sources);
                let File { name, document, .. } = &self.files[file];
                let mut peek = peek(name, size, &head, &self.known);
                peek.foreign = document.or(peek.foreign);
                self.peeks.push(peek);
                Ok(())
            }
            Some(Active::Text { file, feed, text }) => {
                self.texts.push((file, text));
                feed.end()
            }
            Some(Active::Check {
                file,
                feed,
                check,
                so_far,
            }) => {
                feed.end()?;
                if let Some(checked) = &mut self.checked {
                    let mut partial = check.finish();
                    if let Known::Gathering(facts) = &mut checked.facts {
                        *facts = std::mem::take(&mut partial.facts);
                    }
                    let whole = match so_far {
                        Some(mut so_far) => {
                            // It was read from where the other ends, so it fits.
                            so_far.merge(partial).ok();
                            *so_far
                        }
                        None => partial,
                    };
                    checked.keep(file, whole);
                }
                Ok(())
            }
            Some(Active::Output { feed, .. }) => {
                feed.end()?;
                self.end_output()
            }
            Some(Active::Sample { feed, mut sample }) => {
                feed.end()?;
                sample.end();
                self.jobs.push_front(Job::Sample(sample));
                Ok(())
            }
            Some(Active::Pause) => Ok(()),
        }
    }

    /// Bytes of the task that were read, and bytes in all as far as is known.
    pub fn progress(&self) -> (u64, u64) {
        (self.done, self.total)
    }

    /// Bytes of the files that are to be checked, unpacked; as zips declare them.
    pub fn unpacked(&self) -> u64 {
        let pending = self.checked.iter().flat_map(|checked| &checked.pending);
        let sizes = pending.map(|pending| self.files[pending.file].size(&self.sources));
        sizes.fold(0, u64::saturating_add)
    }

    /// What was found, with the samples that are kept. An error before a check is done.
    pub fn report(&self) -> Result<Report> {
        summary::report(self)
    }

    /// The record of a sample with its labels: the `sample`th of the report's `group`th group.
    pub fn context(&self, group: usize, sample: usize) -> Option<Context> {
        summary::context(self, group, sample)
    }

    /// Pieces of output that have not been taken yet.
    pub fn take(&mut self) -> Vec<Piece> {
        self.output.take()
    }

    /// Whether the bundle is one loose file, so that its repaired copy is one file, too.
    pub fn is_one_file(&self) -> bool {
        matches!(self.files.as_slice(), [File { member: None, .. }])
    }
}
