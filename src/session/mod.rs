//! From dropped files to a report: the engine as whoever can read sees it.
//!
//! A session never reads. It says which range of which source it wants next ([`Session::want`]),
//! is pushed those bytes in pieces of any size, and is told where the range ends. A page with
//! `Blob`s and a command line with files drive it with the same loop.

mod feed;
mod output;
mod summary;

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use crate::check::{BundleContext, BundlePlan, Facts, FileCheck, Partial, Pass, Wrapping};
use crate::formats::{self, Fit, Format};
use crate::layout::Layout;
use crate::peek::{self, PEEK, Peek, peek};
use crate::report::Report;
use crate::source::zip::{self, Directory, Member};
use crate::source::{Want, document, is_litter, without_folder, wrapping_folder};
use crate::{Error, Result};
use feed::Feed;
pub use output::{Include, Piece, Print, Task};
pub use summary::Context;

/// What a check is asked to do.
#[derive(Clone, Debug)]
pub struct Options {
    /// The day that counts as today, in days since 1970.
    pub as_of: i32,
    /// The format, where it is not to be recognised.
    pub format: Option<String>,
    /// Samples kept of each group of findings.
    pub samples: usize,
}

/// A source that was added.
#[derive(Debug)]
struct Source {
    name: String,
    size: u64,
}

/// A file of the bundle.
#[derive(Debug)]
struct File {
    name: String,
    source: usize,
    member: Option<Member>,
    /// The folder inside its zip that holds all the zip's files.
    folder: Option<String>,
    /// What it is, where it is a zip but no bundle: "an Excel workbook".
    document: Option<&'static str>,
}

impl File {
    fn size(&self, sources: &[Source]) -> u64 {
        self.member
            .as_ref()
            .map_or(sources[self.source].size, |member| member.size)
    }

    fn range(&self, sources: &[Source]) -> Want {
        let whole = Want {
            start: 0,
            end: sources[self.source].size,
        };
        self.member.as_ref().map_or(whole, |member| member.range)
    }
}

/// Something to be done, most of it with bytes.
enum Job {
    Sniff(usize),
    Peek(usize),
    Plan,
    Check(usize),
    Resolve,
    Place(usize),
    Output(usize),
}

