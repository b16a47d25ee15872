//! What the import would do to a file, in a sentence.

use super::{counted, noun, records_of_old};
use crate::check::Mode;
use crate::compare::file::{File, SIDES, Side};
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
    if let Some(one) = file.unkeyed.first() {
        let text = format!(
            "Nobody can say what this import would do to {}: {}.",
            file.name(),
            one.lacks()
        );
        // It may be all of them.
        return Some((u64::MAX, text));
    }
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
    if old.is_none() {
        let noun = noun(file);
        let text = format!(
            "OLD has no {noun}; this import would add {}.",
            number(added)
        );
        return Some((0, text));
    }
    let all = records_of_old(file);
    let of = |n: u64| {
        format!(
            "{} of {} ({})",
            number(n),
            counted(file, all),
            share(n, all)
        )
    };
    let (added, changed) = (number(added), number(changed));
    let text = match (new.mode(), file.missing) {
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
                "This import would add {}, change {changed} and leave {} alone that NEW lacks{why}.",
                counted(file, counts.added),
                of(left)
            )
        }
    };
    Some((removed, text))
}

/// Which files were compared as one, and in which layouts they are.
pub(in crate::compare) fn together(file: &File) -> Vec<String> {
    let mut all = Vec::new();
    for side in SIDES {
        let names = file.half(side).into_iter().flat_map(|half| &half.given);
        let names: Vec<&str> = names.map(|given| given.table.name.as_str()).collect();
        if let [first, _, ..] = names.as_slice() {
            let (n, word, last) = (names.len(), side.word(), names[names.len() - 1]);
            all.push(format!(
                "The {n} files of {word} from {first} to {last} were compared as one {}.",
                file.name()
            ));
        }
    }
    if let ([Some(old), Some(new)], true) = (&file.sides, file.are_mixed) {
        let [old, new] = [old, new].map(|half| half.layouts().join("` and `"));
        all.push(format!(
            "OLD is `{old}`, NEW is `{new}`: what all have was compared."
        ));
    }
    all
}
