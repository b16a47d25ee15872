//! Both bundles were recognised: their files are put side by side.

use std::sync::Arc;

use super::file::{File, SIDES, Side};
use super::guards::Guard;
use super::half::Half;
use super::jobs::Job;
use super::keep::Keep;
use super::limits::Limits;
use super::look::Look;
use super::references;
use super::schools::{Places, Schools};
use super::tell::Tell;
use super::{Comparison, Known, Source, session};
use crate::Result;
use crate::formats::{self, Import, Matching, Way};
use crate::layout::Layout;
use crate::order::sort_by_key;
use crate::rules::unknown_file::TooMany;
use crate::session::{Table, Task};

impl Comparison {
    /// Puts the files of both sides side by side, and says which are read in which order.
    pub(super) fn ready(&mut self) -> Result<()> {
        (self.known, self.refused) = (None, None);
        let [old, new] = &self.sides;
        let formats = [old, new].map(|side| {
            let (format, ..) = side.known_format()?;
            Some((format, side.why()))
        });
        if let [Some((old, _)), Some((new, _))] = formats {
            // What one receiver exports in its dialect is compared with what it is about to be sent.
            let dialect = match (old.dialect_of, new.dialect_of) {
                (Some(base), _) if base == new.id => Some((Side::New, old.id)),
                (_, Some(base)) if base == old.id => Some((Side::Old, new.id)),
                _ => None,
            };
            if let Some((side, id)) = dialect {
                return self.take_for(side, id);
            }
        }
        let (mut olds, mut news) = (old.tables()?, new.tables()?);
        let known = match (old.known_format(), new.known_format()) {
            (Some((old, one, of_old)), Some((format, two, layout)))
                if old.id == format.id
                    || Arc::ptr_eq(of_old, layout) && has_common(layout, &olds, &news) =>
            {
                (format, one || two, layout)
            }
            _ => {
                let mut tell = Tell::default();
                tell.formats(formats, [old.peeks(), new.peeks()]);
                (self.refused, self.compared) = (Some(tell), true);
                return Ok(());
            }
        };
        let (format, detected, layout) = known;
        let import: &Import = format.import;
        let (matching, keys) = (import.matching()?, import.keys()?);
        let profile = self.options.profile.as_deref();
        let limits = Limits {
            own: self.options.threshold,
            profile: profile.map(|id| formats::profile(id, format)).transpose()?,
        };
        let is_manifest = |name: &str| {
            let manifest = import.manifest.as_ref();
            manifest.is_some_and(|manifest| manifest.file == name)
        };
        let mut files = Vec::new();
        for (at, known) in layout.files.iter().enumerate() {
            let sides = [&mut olds, &mut news].map(|tables| take(layout, at, tables));
            if is_manifest(&known.name) {
                continue;
            }
            let Some(mut file) = File::new(layout, sides, &keys) else {
                continue;
            };
            file.why = import.why;
            for (side, number, encoding) in &self.encodings {
                let half = file.sides[*side as usize].iter_mut();
                let mut given = half.flat_map(|half| &mut half.given);
                if let Some(given) = given.find(|given| given.table.file == *number) {
                    given.encoding = *encoding;
                }
            }
            let kept = |row: &Matching| {
                row.file == file.name() && row.way == Way::Kept && row.when.is_none()
            };
            if file.half(Side::New).is_some() && !matching.iter().any(kept) {
                file.missing = import.missing;
            }
            files.push(file);
        }
        let others = |side: Side, tables: Vec<Table>| {
            let tables = tables.into_iter();
            let second = tables.map(|table| (table.name, TooMany::of(table.plan.spec())));
            let all = second.chain(self.sides[side as usize].surplus());
            all.map(move |(name, told)| (side, name, told))
        };
        let others = others(Side::Old, olds).chain(others(Side::New, news));
        let others = others.collect();
        let schools = import.schools()?;
        let specs: Vec<usize> = files.iter().map(|file| file.spec).collect();
        for file in &mut files {
            file.places = Places::new(&schools, layout, file.spec, &specs);
        }
        let protected = import.protected()?;
        for at in 0..files.len() {
            files[at].keeps = Keep::all(&matching, &files, at);
            files[at].guards = Guard::all(&protected, &files, at);
            files[at].names_of_others = references::names(&files, at);
        }
        // A record that says where others belong is read before them.
        let mut order: Vec<usize> = (0..files.len()).collect();
        sort_by_key(&mut order, |at| {
            let name = files[*at].name();
            let row = schools.iter().position(|row| row.file == name);
            row.unwrap_or(usize::MAX)
        });
        for side in SIDES {
            self.jobs
                .extend(order.iter().map(|at| Job::Index(side, *at)));
        }
        self.jobs.push_back(Job::Indexed);
        for side in SIDES {
            let sizes = files.iter().filter_map(|file| file.half(side));
            self.total += sizes.map(Half::size).sum::<u64>();
        }
        self.known = Some(Known {
            format,
            detected,
            why: new.why().or(old.why()).map(str::to_owned),
            matching,
            limits,
            files,
            others,
            order,
            schools: Schools::default(),
            gathering: None,
            matched: Vec::new(),
            look: Look::default(),
            columns: None,
            text: Vec::new(),
        });
        Ok(())
    }

    /// Looks at a side anew, as this format.
    fn take_for(&mut self, side: Side, id: &str) -> Result<()> {
        let mut taken = session(self.options.as_of, Some(id.to_owned()));
        for Source { name, size, add } in &self.sources[side as usize] {
            add(&mut taken, name, *size);
        }
        taken.begin(Task::Plan)?;
        self.sides[side as usize] = taken;
        self.jobs.extend([Job::Plan(side), Job::Ready]);
        Ok(())
    }
}

/// Whether two files are of one kind: one file of the layout, or one data type in two layouts.
fn is_kind(layout: &Layout, one: usize, other: usize) -> bool {
    let [one_of, other_of] = [one, other].map(|spec| layout.files[spec].format.as_str());
    one == other || !one_of.is_empty() && one_of == other_of
}

/// Whether the sides have files of one kind.
fn has_common(layout: &Layout, olds: &[Table], news: &[Table]) -> bool {
    let is_new = |old: &Table| news.iter().any(|new| is_kind(layout, old.spec, new.spec));
    olds.iter().any(is_new)
}

/// Takes the tables that are of one kind with this file of the layout: the first, or all where there may
/// be several.
fn take(layout: &Layout, spec: usize, tables: &mut Vec<Table>) -> Vec<Table> {
    let is_kind = |table: &Table| is_kind(layout, spec, table.spec);
    let (mut kind, mut others): (Vec<Table>, Vec<Table>) =
        std::mem::take(tables).into_iter().partition(is_kind);
    if !layout.files[spec].is_several() && kind.len() > 1 {
        others.extend(kind.split_off(1));
    }
    *tables = others;
    kind
}
