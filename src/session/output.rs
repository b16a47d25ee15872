//! What a session writes once the check is done: the repaired bundle, the report in any form.

use std::sync::Arc;

use super::jobs::{Active, Job};
use super::listing::Listing;
use super::plan::{Checked, Known};
use super::rows::{log_whole, row};
use super::{Include, Piece, Print, Session, Task, groups};
use crate::check::{FileCheck, FileRef, Pass};
use crate::convert::Converts;
use crate::decode::Start;
use crate::finding::{Finding, Remedy, Safety};
use crate::fix::{Repair, Selection};
use crate::layout::{Sample, Table};
use crate::report::show::visible;
use crate::report::{change_log, findings_csv};
use crate::sink::Kind;
use crate::source::Want;
use crate::{Error, Result};

/// What is being written.
#[derive(Default)]
pub struct Output {
    selection: Option<Arc<Selection>>,
    pub(super) pieces: Vec<Piece>,
    pub(super) writing: Option<Writing>,
    /// The report that a file is read for next, and what is wanted of it.
    pub(super) listing: Option<(Listing, Vec<Kind>)>,
    /// What is made of the files, between two of them and at its end.
    pub(super) conversion: Option<Box<dyn Converts>>,
}

impl Output {
    pub(super) fn take(&mut self) -> Vec<Piece> {
        std::mem::take(&mut self.pieces)
    }

    /// Writes the layout that a sample gives, and what it could not tell.
    pub(super) fn propose(&mut self, sample: &Sample) {
        let notes: String = sample
            .notes()
            .iter()
            .map(|note| visible(note) + "\n")
            .collect();
        if !notes.is_empty() {
            self.pieces.push(Piece::Log(notes.into_bytes()));
        }
        for Table { name, text } in sample.tables() {
            self.pieces
                .extend([Piece::File(name), Piece::Bytes(text.into_bytes())]);
        }
    }
}

/// What becomes of the file whose bytes are read.
pub(super) enum Writing {
    /// It is copied as it is.
    Copy,
    /// Its findings are samples of the report.
    Samples {
        check: Box<FileCheck>,
        listing: Box<Listing>,
    },
    /// Its findings are rows of the report.
    Rows { check: Box<FileCheck>, file: usize },
    /// Its fixes are applied.
    Repair {
        check: Box<FileCheck>,
        repair: Box<Repair>,
    },
    /// It becomes one of another format.
    Convert(Box<dyn Converts>),
}

impl Session {
    pub(super) fn begin_output(&mut self, task: Task) -> Result<()> {
        if self.peeks.len() < self.files.len() || self.sources.is_empty() {
            return Err(Error::bug("an output was asked for before the check"));
        }
        self.output = Output::default();
        match &task {
            Task::Fix { .. } if self.format.is_none() => {
                return Err(Error::usage(
                    "nothing can be repaired, because the format is not known; a check says what was found",
                ));
            }
            Task::Fix { include, only } => {
                let most = match include {
                    Include::Safe => Safety::Safe,
                    Include::Review => Safety::Review,
                };
                self.output.selection = Some(Arc::new(Selection {
                    most,
                    only: only.clone(),
                }));
                let mut log = Vec::new();
                change_log::header(&mut log);
                self.log_wrapping(&mut log);
                self.output.pieces.push(Piece::Log(log));
                self.add_files();
                self.jobs.extend((0..self.files.len()).map(Job::Output));
            }
            Task::Print(Print::Csv) => {
                self.output
                    .pieces
                    .push(Piece::File("report.csv".to_owned()));
                let mut out = Vec::new();
                findings_csv::header(&mut out);
                for whole in groups::whole(self) {
                    let field = whole.field.as_deref().unwrap_or_default();
                    row(&mut out, &whole.file, field, &whole.finding);
                }
                self.output.pieces.push(Piece::Bytes(out));
                self.jobs.extend((0..self.files.len()).map(Job::Output));
            }
            Task::Print(print) => self.begin_listing(*print)?,
            Task::Convert { to, set } => self.begin_convert(to, set)?,
            Task::Plan | Task::Check | Task::Propose | Task::Layout => {}
        }
        let conversion = self.output.conversion.as_deref();
        let files = self.jobs.iter().filter_map(|job| match job {
            Job::Output(file) => Some(*file),
            Job::Convert(pass) => conversion?.file(*pass),
            _ => None,
        });
        let sizes = files.map(|file| self.files[file].range(&self.sources).size());
        self.total = sizes.sum();
        Ok(())
    }

