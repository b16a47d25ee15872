//! What two records that are put side by side differ in.

use super::file::File;
use super::matched::meant;
use super::rows::cells;
use crate::check::{Print, print};
use crate::records::trim;

/// A difference.
pub(super) struct Difference<'a> {
    pub slot: usize,
    pub old: &'a [u8],
    pub new: &'a [u8],
}

/// The slots in which two records differ; both are in the order of slots.
pub(super) fn differences<'a>(old: &'a [u8], new: &'a [u8]) -> Vec<Difference<'a>> {
    let (mut old, mut new) = (cells(old).peekable(), cells(new).peekable());
    let mut all = Vec::new();
    loop {
        let next = [old.peek(), new.peek()].into_iter().flatten();
        let Some(slot) = next.map(|(slot, _)| *slot).min() else {
            return all;
        };
        let text = |cell: Option<(usize, &'a [u8])>| cell.map_or(&[][..], |(_, text)| text);
        let before = text(old.next_if(|cell| cell.0 == slot));
        let after = text(new.next_if(|cell| cell.0 == slot));
        if before != after {
            all.push(Difference {
                slot,
                old: before,
                new: after,
            });
        }
    }
}

/// Whether both cells name the same records, which the receiver has by the old keys. The order of a
/// list of keys is that of its keys, as often as not, so that it is another one, too.
pub(super) fn is_renamed(files: &[File], file: &File, one: &Difference<'_>) -> bool {
    let Some(field) = file.spec().fields.get(one.slot) else {
        return false;
    };
    let to = field.reference.as_ref();
    let Some(to) = to.and_then(|to| files.iter().find(|file| file.name() == to.file)) else {
        return false;
    };
    let named = |cell| {
        let items = field.kind.items(cell).map(trim);
        let items = items.filter(|item| !item.is_empty());
        items.map(|item| print([item])).collect::<Vec<Print>>()
    };
    let (mut old, new) = (named(one.old), named(one.new));
    let mut meant: Vec<Print> = new.iter().map(|new| meant(to, *new)).collect();
    let is_other = meant != new;
    old.sort_unstable();
    meant.sort_unstable();
    is_other && old == meant
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(cells: &[(u32, &str)]) -> Vec<u8> {
        let mut out = Vec::new();
        for (slot, text) in cells {
            out.extend_from_slice(&slot.to_le_bytes());
            out.extend_from_slice(&(text.len() as u32).to_le_bytes());
            out.extend_from_slice(text.as_bytes());
        }
        out
    }

    #[test]
    fn a_cell_that_one_side_lacks_differs_from_one_that_holds_something() {
        let old = written(&[(1, "a"), (2, "b"), (5, "e")]);
        let new = written(&[(1, "a"), (3, "c"), (5, "E"), (9, "z")]);
        let found: Vec<(usize, &[u8], &[u8])> = differences(&old, &new)
            .iter()
            .map(|one| (one.slot, one.old, one.new))
            .collect();
        let expected: [(usize, &[u8], &[u8]); 4] = [
            (2, b"b", b""),
            (3, b"", b"c"),
            (5, b"e", b"E"),
            (9, b"", b"z"),
        ];
        assert_eq!(found, expected);
        assert!(differences(&old, &old).is_empty());
    }
}
