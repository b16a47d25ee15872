//! What a session does, in order, and the range of bytes that each job needs.

use std::sync::Arc;

use super::feed::Feed;
use super::plan::{Known, Pending};
use super::{Result, Session};
use crate::check::{self, FileCheck, Partial};
use crate::convert::Pass;
use crate::layout::{Sample, own};
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
    /// Finds layouts of the user's own, once all files were looked at.
    Layout,
    /// Reads a text of such a layout.
    Text(usize),
    /// Reads the next file to be checked. Once all were read, sees which files have broken relations
    /// and reads these again, for the places.
    Check,
    /// Writes a file of the output.
    Output(usize),
    /// Reads a file for a conversion.
    Convert(Pass),
    /// Ends a conversion.
    Converted,
    /// Begins to make a layout of the files.
    Propose,
    /// Reads the next file that a layout is made from; once all were read, writes the layout.
    Sample(Box<Sample>),
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
    Text {
        file: usize,
        feed: Feed,
        text: Vec<u8>,
    },
    Check {
        file: usize,
        feed: Feed,
        check: Box<FileCheck>,
        /// The result of the records before.
        so_far: Option<Box<Partial>>,
    },
    Output {
        file: usize,
        feed: Feed,
    },
    Sample {
        feed: Feed,
        sample: Box<Sample>,
    },
    /// Nothing: what was written is to be taken.
    Pause,
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
            Job::Plan | Job::Layout if self.peeks.len() < self.files.len() => {
                self.jobs.push_front(job);
                let files = self.peeks.len()..self.files.len();
                files
                    .rev()
                    .for_each(|file| self.jobs.push_front(Job::Peek(file)));
                Ok(None)
            }
            Job::Plan => {
                self.plan()?;
                Ok(None)
            }
            Job::Layout => {
                let mut texts = self.layout_texts();
                texts.extend(self.map_texts());
                let size = |file: &usize| self.files[*file].size(&self.sources);
                let small = texts.into_iter().filter(|file| size(file) <= own::MOST);
                self.jobs.extend(small.map(Job::Text).collect::<Vec<_>>());
                Ok(None)
            }
            Job::Text(file) => {
                let feed = self.feed(file);
                let text = Vec::new();
                self.active = Some(Active::Text { file, feed, text });
                let range = self.files[file].range(&self.sources);
                Ok(Some((self.files[file].source, range)))
            }
            Job::Check => {
                let pending = self
                    .checked
                    .as_mut()
                    .and_then(|all| all.pending.pop_front());
                let Some(pending) = pending else {
                    if self.resolve() {
                        self.jobs.push_front(Job::Check);
                    }
                    return Ok(None);
                };
                self.jobs.push_front(Job::Check);
                Ok(self.start_check(pending))
            }
            Job::Output(file) => self.start_output(file),
            Job::Convert(pass) => Ok(self.start_convert(pass)),
            Job::Converted => {
                self.end_convert();
                Ok(None)
            }
            Job::Propose => {
                let sizes = self
                    .files
                    .iter()
                    .map(|file| file.range(&self.sources).size());
                self.total += sizes.sum::<u64>();
                let sample = Box::new(Sample::new(&self.peeks));
                self.jobs.push_front(Job::Sample(sample));
                Ok(None)
            }
            Job::Sample(sample) => Ok(self.start_sample(sample)),
        }
    }

    fn start_sample(&mut self, mut sample: Box<Sample>) -> Option<(usize, Want)> {
        let Some(file) = sample.begin() else {
            self.output.propose(&sample);
            return None;
        };
        let want = self.files[file].range(&self.sources);
        let feed = self.feed(file);
        self.active = Some(Active::Sample { feed, sample });
        Some((self.files[file].source, want))
    }

    fn start_check(&mut self, pending: Pending) -> Option<(usize, Want)> {
        let Pending { file, so_far } = pending;
        let checked = self.checked.as_mut()?;
        let pass = match &mut checked.facts {
            Known::Gathering(facts) => check::Pass::Gather(std::mem::take(facts)),
            Known::Whole(joined) => check::Pass::Place(Arc::clone(joined)),
        };
        let (from, before) = so_far
            .as_ref()
            .map_or((0, 0), |so_far| (so_far.end, so_far.records));
        let start = self.peeks[file].start;
        let keep = self.options.kept();
        let check = FileCheck::new(&checked.plan, file, start, from..u64::MAX, pass, keep)?;
        let feed = self.feed(file);
        self.active = Some(Active::Check {
            file,
            feed,
            check: Box::new(check.after(before)),
            so_far: so_far.map(Box::new),
        });
        let mut want = self.files[file].range(&self.sources);
        want.start += from;
        Some((self.files[file].source, want))
    }

    /// How the bytes of a source become those of a file.
    pub(super) fn feed(&self, file: usize) -> Feed {
        Feed::new(self.files[file].member.as_ref())
    }
}
