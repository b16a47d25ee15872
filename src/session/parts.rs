//! A check in parts, for callers that have more than one thread or worker. Whoever wants to do
//! without never notices: what is left of a check is done by the session itself.

use std::ops::Range;
use std::sync::Arc;

use super::feed::Feed;
use super::plan::{Checked, Known, Pending};
use super::{Error, Result, Session};
use crate::check::parts::{cut, first_record};
use crate::check::{BundlePlan, FileCheck, Partial, Pass, add_frame};
use crate::decode::Start;
use crate::sink::Sink;
use crate::source::Want;

/// A stretch of a file, or a whole one, that can be checked apart from all others.
#[derive(Clone, Debug)]
pub struct Part {
    file: usize,
    /// The source that has its bytes.
    pub source: usize,
    /// The bytes to push; fewer may do.
    pub want: Want,
    /// The records that start in this range of the file.
    range: Range<u64>,
    begins: Begins,
}

/// Where the first record of a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Begins {
    /// Where the part begins, behind so many data records.
    Here(u64),
    /// Behind the first line break, most likely. The bytes begin one before the part.
    Behind,
}

impl Part {
    /// The file, by its number in the session.
    pub fn file(&self) -> usize {
        self.file
    }

    /// About how many bytes have to be read.
    pub fn size(&self) -> u64 {
        self.range.end.min(self.want.end) - self.want.start
    }

    /// Whether it has the first records of its file.
    fn leads(&self) -> bool {
        self.range.start == 0
    }
}

/// What was found out about a part.
#[derive(Debug, Default)]
pub struct PartResult {
    /// Nothing where no record starts in it.
    pub(super) partial: Option<Partial>,
    /// The part has the first records of its file.
    leads: bool,
}

impl PartResult {
    /// The same as bytes, for the session of another worker that was given the same files; but for
    /// what was gathered. Nothing stands for a part in which no record starts.
    ///
    /// # Errors
    /// It cannot be written so: a part that got lost must not pass for one without records.
    pub fn to_bytes(&self) -> Result<Vec<u8>> {
        match &self.partial {
            None => Ok(Vec::new()),
            Some(partial) => partial
                .to_bytes()
                .ok_or_else(|| Error::bug("a part could not be handed on")),
        }
    }

    /// Takes some of what was gathered out, as bytes for [`Session::add_frame`]. `None` once nothing is
    /// left.
    pub fn take_frame(&mut self) -> Option<Vec<u8>> {
        self.partial.as_mut()?.take_frame()
    }

    /// What [`PartResult::to_bytes`] wrote.
    ///
    /// # Errors
    /// The bytes are none, or come from another version.
    pub fn from_bytes(bytes: &[u8]) -> Result<PartResult> {
        if bytes.is_empty() {
            return Ok(PartResult::default());
        }
        let partial = Partial::from_bytes(bytes);
        let partial = partial.ok_or_else(|| Error::bug("a part came back damaged"))?;
        Ok(PartResult {
            partial: Some(partial),
            leads: false,
        })
    }
}

/// Checks a part: pushed the bytes that it wants, apart from its session.
pub struct PartCheck {
    plan: Arc<BundlePlan>,
    part: Part,
    start: Start,
    keep: usize,
    facts: Known,
    feed: Feed,
    state: State,
}

enum State {
    /// The first record was not seen yet: bytes that may be a line break, and where they are.
    Seeking(Vec<u8>, u64),
    Checking(Box<FileCheck>),
    /// No record starts in the part.
    Empty,
}

impl PartCheck {
    /// Goes on with what an earlier part gathered, where both have the first records of their files:
    /// then it need not be put together later.
    pub fn after(mut self, earlier: &mut PartResult) -> PartCheck {
        if let (State::Checking(check), Some(partial)) = (&mut self.state, &mut earlier.partial)
            && earlier.leads
            && self.part.leads()
        {
            check.go_on(&mut partial.facts);
        }
        self
    }

