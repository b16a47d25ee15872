//! A report on its way out, with all its samples: the first of each group are kept since the check,
//! the others are found anew by reading their file again. So their number is not bounded by memory.
//!
//! Groups stand one behind the other, but a file has findings of all of them side by side. Of those
//! that a reading is for, the first goes out as it is found and the next ones are held, as far as
//! there is room: what is left takes another reading.

use std::collections::BTreeMap;

use super::groups::{Grouped, grouped, of_header};
use super::jobs::Job;
use super::{Piece, Print, Session, summary};
use crate::finding::Finding;
use crate::report::{Form, Group, Report, Sample, html, json, sarif, text};
use crate::sink::Kind;
use crate::{Error, Result};

#[cfg(test)]
mod tests;

/// Samples of each group that a check keeps at most, however many are asked for.
pub(super) const KEPT: usize = 100;

/// Bytes of samples that are held during one reading.
const HELD: usize = 16 << 20;

/// A report that is being written.
pub(super) struct Listing {
    form: Box<dyn Form>,
    report: Report,
    /// For each group of the report what of it is not kept.
    missing: Vec<Option<Missing>>,
    /// The first group that is not written yet.
    next: usize,
    /// The end of the groups that this reading is for.
    until: usize,
    /// Findings of the first of them, which are written.
    shown: u64,
    /// Those of the groups behind it.
    held: BTreeMap<usize, Vec<Sample>>,
    size: usize,
    room: usize,
}

/// Findings of a group that have to be read again.
struct Missing {
    file: usize,
    kind: Kind,
    /// Findings about the header, which no reading gives.
    header: Vec<Sample>,
    /// Samples to show in all.
    most: u64,
}

impl Missing {
    fn of(session: &Session, item: &Grouped<'_>) -> Option<Missing> {
        let group = &item.group;
        let most = group.total.min(session.options.samples as u64);
        if most <= group.samples.len() as u64 {
            return None;
        }
        let kind = group.kind();
        let file = item.at.checked_sub(1)?;
        let header = of_header(session.checked.as_ref()?, item.plan?, file);
        let header =
            header.filter(|finding| kind.is(finding.rule, finding.severity, finding.place.field));
        Some(Missing {
            file,
            kind,
            header: header.map(|finding| summary::sample(&finding)).collect(),
            most,
        })
    }
}

impl Listing {
    /// The report on all that was checked.
    fn new(session: &Session, print: Print) -> Result<Listing> {
        let groups = grouped(session);
        Ok(Listing {
            form: match print {
                Print::Html => Box::new(html::Html),
                Print::Text => Box::new(text::Text),
                Print::Sarif => Box::new(sarif::Sarif::default()),
                Print::Json | Print::Csv => Box::new(json::Json::default()),
            },
            report: session.report()?,
            missing: groups
                .iter()
                .map(|item| Missing::of(session, item))
                .collect(),
            next: 0,
            until: 0,
            shown: 0,
            held: BTreeMap::new(),
            size: 0,
            room: HELD,
        })
    }

    /// Appends groups that need nothing read, and tells which file the next one needs, and the kinds
    /// of findings that [`take`](Listing::take) wants of it. Nothing once the report is whole.
    fn advance(&mut self, out: &mut Vec<u8>) -> Option<(usize, Vec<Kind>)> {
        while let Some(missing) = self.missing.get(self.next) {
            if let Some(missing) = missing {
                let file = missing.file;
                return Some((file, self.begin(file, out)));
            }
            let group = &self.report.groups[self.next];
            self.form.open(&self.report, self.next, out);
            write(&mut *self.form, group, &group.samples, out);
            self.next += 1;
        }
        self.form.foot(&self.report, out);
        None
    }

    /// Begins a reading of the file, for the next group and as many behind it as can be held.
    fn begin(&mut self, file: usize, out: &mut Vec<u8>) -> Vec<Kind> {
        let mut kinds = Vec::new();
        let mut expected = 0;
        self.until = self.next;
        for missing in &self.missing[self.next..] {
            if let Some(missing) = missing {
                if !kinds.is_empty() {
                    expected += missing.most.saturating_mul(size_of::<Sample>() as u64);
                }
                if missing.file != file || expected > self.room as u64 {
                    break;
                }
                if !kinds.is_empty() {
                    self.held.insert(self.until, Vec::new());
                }
                kinds.push(missing.kind);
            }
            self.until += 1;
        }
        (self.shown, self.size) = (0, 0);
        self.form.open(&self.report, self.next, out);
        for at in self.next..self.until {
            let missing = self.missing[at].as_ref();
            let header = missing.map(|missing| missing.header.clone());
            header
                .into_iter()
                .flatten()
                .for_each(|sample| self.add(at, sample, out));
        }
        kinds
    }