    pub(super) fn start_output(&mut self, file: usize) -> Result<Option<(usize, Want)>> {
        let want = (
            self.files[file].source,
            self.files[file].range(&self.sources),
        );
        let known = self.checked.as_ref().and_then(|checked| {
            let partial = checked.partials[file].as_ref()?;
            let Known::Whole(facts) = &checked.facts else {
                return None;
            };
            Some((checked, partial, facts))
        });
        let check = known.and_then(|(checked, partial, facts)| {
            let start = self.peeks[file].start;
            let pass = Pass::Place(Arc::clone(facts));
            let check = FileCheck::new(&checked.plan, file, start, 0..u64::MAX, pass, 0)?;
            Some((check.in_encoding(partial.encoding()), partial.oversized))
        });
        let writing = match (self.output.selection.clone(), check) {
            (None, Some((check, _))) if let Some((listing, kinds)) = self.output.listing.take() => {
                Writing::Samples {
                    check: Box::new(check.only(kinds)),
                    listing: Box::new(listing),
                }
            }
            (None, Some((check, _))) => Writing::Rows {
                check: Box::new(check),
                file,
            },
            (None, None) if self.output.listing.is_some() => {
                return Err(Error::bug("a file with findings cannot be read again"));
            }
            (None, None) => return Ok(None),
            (Some(selection), check) => match self.start_repair(file, &selection, check) {
                Some(writing) => writing,
                None => return Ok(None),
            },
        };
        self.output.writing = Some(writing);
        self.active = Some(Active::Output {
            file,
            feed: self.feed(file),
        });
        Ok(Some(want))
    }

    /// Begins a file of the repaired bundle; `None` where it is left out.
    fn start_repair(
        &mut self,
        file: usize,
        selection: &Arc<Selection>,
        check: Option<(FileCheck, u64)>,
    ) -> Option<Writing> {
        let whole = groups::whole_of(self, file);
        let mut name = self.files[file].name.clone();
        let mut log = Vec::new();
        for (finding, fix) in whole.iter().filter_map(|f| Some((f, selection.pick(f)?))) {
            match &fix.remedy {
                Remedy::DropFile => {
                    log_whole(&mut log, &name, finding);
                    self.output.pieces.push(Piece::Log(log));
                    return None;
                }
                Remedy::Rename(new) => {
                    log_whole(&mut log, &name, finding);
                    name.clone_from(new);
                }
                _ => {}
            }
        }
        let plan = |checked: &Checked| checked.plan.files[file].clone();
        if self.wrapping.unnamed.contains(&file)
            && let Some(plan) = self.checked.as_ref().and_then(plan)
        {
            name = plan.spec().usual_name();
        }
        if name == self.files[file].name
            && let Some(folder) = &self.files[file].folder
            && !self.unwraps(selection)
        {
            name = format!("{folder}/{name}");
        }
        self.output.pieces.push(Piece::File(name));
        // A record whose end was left out cannot be written again, and UTF-16 only as UTF-8.
        let mut picked = whole.iter().filter_map(|finding| selection.pick(finding));
        let anew = picked.any(|fix| fix.remedy == Remedy::Encoding);
        let as_text = self.peeks[file].start.keeps_offsets() || anew;
        let checked = check
            .filter(|(_, oversized)| *oversized == 0 && as_text)
            .zip(self.checked.as_ref());
        let repaired = checked.and_then(|((check, _), checked)| {
            let (plan, partial) = (
                checked.plan.files[file].as_ref()?,
                checked.partials[file].as_ref()?,
            );
            let shown = &self.files[file].name;
            let repair = Repair::new(plan, shown, selection, &whole, &partial.breaks, &mut log);
            Some(Writing::Repair {
                check: Box::new(check),
                repair: Box::new(repair),
            })
        });
        if self.peeks[file].start == Start::Marked && repaired.is_some() && !anew {
            self.output
                .pieces
                .push(Piece::Bytes(b"\xEF\xBB\xBF".to_vec()));
        }
        if !log.is_empty() {
            self.output.pieces.push(Piece::Log(log));
        }
        Some(repaired.unwrap_or(Writing::Copy))
    }

