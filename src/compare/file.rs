//! One file of the format on both sides, and what is known of it.

use std::sync::Arc;

use super::guards::Guard;
use super::half::Half;
pub(super) use super::half::Told;
use super::keep::Keep;
use super::keys::{Keys, NEW, OLD, SEEN};
use super::references::Names;
use super::rows::Row;
use super::schools::Places;
use super::slots::Slots;
use super::unkeyed::Unkeyed;
use crate::check::{Mode, Print, pair, print};
use crate::evidence;
use crate::formats::Missing;
use crate::layout::{Field, FileSpec, Key, Layout, Required};
use crate::records::trim;
use crate::report::compare::Sample;
use crate::session::Table;
use crate::types::Type;

/// Which of the two bundles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// What the receiver has, or got last.
    Old,
    /// What is about to be sent.
    New,
}

/// Both sides, as they are numbered.
pub(super) const SIDES: [Side; 2] = [Side::Old, Side::New];

/// A file of the format on both sides.
pub(super) struct File {
    pub layout: Arc<Layout>,
    pub spec: usize,
    pub sides: [Option<Half>; 2],
    /// Whether some of them are in another layout, so that what all have is compared.
    pub are_mixed: bool,
    /// Names of slots: those of the fields, then labels that the layout does not have.
    pub names: Vec<String>,
    /// The slots of the key; where there is none, a record is its own key.
    pub key: Vec<usize>,
    /// Files that lack what the others have of a key: no record can be found on the other side.
    pub unkeyed: Vec<Unkeyed>,
    /// For each slot whether it is compared.
    pub counts: Vec<bool>,
    /// The field that says whether a record is to be deleted.
    pub status: Option<usize>,
    /// The field that says when a record was changed.
    pub modified: Option<usize>,
    /// What becomes of records of OLD that NEW lacks.
    pub missing: Missing,
    /// Why they stay, if that is known.
    pub why: &'static str,
    pub keys: Keys,
    pub places: Places,
    /// For each slot the records that differ there; those beyond the labels are the last.
    pub fields: Vec<u64>,
    /// Records that differ in blanks and case alone.
    pub slight: u64,
    pub samples: Vec<Sample>,
    /// What its receiver does not change.
    pub guards: Vec<Guard>,
    /// Fields whose records have to be looked for in OLD, too.
    pub names_of_others: Vec<Names>,
    /// Records that the receiver keeps.
    pub keeps: Vec<Keep>,
}

impl File {
    /// `keys` are those by which the receiver finds its records, where the layout has none.
    pub fn new(
        layout: &Arc<Layout>,
        sides: [Vec<Table>; 2],
        keys: &[(&str, Vec<String>)],
    ) -> Option<File> {
        // What is about to be sent says what fields are called.
        let spec = SIDES
            .iter()
            .rev()
            .find_map(|side| sides[*side as usize].first());
        let spec = spec?.spec;
        let known = &layout.files[spec];
        let mut slots = Slots::new(known, &sides);
        let sides = sides.map(|tables| Half::new(tables, &mut slots));
        let Slots {
            names, are_mixed, ..
        } = slots;
        let there = |slot: &usize| {
            let mut given = sides.iter().flatten().flat_map(|half| &half.given);
            given.all(|given| given.columns.has(*slot))
        };
        let unique = || {
            known
                .fields
                .iter()
                .position(|field| field.key == Key::Unique)
        };
        let key: Vec<usize> = known.key().filter(there).into_iter().collect();
        let key = match key.is_empty() {
            true => unique().filter(there).into_iter().collect(),
            false => key,
        };
        let of_import = keys.iter().filter(|(format, _)| *format == known.format);
        let sets = known.keys.iter().chain(of_import.map(|(_, fields)| fields));
        let slots = |fields: &Vec<String>| fields.iter().map(|f| known.meant(f)).collect();
        let mut sets: Vec<Vec<usize>> = sets.filter_map(slots).collect();
        let of_several = || sets.iter().find(|slots| slots.iter().all(there)).cloned();
        let key = match key.is_empty() {
            true => of_several().unwrap_or_default(),
            false => key,
        };
        let mut unkeyed = Vec::new();
        if key.is_empty() {
            sets.extend(known.key().map(|slot| vec![slot]));
            unkeyed = Unkeyed::all(&sides, &sets, &names, known.fields.len());
        }
        let of_delta = |is: fn(&Field) -> bool| {
            let mut fields = known.fields.iter();
            fields.position(|field| is_of_delta(field) && is(field))
        };
        let status = of_delta(|field| {
            let codes = field.kind.codes();
            codes.is_some_and(|codes| codes.contains(DELETED.as_bytes()))
        });
        let modified = of_delta(|field| matches!(field.kind, Type::DateTime));
        // What one layout alone has is no change of a record.
        let slots = 0..names.len();
        let mut counts: Vec<bool> = slots.map(|slot| !are_mixed || there(&slot)).collect();
        for slot in key.iter().copied().chain(status).chain(modified) {
            counts[slot] = false;
        }
        Some(File {
            layout: Arc::clone(layout),
            spec,
            sides,
            are_mixed,
            fields: vec![0; names.len() + 1],
            names,
            key,
            unkeyed,
            counts,
            status,
            modified,
            missing: Missing::Kept,
            why: "",
            keys: Keys::default(),
            places: Places::default(),
            slight: 0,
            samples: Vec::new(),
            guards: Vec::new(),
            names_of_others: Vec::new(),
            keeps: Vec::new(),
        })
    }