    /// Takes the next bytes of the part. False when the rest is not needed.
    ///
    /// # Errors
    /// A member of a zip is damaged.
    pub fn push(&mut self, bytes: &[u8]) -> Result<bool> {
        if let State::Seeking(head, offset) = &mut self.state {
            head.extend_from_slice(bytes);
            let Some(at) = first_record(head) else {
                let kept = memchr::memchr2(b'\n', b'\r', head).unwrap_or(head.len());
                head.drain(..kept);
                *offset += kept as u64;
                return Ok(true);
            };
            let (head, start) = (std::mem::take(head), *offset + at as u64);
            self.state = match start < self.part.range.end {
                true => self.check(start, 0),
                false => State::Empty,
            };
            return self.push(&head[at..]);
        }
        match &mut self.state {
            State::Checking(check) => {
                let mut more = true;
                let unread = self
                    .feed
                    .push(bytes, &mut |piece| more = check.push(piece))?;
                Ok(more && unread)
            }
            _ => Ok(false),
        }
    }

    /// The part's file, the data records read so far, and what was found in them.
    pub(super) fn so_far(&self) -> Option<(usize, (u64, &Sink))> {
        match &self.state {
            State::Checking(check) => Some((self.part.file, check.so_far())),
            _ => None,
        }
    }

    /// The part, or the file, is at its end.
    ///
    /// # Errors
    /// A member of a zip is damaged, or not all of its bytes came.
    pub fn end(self) -> Result<PartResult> {
        self.feed.end()?;
        Ok(PartResult {
            leads: self.part.leads(),
            partial: match self.state {
                State::Checking(check) => Some(check.finish()),
                _ => None,
            },
        })
    }

    fn check(&mut self, start: u64, before: u64) -> State {
        let pass = match &mut self.facts {
            Known::Gathering(facts) => Pass::Gather(std::mem::take(facts)),
            Known::Whole(joined) => Pass::Place(Arc::clone(joined)),
        };
        let range = start..self.part.range.end;
        let check = FileCheck::new(
            &self.plan,
            self.part.file,
            self.start,
            range,
            pass,
            self.keep,
        );
        check.map_or(State::Empty, |check| {
            State::Checking(Box::new(check.after(before)))
        })
    }
}

impl Session {
    /// What of the check is left for others to do, in parts of such a size that there are about
    /// `most`, but none of less than `least` bytes. Every part has to come back by [`Session::join`]; what then still is to be done, the
    /// session does by itself. Ask again then: files with broken relations are read twice.
    pub fn parts(&mut self, most: u64, least: u64) -> Vec<Part> {
        if self
            .checked
            .as_ref()
            .is_some_and(|all| all.pending.is_empty())
        {
            self.resolve();
        }
        let Some(checked) = &self.checked else {
            return Vec::new();
        };
        let fresh = |pending: &&Pending| pending.so_far.is_none();
        let pending = || checked.pending.iter().filter(fresh);
        let size = |pending: &Pending| self.files[pending.file].size(&self.sources);
        let target = (pending().map(size).sum::<u64>() / most.max(1)).max(least.max(1));
        let parts = pending().flat_map(|pending| {
            let file = pending.file;
            let cuts = checked.cuts[file].as_slice();
            match &checked.facts {
                Known::Gathering(_) if self.files[file].member.is_none() => {
                    self.cut(file, target, least)
                }
                // The records of a part have to be known by their numbers now.
                Known::Whole(_) if cuts.len() > 1 => {
                    let ends = cuts[1..].iter().map(|(start, _)| *start);
                    let parts = cuts.iter().zip(ends.chain([u64::MAX]));
                    let part = |((start, before), end): (&(u64, u64), u64)| {
                        self.part(file, *start..end, Begins::Here(*before))
                    };
                    parts.map(part).collect()
                }
                _ => vec![self.part(file, 0..u64::MAX, Begins::Here(0))],
            }
        });
        parts.collect()
    }

    /// Begins to check a part, apart from the session.
    pub fn check_part(&self, part: &Part) -> Option<PartCheck> {
        let Checked { plan, facts, .. } = self.checked.as_ref()?;
        let mut check = PartCheck {
            plan: Arc::clone(plan),
            part: part.clone(),
            start: match part.range.start {
                0 => self.peeks[part.file].start,
                _ => Start::Plain,
            },
            keep: self.options.kept(),
            facts: match facts {
                Known::Gathering(_) => Known::Gathering(plan.facts()),
                Known::Whole(joined) => Known::Whole(Arc::clone(joined)),
            },
            feed: self.feed(part.file),
            state: State::Seeking(Vec::new(), part.want.start),
        };
        if let Begins::Here(before) = part.begins {
            check.state = check.check(part.range.start, before);
        }
        Some(check)
    }