    /// Logs what becomes of the folder around all files, and of what systems left in the zip.
    fn log_wrapping(&self, log: &mut Vec<u8>) {
        let (Some(checked), Some(selection)) = (&self.checked, &self.output.selection) else {
            return;
        };
        for (about, finding) in &checked.plan.findings {
            if let FileRef::Named(name) = about
                && selection.pick(finding).is_some()
            {
                log_whole(log, name, finding);
            }
        }
    }

    /// Writes the files that the bundle lacks, where the others are.
    fn add_files(&mut self) {
        let (Some(checked), Some(selection)) = (&self.checked, &self.output.selection) else {
            return;
        };
        let folder = self.wrapping.folder.as_ref();
        let folder = folder.filter(|_| !self.unwraps(selection));
        let missing = checked.plan.findings.iter().filter_map(|(about, finding)| {
            match (about, &selection.pick(finding)?.remedy) {
                (FileRef::Named(name), Remedy::AddFile(text)) => Some((name, text)),
                _ => None,
            }
        });
        let pieces = missing.flat_map(|(name, text)| {
            let name = match folder {
                Some(folder) => format!("{folder}/{name}"),
                None => name.clone(),
            };
            [Piece::File(name), Piece::Bytes(text.clone().into_bytes())]
        });
        let pieces: Vec<Piece> = pieces.collect();
        self.output.pieces.extend(pieces);
    }

    /// Whether files are taken out of the folder around them.
    fn unwraps(&self, selection: &Selection) -> bool {
        let findings = self
            .checked
            .iter()
            .flat_map(|checked| &checked.plan.findings);
        findings.into_iter().any(|(_, finding)| {
            finding.rule.name == "enclosing-folder" && selection.pick(finding).is_some()
        })
    }

    pub(super) fn push_output(&mut self, bytes: &[u8]) -> Result<bool> {
        let Some(Active::Output { file, mut feed }) = self.active.take() else {
            return Ok(false);
        };
        let Some(mut writing) = self.output.writing.take() else {
            return Ok(false);
        };
        let more = feed.push(bytes, &mut |piece| self.write(&mut writing, Some(piece)));
        self.output.writing = Some(writing);
        self.active = Some(Active::Output { file, feed });
        more
    }

    pub(super) fn end_output(&mut self) -> Result<()> {
        let Some(mut writing) = self.output.writing.take() else {
            return Ok(());
        };
        self.write(&mut writing, None);
        match writing {
            Writing::Samples { listing, .. } => self.end_listing(*listing),
            Writing::Convert(conversion) => {
                self.output.conversion = Some(conversion);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Writes what the bytes give; `None` stands for the end of the file.
    fn write(&mut self, writing: &mut Writing, bytes: Option<&[u8]>) {
        let (mut out, mut log) = (Vec::new(), Vec::new());
        let run = |check: &mut FileCheck, each: &mut Each<'_>| match bytes {
            Some(bytes) => check.push_each(bytes, each),
            None => check.end_each(each),
        };
        match writing {
            Writing::Copy => out.extend_from_slice(bytes.unwrap_or_default()),
            Writing::Samples { check, listing } => run(check, &mut |_, findings| {
                let findings = findings.iter();
                findings.for_each(|finding| listing.take(finding, &mut out));
            }),
            Writing::Rows { check, file } => {
                let plan = self
                    .checked
                    .as_ref()
                    .and_then(|checked| checked.plan.files[*file].clone());
                let name = &self.files[*file].name;
                run(check, &mut |_, findings| {
                    for finding in &findings {
                        let slot = finding.place.field.zip(plan.as_ref());
                        let field = slot.and_then(|(slot, plan)| plan.field_name(slot));
                        row(&mut out, name, field.unwrap_or_default(), finding);
                    }
                });
            }
            Writing::Repair { check, repair } => {
                run(check, &mut |batch, findings| {
                    repair.batch(batch, &findings, &mut out, &mut log)
                });
                if bytes.is_none() {
                    repair.finish(&mut out);
                }
            }
            Writing::Convert(conversion) => conversion.push(bytes, &mut self.output.pieces),
        }
        if !log.is_empty() {
            self.output.pieces.push(Piece::Log(log));
        }
        if !out.is_empty() {
            self.output.pieces.push(Piece::Bytes(out));
        }
    }
}

type Each<'a> = dyn FnMut(&crate::records::Batch<'_>, Vec<Finding>) + 'a;