    pub fn spec(&self) -> &FileSpec {
        &self.layout.files[self.spec]
    }

    pub fn name(&self) -> &str {
        &self.spec().name
    }

    pub fn half(&self, side: Side) -> Option<&Half> {
        self.sides[side as usize].as_ref()
    }

    /// How NEW is meant; where it lacks the file, as if it listed all records.
    pub fn mode(&self) -> Mode {
        self.half(Side::New).map_or(Mode::Bulk, Half::mode)
    }

    /// The fingerprint of a record's key; none where it is blank. `text` is room to work in.
    pub fn print(&self, row: &Row<'_>, text: &mut Vec<u8>) -> Option<Print> {
        match self.key.as_slice() {
            [] if !self.unkeyed.is_empty() => None,
            [] => {
                text.clear();
                row.write(&self.counts, text);
                Some(print([text.as_slice()]))
            }
            [one] => {
                let cell = row.cell(*one);
                (!trim(&cell).is_empty()).then(|| print([&*cell]))
            }
            // Of several, such as an organization and the one above it, only the first has to be there.
            [first, ..] if trim(&row.cell(*first)).is_empty() => None,
            several => {
                let cells = several.iter().map(|slot| row.cell(*slot));
                cells.map(|cell| print([&*cell])).reduce(pair)
            }
        }
    }

    /// The key of a record for people; of a record that is its own key, its line.
    pub fn shown_key(&self, row: &Row<'_>) -> String {
        let cells: Vec<String> = self.key.iter().map(|slot| row.shown(*slot)).collect();
        match cells.is_empty() {
            true => row.place(),
            false => evidence::value(cells.join(" ").trim_end()),
        }
    }

    /// What a record has in a slot, as samples show it.
    pub fn shown(&self, slot: usize, text: &[u8]) -> String {
        let field = self.layout.files[self.spec].fields.get(slot);
        match field.is_some_and(|field| field.secret) && !text.is_empty() {
            true => evidence::HIDDEN.to_owned(),
            false => evidence::value(&String::from_utf8_lossy(text)),
        }
    }

    /// Whether the record says that it is to be deleted.
    pub fn is_marked(&self, row: &Row<'_>) -> bool {
        self.status.is_some_and(|slot| {
            let cell = row.cell(slot);
            trim(&cell).eq_ignore_ascii_case(DELETED.as_bytes())
        })
    }

    /// In a pass behind the first one: the key of a record, by its number, where the record counts.
    pub fn locate(&mut self, side: Side, row: &Row<'_>, print: Print) -> Option<usize> {
        let at = self.keys.find(print)?;
        let entry = self.keys.get_mut(at);
        if !entry.has([OLD, NEW][side as usize]) {
            return None;
        }
        if self.sides[side as usize].as_ref()?.repeated.total > 0 {
            if entry.has(SEEN) {
                return None;
            }
            if side == Side::New || !self.is_marked(row) {
                self.keys.get_mut(at).set(SEEN);
            }
        }
        (side == Side::New || !self.is_marked(row)).then_some(at)
    }

    /// A pass over one side begins.
    pub fn begin(&mut self, side: Side) {
        if self.half(side).is_some_and(|half| half.repeated.total > 0) {
            self.keys.unset(SEEN);
        }
    }
}

/// The status of a record that is to be deleted.
pub(super) const DELETED: &str = "tobedeleted";

/// Whether the field is filled in deltas alone.
fn is_of_delta(field: &Field) -> bool {
    let Required::When(condition) = &field.required else {
        return false;
    };
    condition.field == "mode" && condition.values.iter().any(|value| value == "delta")
}
