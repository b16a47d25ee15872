//! Records that the receiver never archives, although NEW lacks them.

use super::file::File;
use super::keys::KEPT;
use super::rows::Row;
use crate::check::print;
use crate::formats::{Matching, Way};
use crate::records::trim;

/// Which records of a file are kept, and which of other files with them.
pub(super) struct Keep {
    /// The slot that has to hold one of some values.
    when: (usize, Vec<String>),
    /// Slots that name records of the files with these numbers.
    named: Vec<(usize, usize)>,
}

impl Keep {
    /// What the table says of the file with this number. Where all records are kept, the whole file is:
    /// see [`File::missing`].
    pub fn all(table: &[Matching], files: &[File], at: usize) -> Vec<Keep> {
        let spec = files[at].spec();
        let rows = table.iter().filter(|row| row.file == spec.name);
        let keeps = rows.filter(|row| row.way == Way::Kept).filter_map(|row| {
            let when = row.when.as_ref()?;
            let named = row.fields.iter().filter_map(|field| {
                let slot = spec.field(field)?;
                let to = spec.fields[slot].reference.as_ref()?;
                Some((slot, files.iter().position(|file| file.name() == to.file)?))
            });
            Some(Keep {
                when: (spec.field(&when.field)?, when.values.clone()),
                named: named.collect(),
            })
        });
        keeps.collect()
    }

    fn is_about(&self, row: &Row<'_>) -> bool {
        let cell = row.cell(self.when.0);
        let mut values = self.when.1.iter();
        values.any(|value| value.as_bytes() == trim(&cell))
    }
}

/// Notes which records are kept because of this one of OLD, with that key, in the file with this number.
pub(super) fn keep(files: &mut [File], at: usize, row: &Row<'_>, key: usize) {
    let keeps = std::mem::take(&mut files[at].keeps);
    for keep in keeps.iter().filter(|keep| keep.is_about(row)) {
        files[at].keys.get_mut(key).set(KEPT);
        for (slot, to) in &keep.named {
            let keys = &mut files[*to].keys;
            let named = keys.enter(print([&*row.cell(*slot)]));
            keys.get_mut(named).set(KEPT);
        }
    }
    files[at].keeps = keeps;
}
