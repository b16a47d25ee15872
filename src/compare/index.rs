//! The first pass: which keys each side has, and whether their records say the same.

use super::file::{File, Side};
use super::guards;
use super::keep::keep;
use super::keys::{CHANGED, MARKED, NEW, OLD};
use super::rows::Row;
use super::schools::{Schools, lend};
use crate::check::{Print, print};
use crate::records::trim;

/// Takes a record of the file with this number, and the fingerprint of its key. So
/// many `samples` of what is told are shown.
pub(super) fn index(
    files: &mut [File],
    schools: &mut Schools,
    (at, side): (usize, Side),
    (row, key): (&Row<'_>, Option<Print>),
    samples: usize,
    text: &mut Vec<u8>,
) {
    let school = schools.of(files, at, row);
    lend(files, at, side, row, school);
    let file = &mut files[at];
    let marked = file.is_marked(row);
    let stated = file
        .status
        .is_some_and(|slot| !trim(&row.cell(slot)).is_empty());
    let shown = |file: &File| file.shown_key(row);
    let Some(half) = &mut file.sides[side as usize] else {
        return;
    };
    half.records += 1;
    if row.is_surplus() {
        half.surplus.add(samples, || row.place());
    }
    half.stated += u64::from(stated);
    half.marked += u64::from(marked);
    let Some(key) = key else {
        half.blank.add(samples, || row.place());
        return;
    };
    // What OLD says is to be deleted is gone.
    if side == Side::Old && marked {
        return;
    }
    let number = file.keys.enter(key);
    let known = *file.keys.get(number);
    let own = [OLD, NEW][side as usize];
    if known.has(own) {
        let key = shown(file);
        if let Some(half) = &mut file.sides[side as usize] {
            half.repeated.add(samples, || key);
        }
        return;
    }
    text.clear();
    row.write(&file.counts, text);
    let content = print([text.as_slice()]).high;
    if side == Side::Old {
        keep(files, at, row, number);
        guards::hear(files, at, row);
    }
    let entry = files[at].keys.get_mut(number);
    entry.set(own);
    if school > 0 {
        entry.set_school(school);
    }
    if side == Side::New && marked {
        entry.set(MARKED);
        if !known.has(OLD) {
            let file = &mut files[at];
            let key = shown(file);
            if let Some(half) = &mut file.sides[side as usize] {
                half.unknown.add(samples, || key);
            }
        }
    } else if known.has(OLD) {
        if known.content != content {
            entry.set(CHANGED);
        }
    } else {
        entry.content = content;
    }
}