    /// Adds what was gathered in a part that [`Session::join`] took from another worker, and that has
    /// so many data records before it in its file.
    ///
    /// # Errors
    /// The bytes are none, or come from another version.
    pub fn add_frame(&mut self, frame: &[u8], before: u64) -> Result<()> {
        let added = match self.checked.as_mut().map(|checked| &mut checked.facts) {
            Some(Known::Gathering(facts)) => add_frame(facts, frame, before),
            _ => None,
        };
        added.ok_or_else(|| Error::bug("what another worker gathered came damaged"))
    }

    /// Takes the results of all parts, in the order in which [`Session::parts`] gave them.
    ///
    /// A part that did not begin where it was taken to begin counts for nothing, and so do those
    /// behind it in the file: the session reads on from there. For each part that counts comes back
    /// how many data records there are before it in its file.
    pub fn join(
        &mut self,
        results: impl IntoIterator<Item = (Part, PartResult)>,
    ) -> Vec<Option<u64>> {
        let mut counted = Vec::new();
        let Some(checked) = &mut self.checked else {
            return counted;
        };
        let mut stopped = vec![false; self.files.len()];
        let mut read = vec![false; self.files.len()];
        let mut wholes: Vec<Option<Partial>> = self.files.iter().map(|_| None).collect();
        for (part, PartResult { partial, .. }) in results {
            let file = part.file;
            read[file] = true;
            self.done += part.size();
            counted.push(None);
            let Some(mut partial) = partial.filter(|_| !stopped[file]) else {
                continue;
            };
            let mut cut = (0, 0);
            match &mut wholes[file] {
                None => {
                    checked.gather(std::mem::take(&mut partial.facts), 0);
                    wholes[file] = Some(partial);
                }
                Some(whole) => {
                    cut = (partial.start, whole.records);
                    // What was gathered belongs to the bundle, but only if the part fits.
                    let facts = std::mem::take(&mut partial.facts);
                    if cut.0 != whole.end && whole.end >= part.range.end {
                        continue;
                    }
                    if whole.merge(partial).is_err() {
                        stopped[file] = true;
                        continue;
                    }
                    checked.gather(facts, cut.1);
                }
            }
            if let Known::Gathering(_) = checked.facts {
                checked.cuts[file].push(cut);
            }
            counted.pop();
            counted.push(Some(cut.1));
        }
        for mut pending in std::mem::take(&mut checked.pending) {
            let file = pending.file;
            match wholes[file].take() {
                Some(whole) if stopped[file] => {
                    pending.so_far = Some(whole);
                    checked.pending.push_back(pending);
                }
                Some(whole) => checked.keep(file, whole),
                None if read[file] => {}
                None => checked.pending.push_back(pending),
            }
        }
        counted
    }

    fn cut(&self, file: usize, target: u64, least: u64) -> Vec<Part> {
        let size = self.files[file].size(&self.sources);
        let most = match self.peeks[file].start.keeps_offsets() {
            true => size.div_ceil(target),
            false => 1,
        };
        let ranges = cut(size, most, least);
        let last = ranges.len() - 1;
        let parts = ranges.into_iter().enumerate().map(|(at, range)| {
            let begins = match range.start {
                0 => Begins::Here(0),
                _ => Begins::Behind,
            };
            let end = if at == last { u64::MAX } else { range.end };
            self.part(file, range.start..end, begins)
        });
        parts.collect()
    }

    fn part(&self, file: usize, range: Range<u64>, begins: Begins) -> Part {
        let mut want = self.files[file].range(&self.sources);
        if self.files[file].member.is_none() {
            want.start = match begins {
                Begins::Here(_) => range.start,
                Begins::Behind => range.start - 1,
            };
        }
        Part {
            file,
            source: self.files[file].source,
            want,
            range,
            begins,
        }
    }
}
