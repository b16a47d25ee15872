//! What becomes of the records of a file, and of those of each organization in it.

use std::collections::BTreeMap;

use super::file::File;
use super::keys::{CHANGED, Entry, KEPT, MARKED, NEW, OLD, PAIRED};
use crate::check::Mode;
use crate::formats::Missing;
use crate::report::compare::Counts;

/// The counts of a file, and of the records of each organization in it.
pub(super) struct Counted {
    pub whole: Counts,
    pub schools: BTreeMap<u32, Counts>,
}

/// What becomes of the records of a file, and which organization is meant by each.
pub(super) fn count(file: &File, meant: &[u32]) -> Counted {
    let mut counted = Counted {
        whole: Counts::default(),
        schools: BTreeMap::new(),
    };
    let archives = file.missing == Missing::Archived && file.mode() == Mode::Bulk;
    for entry in file.keys.iter().filter(|entry| entry.has(OLD | NEW)) {
        let Some(counts) = of(file, entry, archives) else {
            continue;
        };
        let school = meant[entry.school() as usize];
        let school = counted.schools.entry(school).or_default();
        for sum in [&mut counted.whole, school] {
            sum.added += counts.added;
            sum.changed += counts.changed;
            sum.removed += counts.removed;
            sum.missing += counts.missing;
            sum.left += counts.left;
            sum.unchanged += counts.unchanged;
        }
    }
    counted
}

/// What becomes of one record; nothing to count for one that is counted by another key.
fn of(file: &File, entry: &Entry, archives: bool) -> Option<Counts> {
    let mut counts = Counts::default();
    match (entry.has(OLD), entry.has(NEW)) {
        (true, true) if entry.has(MARKED) => counts.removed = 1,
        (true, true) if entry.has(CHANGED) => counts.changed = 1,
        (true, true) => counts.unchanged = 1,
        (true, false) if entry.has(PAIRED) => return None,
        (true, false) => {
            counts.missing = 1;
            counts.removed = u64::from(archives && !entry.has(KEPT));
            counts.left = 1 - counts.removed;
        }
        (false, _) if entry.has(MARKED) => return None,
        (false, _) if entry.has(PAIRED) => {
            let old = file.keys.get(entry.content as usize);
            match old.has(CHANGED) {
                true => counts.changed = 1,
                false => counts.unchanged = 1,
            }
        }
        (false, _) => counts.added = 1,
    }
    Some(counts)
}
