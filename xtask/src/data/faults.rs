//! The faulty sample: the clean district after the mistakes that spreadsheets, exporters and hands
//! make. They are those that turn up in public files and in vendors' lists of frequent errors, one
//! entry each: the rule that should see it, where, in how many places, and how it is made.

mod people;
mod structure;
mod work;

use super::table::{self, Table};

/// A mistake.
pub struct Fault {
    /// The rule that should see it.
    pub rule: &'static str,
    /// The file in which it is made, or `*` for the bundle.
    pub file: &'static str,
    /// The field, where it is about one.
    pub field: &'static str,
    /// In how many places it is made. A rule may see more: one missing school is missed often.
    pub places: usize,
    /// What is wrong, in words.
    pub what: &'static str,
    /// Makes it.
    pub make: Make,
}

/// How a mistake is made; each answers in how many places it has been.
pub enum Make {
    /// In the table of the file.
    Cells(fn(&mut Table) -> usize),
    /// In several tables.
    Tables(fn(&mut [Table]) -> usize),
    /// In the text of the file.
    Text(fn(&mut Vec<u8>) -> usize),
    /// In the set of files.
    Bundle(fn(&mut Files) -> usize),
}

/// The files of a bundle: name and bytes.
pub type Files = Vec<(String, Vec<u8>)>;

/// No limit to the places.
const ALL: usize = usize::MAX;

/// Every mistake, in the order in which they are made.
pub fn faults() -> impl Iterator<Item = &'static Fault> {
    [structure::FAULTS, people::FAULTS, work::FAULTS]
        .into_iter()
        .flatten()
}

/// Makes all mistakes, first those in tables, then those in the text made of them, then those in
/// the set of files; and says in how many places each was made, in the order of [`faults`].
pub fn faulty(mut tables: Vec<Table>) -> (Files, Vec<usize>) {
    let mut counts = vec![0; faults().count()];
    for (fault, count) in faults().zip(&mut counts) {
        let table = tables.iter_mut().find(|t| t.file == fault.file);
        match (&fault.make, table) {
            (Make::Cells(make), Some(table)) => *count = make(table),
            (Make::Tables(make), _) => *count = make(&mut tables),
            _ => {}
        }
    }
    let mut files = table::files(&tables);
    for (fault, count) in faults().zip(&mut counts) {
        let file = files.iter_mut().find(|(name, _)| name == fault.file);
        match (&fault.make, file) {
            (Make::Text(make), Some((_, text))) => *count = make(text),
            (Make::Bundle(make), _) => *count = make(&mut files),
            _ => {}
        }
    }
    (files, counts)
}

/// The mistakes as CSV: rule, file, field, places, what is wrong.
pub fn list() -> String {
    let head = table::line(&["rule", "file", "field", "places", "what"]);
    let lines = faults().map(|fault| {
        table::line(&[
            fault.rule,
            fault.file,
            fault.field,
            &fault.places.to_string(),
            fault.what,
        ])
    });
    std::iter::once(head)
        .chain(lines)
        .collect::<String>()
        .replace("\r\n", "\n")
}

/// Changes the cell under `label` in the first `most` of the records that `wanted` names by their
/// position, where that makes a difference; answers how many were changed.
fn change(
    table: &mut Table,
    label: &str,
    most: usize,
    wanted: impl Fn(&Table, usize) -> bool,
    with: impl Fn(&str) -> String,
) -> usize {
    let at = table.at(label);
    let mut count = 0;
    for row in 0..table.rows.len() {
        let new = with(&table.rows[row][at]);
        if count < most && new != table.rows[row][at] && wanted(table, row) {
            table.rows[row][at] = new;
            count += 1;
        }
    }
    count
}

/// Removes the records that `unwanted` names; answers how many there were.
fn remove(table: &mut Table, unwanted: impl Fn(&Table, usize) -> bool) -> usize {
    let (before, keep) = (table.rows.len(), table.clone());
    let mut row = 0..before;
    table
        .rows
        .retain(|_| row.next().is_some_and(|row| !unwanted(&keep, row)));
    before - table.rows.len()
}

/// Writes a label otherwise.
fn relabel(table: &mut Table, label: &str, new: &str) -> usize {
    let at = table.at(label);
    new.clone_into(&mut table.labels[at]);
    1
}

/// Replaces the first `most` places where `old` stands in a text; answers how many there were.
fn replace(text: &mut Vec<u8>, old: &[u8], new: &[u8], most: usize) -> usize {
    let (mut count, mut from) = (0, 0);
    while let Some(at) = text[from..]
        .windows(old.len())
        .position(|w| w == old)
        .filter(|_| count < most)
    {
        text.splice(from + at..from + at + old.len(), new.iter().copied());
        from += at + new.len();
        count += 1;
    }
    count
}

/// Where the last `lines` lines of a text begin.
fn tail(text: &[u8], lines: usize) -> usize {
    let ends = text.iter().enumerate().rev().filter(|(_, b)| **b == b'\n');
    ends.map(|(at, _)| at + 1).nth(lines).unwrap_or(0)
}

const fn cells(
    rule: &'static str,
    [file, field]: [&'static str; 2],
    places: usize,
    what: &'static str,
    make: fn(&mut Table) -> usize,
) -> Fault {
    Fault {
        rule,
        file,
        field,
        places,
        what,
        make: Make::Cells(make),
    }
}

const fn tables(
    rule: &'static str,
    [file, field]: [&'static str; 2],
    places: usize,
    what: &'static str,
    make: fn(&mut [Table]) -> usize,
) -> Fault {
    Fault {
        rule,
        file,
        field,
        places,
        what,
        make: Make::Tables(make),
    }
}

const fn text(
    rule: &'static str,
    file: &'static str,
    places: usize,
    what: &'static str,
    make: fn(&mut Vec<u8>) -> usize,
) -> Fault {
    Fault {
        rule,
        file,
        field: "",
        places,
        what,
        make: Make::Text(make),
    }
}

const fn bundle(
    rule: &'static str,
    places: usize,
    what: &'static str,
    make: fn(&mut Files) -> usize,
) -> Fault {
    Fault {
        rule,
        file: "*",
        field: "",
        places,
        what,
        make: Make::Bundle(make),
    }
}
