//! What both passes found out, as a report.

use std::collections::BTreeMap;

use super::counts::{Counted, count};
use super::file::{File, Side};
use super::half::Half;
use super::limits::Limits;
use super::matched::Matched;
use super::output::is_empty_delta;
use super::schools::Schools;
use super::tell::{Alike, Tell, is_same, sentence, together};
use crate::check::Mode;
use crate::formats::{Import, Manifest, Matching, Missing, Way};
use crate::order::sort_by_key;
use crate::peek::Peek;
use crate::report::compare::words::records;
use crate::report::compare::{self, Counts, KeyPair, SchoolFile, Sides};
use crate::report::words::plural;
use crate::rules::unknown_file::TooMany;

/// What the report is made of.
pub(super) struct Known<'a> {
    pub files: &'a [File],
    /// Further files of a kind, which are not compared, and what they are.
    pub others: &'a [(Side, String, TooMany)],
    pub schools: &'a Schools,
    pub matched: &'a [Matched],
    pub peeks: [&'a [Peek]; 2],
    pub import: &'a Import,
    pub matching: &'a [Matching],
    /// What may be removed or changed without a word.
    pub limits: &'a Limits,
    pub keep: usize,
}

impl<'a> Known<'a> {
    /// The file of organizations: the first that says where records belong.
    fn orgs(&self) -> Option<&'a File> {
        let rows = self.import.schools().unwrap_or_default();
        let name = &rows.first()?.file;
        self.files.iter().find(|file| file.name() == name)
    }

    /// Whether it is that file.
    fn is_orgs(&self, file: &File) -> bool {
        self.orgs().is_some_and(|orgs| std::ptr::eq(orgs, file))
    }
}

/// The parts of a report that depend on the records.
pub(super) struct Sum {
    pub mode: &'static str,
    pub summary: Vec<String>,
    pub files: Vec<compare::File>,
    pub schools: Vec<compare::School>,
    pub matching: Vec<compare::Matching>,
    pub findings: Vec<compare::Finding>,
}

pub(super) fn sum(known: &Known<'_>) -> Sum {
    let manifest = known.import.manifest.as_ref();
    let orgs = known.orgs();
    let meant = known.schools.meant(orgs);
    let counted = known.files.iter().map(|file| count(file, &meant));
    let counted: Vec<Counted> = counted.collect();
    let gone = gone(known, &counted);
    let mut tell = Tell::default();
    tell.bundles(known.files, known.peeks, manifest);
    for (side, name, told) in known.others {
        tell.second(*side, name, told);
    }
    for (file, its) in known.files.iter().zip(&counted) {
        tell.changes(file, &its.whole, known.limits);
        if known.is_orgs(file) {
            let with = removed_with(known, &counted, &gone);
            tell.gone(file, named(known, &gone), &with, known.keep);
            continue;
        }
        let lost = emptied(its).filter(|school| !gone.contains(school));
        let lost: Vec<u32> = lost.collect();
        tell.emptied(file, named(known, &lost), known.keep);
    }
    let matching: Vec<compare::Matching> = known
        .matched
        .iter()
        .map(|one| matched(known, one))
        .collect();
    for (found, shown) in known.matched.iter().zip(&matching) {
        tell.matched(&known.files[found.file], shown, found.way);
    }
    let is_matched = |file: &&File| {
        let mut rows = known.matching.iter();
        rows.any(|row| row.way == Way::Match && row.file == file.name())
    };
    for file in known.files.iter().filter(is_matched) {
        tell.unmatched(file);
    }
    for file in known.files {
        tell.guarded(file);
        tell.names(file, known.files);
    }
    alike(known, &counted, &mut tell);
    sort_by_key(&mut tell.findings, |found| found.severity);
    let sentences = known.files.iter().zip(&counted);
    let mut sentences: Vec<(u64, String)> = sentences
        .filter_map(|(file, counted)| sentence(file, &counted.whole))
        .collect();
    sort_by_key(&mut sentences, |(gone, _)| std::cmp::Reverse(*gone));
    if !known.others.is_empty() {
        let files = plural(known.others.len() as u64, "file");
        let text = format!("{files} could not be compared, so more may change than is told.");
        sentences.insert(0, (0, text));
    }
    let counts = known.files.iter().zip(&counted);
    let same = counts.filter(|(file, counted)| is_same(file, &counted.whole));
    let same: Vec<&str> = same.map(|(file, _)| file.name()).collect();
    let lacking = known
        .files
        .iter()
        .filter(|file| file.half(Side::New).is_none());
    let lacking: Vec<&str> = lacking.map(File::name).collect();
    if !lacking.is_empty() {
        let names = lacking.join(", ");
        let text = format!("NEW has no {names}; what OLD has there is left alone.");
        sentences.push((0, text));
    }
    for file in known.files {
        sentences.extend(together(file).into_iter().map(|text| (0, text)));
        let halves = file.sides.iter().flatten();
        let n: u64 = halves
            .map(|half| half.blank.total + half.repeated.total)
            .sum();
        if n > 0 {
            let text = format!("{} of {} could not be compared.", records(n), file.name());
            sentences.push((0, text));
        }
    }
    if !same.is_empty() {
        let verb = if same.len() == 1 { "stays" } else { "stay" };
        sentences.push((0, format!("{} {verb} as before.", same.join(", "))));
    }
    Sum {
        mode: mode(known, manifest),
        summary: sentences.into_iter().map(|(_, text)| text).collect(),
        files: known
            .files
            .iter()
            .zip(&counted)
            .map(|(f, c)| file(f, &c.whole, known.limits))
            .collect(),
        schools: schools(known, &counted),
        matching,
        findings: tell.findings,
    }
}

