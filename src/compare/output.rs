//! What is written once the comparison is done: bundles, and what was found.

use super::file::{File, Side};
use super::jobs::Job;
use super::keys::{Entry, NEW, OLD, PAIRED};
use super::write::{Bundle, stamp};
use super::{Comparison, Known, Print, Task};
use crate::check::Mode;
use crate::formats::Manifest;
use crate::report::compare::words::records;
use crate::report::compare::{json, rows, text};
use crate::session::Piece;
use crate::{Error, Result};

impl Comparison {
    /// The tasks that write a bundle of what was compared, as far as there can be one.
    pub fn bundles(&self) -> Vec<Task> {
        let mut bundles = vec![(Task::Delta, Bundle::Delta), (Task::Fold, Bundle::Fold)];
        bundles.retain(|(_, bundle)| possible(self.known.as_ref(), *bundle).is_ok());
        bundles.into_iter().map(|(task, _)| task).collect()
    }

    /// Begins to write a bundle.
    pub(super) fn begin_bundle(&mut self, bundle: Bundle) -> Result<()> {
        let (known, manifest) = possible(self.known.as_ref(), bundle)?;
        let written = known.files.iter().filter(|file| has_records(file, bundle));
        let written: Vec<&str> = written.map(|file| file.name()).collect();
        let word = match bundle {
            Bundle::Delta => Mode::Delta,
            Bundle::Fold => Mode::Bulk,
        };
        let of = match bundle {
            Bundle::Delta => Side::New,
            Bundle::Fold => Side::Old,
        };
        let mode = |name: &str| written.contains(&name).then_some(word);
        let layout = known.files.first().map(|file| &file.layout);
        let peeks = self.sides[of as usize].peeks();
        let text = layout.map(|layout| (manifest.write)(layout, peeks, &mode));
        self.pieces.push(Piece::File(manifest.file.to_owned()));
        self.pieces.push(Piece::Bytes(text.unwrap_or_default()));
        for (at, _) in known
            .files
            .iter()
            .enumerate()
            .filter(|(_, file)| has_records(file, bundle))
        {
            let sides = match bundle {
                Bundle::Delta => [Side::New, Side::Old],
                Bundle::Fold => [Side::Old, Side::New],
            };
            self.jobs
                .extend(sides.map(|side| Job::Write(bundle, side, at)));
            self.jobs.push_back(Job::Written);
        }
        self.count();
        Ok(())
    }

    /// Begins to write what was found.
    pub(super) fn begin_print(&mut self, print: Print) -> Result<()> {
        let report = self.report()?;
        let (name, text) = match print {
            Print::Json => ("comparison.json", json(&report)),
            Print::Text => ("comparison.txt", text::print(&report)),
            Print::Csv => ("comparison.csv", String::new()),
        };
        self.pieces.push(Piece::File(name.to_owned()));
        let mut out = text.into_bytes();
        if let Print::Csv = print {
            rows::header(&mut out);
            rows::matching(&report, &mut out);
            if let Some(known) = &self.known {
                self.jobs
                    .extend(known.order.iter().map(|at| Job::List(*at)));
            }
        }
        self.pieces.push(Piece::Bytes(out));
        Ok(())
    }

    /// Counts the bytes that are to be read.
    fn count(&mut self) {
        let Some(known) = &self.known else { return };
        for job in &self.jobs {
            if let Job::Write(_, side, at) = job
                && let Some(half) = known.files[*at].half(*side)
            {
                self.total += half.size();
            }
        }
    }
}

/// What such a bundle is made of, or why there can be none.
fn possible(known: Option<&Known>, bundle: Bundle) -> Result<(&Known, &'static Manifest)> {
    let Some(known) = known else {
        return Err(Error::usage(
            "nothing was compared, so there is no bundle to write",
        ));
    };
    let Some(manifest) = &known.format.import.manifest else {
        let text = format!(
            "{} has no deltas, so there is no bundle to write",
            known.format.title
        );
        return Err(Error::usage(text));
    };
    match refused(&known.files, bundle) {
        Some(why) => Err(Error::usage(why)),
        None => Ok((known, manifest)),
    }
}

/// Why files of such sides make no such bundle.
fn refused(files: &[File], bundle: Bundle) -> Option<String> {
    if let Some(one) = files.iter().find_map(|file| file.unkeyed.first()) {
        let lacks = one.lacks();
        return Some(format!(
            "{lacks}; expected it on both sides, so no bundle was written"
        ));
    }
    let mut news = files.iter().filter_map(|file| file.half(Side::New));
    let is_delta = news.any(|half| half.mode() == Mode::Delta);
    match (bundle, is_delta || is_empty_delta(files)) {
        (Bundle::Delta, _) if is_delta => {
            Some("NEW is a delta already; expected all that is to be there".to_owned())
        }
        (Bundle::Fold, false) => {
            Some("NEW is no delta; expected one, to be put upon OLD".to_owned())
        }
        (Bundle::Fold, true) => files.iter().find_map(rekeyed).or_else(|| cut(files)),
        (Bundle::Delta, _) => cut(files),
    }
}

/// That a record was not read to its end, so that it cannot be written.
fn cut(files: &[File]) -> Option<String> {
    let is_cut = |file: &&File| file.sides.iter().flatten().any(|half| half.oversized > 0);
    let file = files.iter().find(is_cut)?;
    Some(format!(
        "`{}` has a record of more than 16 MiB, which was not read to its end; expected shorter ones, so no bundle was written",
        file.name()
    ))
}

/// Whether NEW has nothing but a manifest: it is what becomes of a day without changes.
pub(super) fn is_empty_delta(files: &[File]) -> bool {
    files.iter().all(|file| file.half(Side::New).is_none())
}

/// That records of NEW are meant for some of OLD which have another key: put upon OLD, they would
/// stand beside these, and what names them would name the old ones.
fn rekeyed(file: &File) -> Option<String> {
    let is_other = |entry: &&Entry| entry.has(NEW) && entry.has(PAIRED);
    let n = file.keys.iter().filter(is_other).count() as u64;
    (n > 0).then(|| {
        format!(
            "`{}`: {} of NEW with another key than the same in OLD; expected the keys of OLD, so nothing was put upon it",
            file.name(),
            records(n)
        )
    })
}

/// Whether the bundle has such records.
fn has_records(file: &File, bundle: Bundle) -> bool {
    let stamped = |at: usize, side| stamp(bundle, file, side, Some(at), "").is_some();
    let of = |side: Side| {
        let flag = [OLD, NEW][side as usize];
        let mut keys = file.keys.iter().enumerate();
        file.half(side).is_some() && keys.any(|(at, entry)| entry.has(flag) && stamped(at, side))
    };
    of(Side::Old) || of(Side::New)
}