/// What the pushed bytes are for.
enum Active {
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

/// What was found out about the files.
struct Checked {
    plan: Arc<BundlePlan>,
    facts: Known,
    partials: Vec<Option<Partial>>,
}

/// The facts, before and after all files were read.
enum Known {
    /// Handed from file to file.
    Gathering(Facts),
    /// Complete.
    Whole(Arc<Facts>),
}

impl Known {
    fn gathering(&mut self) -> Option<&mut Facts> {
        match self {
            Known::Gathering(facts) => Some(facts),
            Known::Whole(_) => None,
        }
    }
}

/// One bundle on its way through the engine.
pub struct Session {
    options: Options,
    /// The user's own layout, which then takes the place of all formats.
    layout: Option<Arc<Layout>>,
    sources: Vec<Source>,
    files: Vec<File>,
    wrapping: Wrapping,
    /// Labels that a header may have.
    known: peek::Known,
    peeks: Vec<Peek>,
    format: Option<(&'static Format, bool)>,
    fits: Vec<Fit>,
    specs: Vec<Option<usize>>,
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
            sources: Vec::new(),
            files: Vec::new(),
            wrapping: Wrapping::default(),
            known: peek::Known::new(),
            peeks: Vec::new(),
            format: None,
            fits: Vec::new(),
            specs: Vec::new(),
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

    /// Adds a file of `size` bytes; its number is what [`Session::want`] calls it by.
    pub fn add(&mut self, name: &str, size: u64) -> usize {
        self.sources.push(Source {
            name: name.to_owned(),
            size,
        });
        self.sources.len() - 1
    }

    /// Begins a task. The check comes first.
    pub fn begin(&mut self, task: Task) -> Result<()> {
        self.jobs.clear();
        self.active = None;
        (self.done, self.total) = (0, 0);
        match task {
            Task::Check => {
                if self.sources.is_empty() {
                    return Err(Error::usage("there are no files; give at least one"));
                }
                self.known = formats::known_labels()?;
                let own = self.layout.iter().flat_map(|own| formats::labels(own));
                self.known.extend(own);
                self.jobs.extend((0..self.sources.len()).map(Job::Sniff));
                self.jobs.push_back(Job::Plan);
            }
            Task::Fix { .. } | Task::Print { .. } => self.begin_output(task)?,
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
        }
    }

    /// The range is at its end, or [`push`](Session::push) said that it is enough.
    pub fn end(&mut self) -> Result<()> {
        match self.active.take() {
            None => Err(Error::bug("a range ended that was not asked for")),
            Some(Active::Sniff { source, head }) => {
                if zip::is_zip(&head) {
                    let Source { name, size } = &self.sources[source];
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
            Some(Active::Check { file, feed, check }) => {
                feed.end()?;
                if let Some(checked) = &mut self.checked {
                    let mut partial = check.finish();
                    if let Some(facts) = checked.facts.gathering() {
                        *facts = std::mem::take(&mut partial.facts);
                    }
                    checked.partials[file] = Some(partial);
                }
                Ok(())
            }
            Some(Active::Output { feed, .. }) => {
                feed.end()?;
                self.end_output();
                Ok(())
            }
        }
    }

    /// Bytes of the task that were read, and bytes in all as far as is known.
    pub fn progress(&self) -> (u64, u64) {
        (self.done, self.total)
    }

    /// What was found. An error before a check is done.
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

    fn start(&mut self, job: Job) -> Result<Option<(usize, Want)>> {
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

    fn start_check(&mut self, file: usize) -> Option<(usize, Want)> {
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

    fn feed(&self, file: usize) -> Feed {
        Feed::new(self.files[file].member.as_ref())
    }

    /// A source that is a file of the bundle itself.
    fn loose(&mut self, source: usize, document: Option<&'static str>) {
        let name = self.sources[source].name.clone();
        if !is_litter(&name) {
            self.files.push(File {
                name,
                source,
                member: None,
                folder: None,
                document,
            });
        }
    }

    /// A source that is a zip: mostly one with files of the bundle.
    fn archive(&mut self, source: usize, members: Vec<Member>) {
        let document = document(members.iter().map(|member| member.name.as_str()));
        if document.is_some() {
            return self.loose(source, document);
        }
        let (litter, members): (Vec<Member>, Vec<Member>) = members
            .into_iter()
            .partition(|member| is_litter(&member.name));
        self.wrapping
            .litter
            .extend(litter.into_iter().map(|member| member.name));
        let folder = wrapping_folder(members.iter().map(|member| member.name.as_str()));
        let folder = folder.map(str::to_owned);
        for member in members {
            let name = match &folder {
                Some(folder) => without_folder(&member.name, folder).to_owned(),
                None => member.name.clone(),
            };
            self.files.push(File {
                name,
                source,
                member: Some(member),
                folder: folder.clone(),
                document: None,
            });
        }
        self.wrapping.folder = self.wrapping.folder.take().or(folder);
    }

    /// All files were seen: recognises the format and compiles its rules.
    fn plan(&mut self) -> Result<()> {
        self.unfold();
        self.refuse_twins()?;
        let mut fits = Vec::new();
        if let Some(own) = &self.layout {
            fits.push(formats::fit(&formats::OWN, own, &self.peeks));
        } else {
            for format in formats::FORMATS {
                fits.push(formats::fit(format, &(format.layout)()?, &self.peeks));
            }
        }
        fits.sort_by_key(|fit| std::cmp::Reverse(fit.labels.0));
        let chosen = match &self.options.format {
            _ if self.layout.is_some() => fits.first(),
            Some(id) => Some(fits.iter().find(|fit| fit.format.id == id).ok_or_else(|| {
                let known: Vec<&str> = formats::FORMATS.iter().map(|format| format.id).collect();
                Error::usage(format!(
                    "`{id}` is no format; expected one of {}",
                    known.join(", ")
                ))
            })?),
            None => fits.iter().find(|fit| fit.is_likely()),
        };
        if let Some(fit) = chosen {
            let layout = &fit.layout;
            let name = |at: usize| match fit.specs[at] {
                Some(spec) => layout.files[spec].name.as_str(),
                None => "",
            };
            let modes: Vec<_> = (0..self.peeks.len())
                .map(|at| (fit.format.mode)(&self.peeks, name(at)))
                .collect();
            let context = BundleContext {
                layout,
                peeks: &self.peeks,
                specs: &fit.specs,
                modes: &modes,
                as_of: self.options.as_of,
                wrapping: &self.wrapping,
            };
            let plan = Arc::new(BundlePlan::new(layout, &fit.format.all_rules(), &context));
            let facts = Known::Gathering(plan.facts());
            self.specs.clone_from(&fit.specs);
            let detected = self.layout.is_none() && self.options.format.is_none();
            self.format = Some((fit.format, detected));
            let partials = self.files.iter().map(|_| None).collect();
            for at in (0..self.files.len()).filter(|at| plan.files[*at].is_some()) {
                self.jobs.push_back(Job::Check(at));
                self.total += self.files[at].range(&self.sources).size();
            }
            self.jobs.push_back(Job::Resolve);
            self.checked = Some(Checked {
                plan,
                facts,
                partials,
            });
        }
        self.fits = fits;
        Ok(())
    }

    /// Loose files of one folder are named without it.
    fn unfold(&mut self) {
        let loose = self.files.iter().all(|file| file.member.is_none());
        if let Some(folder) = wrapping_folder(self.files.iter().map(|file| file.name.as_str()))
            .filter(|_| loose)
            .map(str::to_owned)
        {
            for (file, peek) in self.files.iter_mut().zip(&mut self.peeks) {
                file.name = without_folder(&file.name, &folder).to_owned();
                peek.name.clone_from(&file.name);
            }
        }
    }

    /// Of two files with one name, nobody could say which is meant, and only one could be repaired.
    /// They come from two zips, or from a zip and beside it; each by itself was looked at before.
    fn refuse_twins(&self) -> Result<()> {
        let mut names = HashMap::new();
        for file in &self.files {
            let source = &self.sources[file.source].name;
            if let Some(first) = names.insert(file.name.to_lowercase(), source)
                && first != source
            {
                let name = &file.name;
                return Err(Error::usage(format!(
                    "`{name}` is there twice, from `{first}` and from `{source}`; give the files of one export only"
                )));
            }
        }
        Ok(())
    }

    /// All files were read: has those read once more in which relations are broken.
    fn resolve(&mut self) -> Result<()> {
        let Some(checked) = &mut self.checked else {
            return Ok(());
        };
        let facts = Arc::new(
            checked
                .facts
                .gathering()
                .map(std::mem::take)
                .unwrap_or_default(),
        );
        for file in checked.plan.broken(&facts) {
            self.total += self.files[file].range(&self.sources).size();
            self.jobs.push_back(Job::Place(file));
        }
        checked.facts = Known::Whole(facts);
        Ok(())
    }
}