    /// Takes a finding of the file.
    pub(super) fn take(&mut self, finding: &Finding, out: &mut Vec<u8>) {
        let (rule, severity, field) = (finding.rule, finding.severity, finding.place.field);
        let mut groups = self.next..self.until;
        let group = groups.find(|at| {
            let missing = self.missing[*at].as_ref();
            missing.is_some_and(|missing| missing.kind.is(rule, severity, field))
        });
        if let Some(at) = group {
            self.add(at, summary::sample(finding), out);
        }
    }

    fn add(&mut self, at: usize, sample: Sample, out: &mut Vec<u8>) {
        let most = self.missing[at].as_ref().map_or(0, |missing| missing.most);
        match self.held.get_mut(&at) {
            None if self.shown < most => {
                let group = &self.report.groups[at];
                self.form.sample(group, &sample, self.shown, out);
                self.shown += 1;
            }
            Some(held) if (held.len() as u64) < most => {
                self.size += size(&sample);
                held.push(sample);
            }
            _ => {}
        }
        while self.size > self.room
            && let Some((last, dropped)) = self.held.pop_last()
        {
            // These take a reading of their own.
            self.size -= dropped.iter().map(size).sum::<usize>();
            self.until = last;
        }
    }

    /// The file was read: appends what is held.
    ///
    /// # Errors
    /// It does not have the findings that the check counted.
    fn end(&mut self, out: &mut Vec<u8>) -> Result<()> {
        let first = self.next;
        for at in first..self.until {
            let group = &self.report.groups[at];
            let held = self.held.remove(&at);
            let shown = match &held {
                None if at == first => self.shown,
                None => group.samples.len() as u64,
                Some(held) => held.len() as u64,
            };
            if let Some(missing) = &self.missing[at]
                && shown != missing.most
            {
                let what = "changed while the report was written; check it again";
                return Err(Error::entry(&group.file, what));
            }
            if at == first {
                self.form.close(group, shown, out);
            } else {
                self.form.open(&self.report, at, out);
                write(
                    &mut *self.form,
                    group,
                    held.as_ref().unwrap_or(&group.samples),
                    out,
                );
            }
        }
        self.next = self.until;
        Ok(())
    }
}

impl Session {
    /// Begins to write a report that has groups.
    pub(super) fn begin_listing(&mut self, print: Print) -> Result<()> {
        let name = match print {
            Print::Html => "report.html",
            Print::Text => "report.txt",
            Print::Sarif => "report.sarif",
            Print::Json | Print::Csv => "report.json",
        };
        self.output.pieces.push(Piece::File(name.to_owned()));
        let (mut listing, mut out) = (Listing::new(self, print)?, Vec::new());
        listing.form.head(&listing.report, &mut out);
        self.list(listing, out);
        Ok(())
    }

    /// A file was read for the report.
    pub(super) fn end_listing(&mut self, mut listing: Listing) -> Result<()> {
        let mut out = Vec::new();
        listing.end(&mut out)?;
        self.list(listing, out);
        Ok(())
    }

    /// Writes what can be written; a file that has to be read is read next.
    fn list(&mut self, mut listing: Listing, mut out: Vec<u8>) {
        if let Some((file, kinds)) = listing.advance(&mut out) {
            self.jobs.push_back(Job::Output(file));
            self.total += self.files[file].range(&self.sources).size();
            self.output.listing = Some((listing, kinds));
        }
        self.output.pieces.push(Piece::Bytes(out));
    }
}

/// Appends the samples of an open group, and closes it.
fn write(form: &mut dyn Form, group: &Group, samples: &[Sample], out: &mut Vec<u8>) {
    for (nth, sample) in samples.iter().enumerate() {
        form.sample(group, sample, nth as u64, out);
    }
    form.close(group, samples.len() as u64, out);
}

/// About how many bytes of memory a sample takes.
fn size(sample: &Sample) -> usize {
    let fix = sample.fix.as_ref();
    let texts = [
        sample.key.as_deref(),
        sample.value.as_deref(),
        Some(sample.message.as_str()),
        fix.map(|fix| fix.title.as_str()),
        fix.and_then(|fix| fix.replacement.as_deref()),
    ];
    let texts = texts.into_iter().flatten().map(str::len);
    size_of::<Sample>() + texts.sum::<usize>()
}
