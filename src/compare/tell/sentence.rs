//! What the import would do to a file, in a sentence.

use super::{noun, records_of_old};
use crate::check::Mode;
use crate::compare::file::{File, Side};
use crate::formats::Missing;
use crate::report::compare::Counts;
use crate::report::compare::words::{number, share};

/// Whether both sides have the same records.
pub(in crate::compare) fn is_same(file: &File, counts: &Counts) -> bool {
    let Counts {
        added,
        changed,
        removed,
        missing,
        unchanged,
        left: _,
    } = *counts;
    let sides = file.sides.iter().all(Option::is_some);
    sides && added + changed + removed + missing == 0 && unchanged > 0
}

/// What the import would do to a file that does not stay as it is, and how many records go.
pub(in crate::compare) fn sentence(file: &File, counts: &Counts) -> Option<(u64, String)> {
    let (old, new) = (file.half(Side::Old), file.half(Side::New)?);
    if is_same(file, counts) {
        return None;
    }
    let Counts {
        added,
        changed,
        removed,
        left,
        ..
    } = *counts;
    let noun = noun(file);
    if old.is_none() {
        let text = format!(
            "OLD has no {noun}; this import would add {}.",
            number(added)
        );
        return Some((0, text));
    }
    let all = records_of_old(file);
    let of = |n: u64| {
        format!(
            "{} of {} {noun} ({})",
            number(n),
            number(all),
            share(n, all)
        )
    };
    let (added, changed) = (number(added), number(changed));
    let text = match (new.table.mode, file.missing) {
        (Mode::Bulk, Missing::Archived) => {
            let rest = match left {
                0 => String::new(),
                n => format!(" The receiver keeps {} more that NEW lacks.", number(n)),
            };
            format!(
                "This bulk import would archive {}, add {added} and change {changed}.{rest}",
                of(removed)
            )
        }
        (Mode::Delta, _) => format!(
            "This delta import would delete {}, add {added}, change {changed} and leave {} alone.",
            of(removed),
            number(left)
        ),
        (Mode::Bulk, Missing::Kept) => {
            let why = match file.why {
                "" => String::new(),
                why => format!(
                    ": {why}, and after OLD and NEW the receiver has {}",
                    number(all + counts.added)
                ),
            };
            format!(
                "This import would add {added} {noun}, change {changed} and leave {} alone that NEW lacks{why}.",
                of(left)
            )
        }
    };
    Some((removed, text))
}
