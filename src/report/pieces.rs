//! Indented JSON in pieces: a value whose one list is empty, cut where the items of that list
//! stand, and then the items.

use serde::Serialize;
use serde_json::ser::{Formatter, PrettyFormatter, Serializer};

/// The text of a value so many levels deep, before and behind the items of its list `name`, which
/// is empty. Inside of texts every quote has a backslash before it, so that the list is found.
pub(super) fn around(value: &impl Serialize, name: &str, depth: usize) -> (Vec<u8>, Vec<u8>) {
    let mut head = Vec::new();
    write(value, depth, &mut head);
    let list = format!("\"{name}\": []");
    let at = memchr::memmem::find(&head, list.as_bytes());
    let at = at.map_or(head.len(), |at| at + list.len() - 1);
    let behind = head.split_off(at);
    (head, behind)
}

/// Appends an item of a list that stands so many levels deep, with what parts it from the one
/// before; `first` where there is none.
pub(super) fn item(value: &impl Serialize, depth: usize, first: First, out: &mut Vec<u8>) {
    comma(depth, first, out);
    write(value, depth, out);
}

/// Appends what stands before an item.
pub(super) fn comma(depth: usize, first: First, out: &mut Vec<u8>) {
    if first == First::No {
        out.push(b',');
    }
    line(depth, out);
}

/// Begins a line so many levels deep.
pub(super) fn line(depth: usize, out: &mut Vec<u8>) {
    out.push(b'\n');
    out.extend(std::iter::repeat_n(b' ', 2 * depth));
}

/// Whether an item is the first one of its list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum First {
    Yes,
    No,
}

impl First {
    /// Of an item with so many before it.
    pub(super) fn behind(before: u64) -> First {
        if before == 0 { First::Yes } else { First::No }
    }
}

fn write(value: &impl Serialize, depth: usize, out: &mut Vec<u8>) {
    let mut pretty = PrettyFormatter::new();
    for _ in 0..depth {
        // What is opened here was written before.
        pretty.begin_array(&mut std::io::sink()).ok();
    }
    let written = value.serialize(&mut Serializer::with_formatter(out, pretty));
    written.unwrap_or_else(|_| unreachable!("names, texts and numbers can always be written"));
}