/// How the files of NEW are meant, taken together.
fn mode(known: &Known<'_>, manifest: Option<&Manifest>) -> &'static str {
    let modes = known.files.iter().filter_map(|file| file.half(Side::New));
    let modes: Vec<Mode> = modes.map(Half::mode).collect();
    let delta = modes.contains(&Mode::Delta) || is_empty_delta(known.files) && manifest.is_some();
    let bulk = modes.contains(&Mode::Bulk);
    match (delta, bulk, known.import.missing) {
        (true, true, _) => "mixed",
        (true, false, _) => "delta",
        (false, _, Missing::Kept) if manifest.is_none() => "upsert",
        _ => "bulk",
    }
}

/// What is told of a file.
fn file(file: &File, counts: &Counts, limits: &Limits) -> compare::File {
    let sides = |of: &dyn Fn(&Half) -> u64| {
        let side = |side| file.half(side).map_or(0, of);
        Sides {
            old: side(Side::Old),
            new: side(Side::New),
        }
    };
    let mut fields = BTreeMap::new();
    let names = file.names.iter().map(String::as_str);
    for (name, n) in names.chain([BEYOND]).zip(&file.fields) {
        if *n > 0 {
            *fields.entry(name.to_owned()).or_default() += n;
        }
    }
    let mut samples = file.samples.clone();
    sort_by_key(&mut samples, |sample| sample.what);
    compare::File {
        name: file.name().to_owned(),
        counts: *counts,
        fields,
        slight: file.slight,
        threshold: limits.percent(file.name()),
        mode: match file.half(Side::New).map(Half::mode) {
            Some(Mode::Bulk) => "bulk",
            Some(Mode::Delta) => "delta",
            None => "absent",
        },
        records: sides(&|half| half.records),
        not_compared: sides(&|half| half.blank.total + half.repeated.total),
        samples,
    }
}

/// What cells beyond the last label are called.
const BEYOND: &str = "beyond the last label";

/// What becomes of the records of each organization, those with most changes first.
fn schools(known: &Known<'_>, counted: &[Counted]) -> Vec<compare::School> {
    let list = known.schools.list.iter().enumerate();
    let all = list.map(|(at, (key, name))| {
        let files = known.files.iter().zip(counted);
        let files = files.filter_map(|(file, counted)| {
            Some(SchoolFile {
                name: file.name().to_owned(),
                counts: *counted.schools.get(&(at as u32 + 1))?,
            })
        });
        compare::School {
            key: key.clone(),
            name: name.clone(),
            files: files.collect(),
        }
    });
    let mut all: Vec<compare::School> = all.filter(|school| !school.files.is_empty()).collect();
    sort_by_key(&mut all, |school| {
        let counts = school.files.iter().map(|file| &file.counts);
        let changes: u64 = counts
            .map(|c| c.added + c.changed + c.missing.max(c.removed))
            .sum();
        (std::cmp::Reverse(changes), school.key.clone())
    });
    all
}

/// The organizations of whose records in a file none would stay.
fn emptied(counted: &Counted) -> impl Iterator<Item = u32> {
    let all = counted.schools.iter().filter(|(school, counts)| {
        let stays = counts.added + counts.changed + counts.unchanged + counts.left;
        **school > 0 && counts.removed > 0 && stays == 0
    });
    all.map(|(school, _)| *school)
}

/// The organizations that would be removed themselves: the file of organizations has one record of
/// each.
fn gone(known: &Known<'_>, counted: &[Counted]) -> Vec<u32> {
    let both = known.files.iter().zip(counted);
    let mut orgs = both.filter(|(file, _)| known.is_orgs(file));
    orgs.next()
        .map_or(Vec::new(), |(_, counted)| emptied(counted).collect())
}

/// How many records of each file would be removed with these organizations.
fn removed_with<'a>(known: &Known<'a>, counted: &[Counted], gone: &[u32]) -> Vec<(&'a File, u64)> {
    let both = known.files.iter().zip(counted);
    let both = both.filter(|(file, _)| !known.is_orgs(file));
    let removed = both.map(|(file, counted)| {
        let of = |school| {
            counted
                .schools
                .get(school)
                .map_or(0, |counts| counts.removed)
        };
        (file, gone.iter().map(of).sum())
    });
    removed.filter(|(_, removed)| *removed > 0).collect()
}

