//! What a session does, in order, and the range of bytes that each job needs.

use std::sync::Arc;

use super::feed::Feed;
use super::plan::Known;
use super::{Result, Session};
use crate::check::{FileCheck, Pass};
use crate::peek::PEEK;
use crate::source::Want;
use crate::source::zip::Directory;

/// Something to be done, most of it with bytes.
pub(super) enum Job {
    /// Tells by a source's first bytes whether it is a zip.
    Sniff(usize),
    /// Looks at the start of a file.
    Peek(usize),
    /// Recognises the format, once all files were looked at.
    Plan,
    /// Checks a file and gathers facts.
    Check(usize),
    /// Sees in the facts which files have broken relations.
    Resolve,
    /// Reads such a file once more, for the places.
    Place(usize),
    /// Writes a file of the output.
    Output(usize),
}

/// What the pushed bytes are for.
pub(super) enum Active {
    Sniff {
        source: usize,
        head: Vec<u8>,
    },
    Directory {
        source: usize,
        directory: Directory,
    },
    Peek {
        file: usize,
        feed: Feed,
        head: Vec<u8>,
    },
    Check {
        file: usize,
        feed: Feed,
        check: Box<FileCheck>,
    },
    Output {
        file: usize,
        feed: Feed,
    },
}

impl Session {
    /// Begins a job. `None` where it needs no bytes, and so is done.
    pub(super) fn start(&mut self, job: Job) -> Result<Option<(usize, Want)>> {
        match job {
            Job::Sniff(source) => {
                self.active = Some(Active::Sniff {
                    source,
                    head: Vec::new(),
                });
                let end = self.sources[source].size.min(4);
                Ok(Some((source, Want { start: 0, end })))
            }
            Job::Peek(file) => {
                let feed = self.feed(file);
                self.active = Some(Active::Peek {
                    file,
                    feed,
                    head: Vec::new(),
                });
                let mut range = self.files[file].range(&self.sources);
                if self.files[file].member.is_none() {
                    range.end = range.end.min(PEEK as u64);
                }
                Ok(Some((self.files[file].source, range)))
            }
            Job::Plan => {
                if self.peeks.len() < self.files.len() {
                    self.jobs
                        .extend((self.peeks.len()..self.files.len()).map(Job::Peek));
                    self.jobs.push_back(Job::Plan);
                } else {
                    self.plan()?;
                }
                Ok(None)
            }
            Job::Check(file) | Job::Place(file) => Ok(self.start_check(file)),
            Job::Resolve => {
                self.resolve()?;
                Ok(None)
            }
            Job::Output(file) => self.start_output(file),
        }
    }

    pub(super) fn start_check(&mut self, file: usize) -> Option<(usize, Want)> {
        let checked = self.checked.as_mut()?;
        let pass = match &mut checked.facts {
            Known::Gathering(facts) => Pass::Gather(std::mem::take(facts)),
            Known::Whole(facts) => Pass::Place(Arc::clone(facts)),
        };
        let start = self.peeks[file].start;
        let keep = self.options.samples;
        let check = FileCheck::new(&checked.plan, file, start, 0..u64::MAX, pass, keep)?;
        let feed = self.feed(file);
        self.active = Some(Active::Check {
            file,
            feed,
            check: Box::new(check),
        });
        Some((
            self.files[file].source,
            self.files[file].range(&self.sources),
        ))
    }

    /// How the bytes of a source become those of a file.
    pub(super) fn feed(&self, file: usize) -> Feed {
        Feed::new(self.files[file].member.as_ref())
    }
}
