//! Bundles made of the two that were compared: the delta that takes OLD to NEW, and the complete
//! bundle that a delta makes of OLD. Cells are written as they stand; only what says how a record is
//! meant is ours.

use super::file::{DELETED, File, Side};
use super::keys::{CHANGED, KEPT, MARKED, NEW, OLD, PAIRED};
use super::rows::Row;
use crate::check::Mode;
use crate::formats::Missing;
use crate::layout::{Label, Labels, Required};
use crate::records::Dialect;

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bundle {
    /// What takes OLD to NEW.
    Delta,
    /// What NEW, a delta, makes of OLD.
    Fold,
}

/// The label record of a file of the bundle, and the slots of its columns.
pub(super) fn header(file: &File) -> (Vec<usize>, Vec<u8>) {
    let spec = file.spec();
    let there = |slot: usize| {
        let mut sides = file.sides.iter().flatten();
        sides.any(|half| half.has(slot))
    };
    let asked = |slot: usize| {
        let field = &spec.fields[slot];
        match (field.label, spec.labels) {
            _ if field.is_family() => false,
            (Label::Optional, Labels::All) => false,
            (Label::Required, _) | (_, Labels::All) => true,
            (_, Labels::Required) => field.required == Required::Yes,
        }
    };
    let ours = |slot: usize| file.status == Some(slot) || file.modified == Some(slot);
    let fields = spec.fields.len();
    let slots = (0..file.names.len())
        .filter(|slot| *slot >= fields || there(*slot) || asked(*slot) || ours(*slot));
    let slots: Vec<usize> = slots.collect();
    let mut text = Vec::new();
    record(
        slots.iter().map(|slot| file.names[*slot].as_bytes()),
        &mut text,
    );
    (slots, text)
}

/// What is said of a record in a delta.
#[derive(Clone, Copy)]
pub(super) struct Stamp<'a> {
    status: &'a str,
    /// When it was changed.
    modified: &'a str,
}

/// Whether the record is part of the bundle, and what is said of it there. `at` is the number of
/// its key, where it counts.
pub(super) fn stamp<'a>(
    bundle: Bundle,
    file: &File,
    side: Side,
    at: Option<usize>,
    now: &'a str,
) -> Option<Stamp<'a>> {
    let entry = at.map(|at| file.keys.get(at));
    let plain = Stamp {
        status: "",
        modified: "",
    };
    match (bundle, side) {
        (Bundle::Delta, Side::New) => {
            let entry = entry?;
            let is_new = !entry.has(OLD) || entry.has(PAIRED);
            let goes = !entry.has(MARKED) && (is_new || entry.has(CHANGED));
            goes.then_some(Stamp {
                status: "active",
                modified: now,
            })
        }
        (Bundle::Delta, Side::Old) => {
            let entry = entry?;
            let is_archived = file.missing == Missing::Archived && !entry.has(KEPT);
            let is_gone = entry.has(MARKED) || !entry.has(NEW | PAIRED) && is_archived;
            is_gone.then_some(Stamp {
                status: DELETED,
                modified: now,
            })
        }
        (Bundle::Fold, Side::New) => {
            let stays = entry.is_none_or(|entry| !entry.has(MARKED));
            stays.then_some(plain)
        }
        (Bundle::Fold, Side::Old) => {
            let replaced = file.half(Side::New).is_some() && file.mode() == Mode::Bulk;
            let named = entry.is_some_and(|entry| entry.has(NEW));
            (!replaced && !named).then_some(plain)
        }
    }
}

/// Appends a record.
pub(super) fn write(
    file: &File,
    slots: &[usize],
    row: &Row<'_>,
    stamp: Stamp<'_>,
    out: &mut Vec<u8>,
) {
    let cells = slots.iter().map(|slot| match Some(*slot) {
        slot if slot == file.status => stamp.status.as_bytes().into(),
        slot if slot == file.modified => stamp.modified.as_bytes().into(),
        _ => row.cell(*slot),
    });
    record(cells, out);
}

fn record(cells: impl Iterator<Item = impl AsRef<[u8]>>, out: &mut Vec<u8>) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            out.push(b',');
        }
        Dialect::CSV.write(cell.as_ref(), out);
    }
    out.extend_from_slice(b"\r\n");
}