/// What organizations are called.
fn named(known: &Known<'_>, schools: &[u32]) -> Vec<String> {
    let name = |school: &u32| {
        let (key, name) = &known.schools.list[*school as usize - 1];
        match name.is_empty() {
            true => key.clone(),
            false => format!("{name} ({key})"),
        }
    };
    schools.iter().map(name).collect()
}

fn matched(known: &Known<'_>, matched: &Matched) -> compare::Matching {
    let samples = matched.shown.iter().map(|(old, new)| KeyPair {
        old: old.clone(),
        new: new.clone(),
    });
    compare::Matching {
        file: known.files[matched.file].name().to_owned(),
        by: matched.by.clone(),
        way: match matched.way {
            Way::Match => "match",
            Way::Duplicate | Way::Kept => "duplicate",
        },
        total: matched.total,
        ambiguous: matched.ambiguous,
        samples: samples.collect(),
    }
}

/// Whether nothing changes at all, or there is nothing to compare.
fn alike(known: &Known<'_>, counted: &[Counted], tell: &mut Tell) {
    let mut unchanged = 0;
    for Counted { whole, .. } in counted {
        if whole.added + whole.changed + whole.removed + whole.missing > 0 {
            return;
        }
        unchanged += whole.unchanged;
    }
    let halves = known
        .files
        .iter()
        .flat_map(|file| file.sides.iter().flatten());
    if halves
        .into_iter()
        .any(|half| half.blank.total + half.repeated.total > 0)
    {
        return;
    }
    if unchanged == 0 {
        return tell.nothing();
    }
    // What is no table may be another one, and what is left out may have changes.
    let mut peeks = known.peeks.iter().flat_map(|side| side.iter());
    if peeks.any(|peek| peek.foreign.is_some()) || !known.others.is_empty() {
        return;
    }
    let matched = known.matched.iter().filter(|one| one.way == Way::Match);
    let matched: u64 = matched.map(|one| one.total).sum();
    if matched > 0 {
        return tell.same(unchanged, Alike::Matched(matched));
    }
    let sizes = |peeks: &[Peek]| {
        let mut sizes: Vec<u64> = peeks.iter().map(|peek| peek.size).collect();
        sort_by_key(&mut sizes, |size| *size);
        sizes
    };
    let alike = match sizes(known.peeks[0]) == sizes(known.peeks[1]) {
        true => Alike::Sizes,
        false => Alike::Records,
    };
    tell.same(unchanged, alike);
}
