//! Records that name what neither side has, where the files of NEW alone cannot tell: in a delta, and
//! where NEW leaves the file of those that are named to OLD.

use super::file::{File, Side, Told};
use super::keys::{NEW, OLD};
use super::rows::Row;
use crate::check::{Mode, print};
use crate::evidence;
use crate::records::trim;

/// A field that names records of a file that OLD has.
pub(super) struct Names {
    pub slot: usize,
    /// The file, by its number.
    pub to: usize,
    /// Records that name something else.
    pub told: Told,
}

/// What is looked at in the file with this number.
pub(super) fn names(files: &[File], at: usize) -> Vec<Names> {
    let file = &files[at];
    let fields = file.spec().fields.iter().enumerate();
    let names = fields.filter_map(|(slot, field)| {
        let to = field.reference.as_ref()?;
        let to = files.iter().position(|file| file.name() == to.file)?;
        let is_delta = file.half(Side::New)?.mode() == Mode::Delta;
        let is_left = files[to].half(Side::New).is_none();
        let told = Told::default();
        files[to].half(Side::Old)?;
        (is_delta || is_left).then_some(Names { slot, to, told })
    });
    names.collect()
}

/// Takes a record of NEW that stays.
pub(super) fn look(files: &mut [File], at: usize, row: &Row<'_>, keep: usize) {
    let mut names = std::mem::take(&mut files[at].names_of_others);
    for one in &mut names {
        let kind = &files[at].spec().fields[one.slot].kind;
        let cell = row.cell(one.slot);
        let items = kind.items(&cell).map(trim).filter(|item| !item.is_empty());
        let keys = &files[one.to].keys;
        let is_there = |item: &&[u8]| {
            let at = keys.find(print([*item]));
            at.is_some_and(|at| keys.get(at).has(OLD | NEW))
        };
        if let Some(lost) = items.into_iter().find(|item| !is_there(item)) {
            let shown = || evidence::value(&String::from_utf8_lossy(lost));
            one.told.add(keep, shown);
        }
    }
    files[at].names_of_others = names;
}
