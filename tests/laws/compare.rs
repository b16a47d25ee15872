//! Laws of comparing: every record is counted once, both directions agree, pieces do not matter, and
//! what a delta says is what it does.

use hallpass::compare::{Print, Task};
use hallpass::report::compare::{Comparison, Counts, json};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::config;
use crate::generate::{Files, clean, faulty};
use crate::support::bundle::{Bundle, check};
use crate::support::compare::{Files as Named, compare};

fn report(old: &Named, new: &Named) -> Comparison {
    compare(old, new, usize::MAX).comparison.report().unwrap()
}

/// What happens to a record from one upload to the next.
#[derive(Clone, Copy, Debug)]
enum Change {
    Drop(Index),
    Copy(Index),
    Write(Index, Index),
    Move(Index, Index),
}

fn change() -> impl Strategy<Value = (Index, Change)> {
    let i = any::<Index>;
    let change = prop_oneof![
        i().prop_map(Change::Drop),
        i().prop_map(Change::Copy),
        (i(), i()).prop_map(|(record, column)| Change::Write(record, column)),
        (i(), i()).prop_map(|(from, to)| Change::Move(from, to)),
    ];
    (i(), change)
}

/// Columns whose text can be anything, by label.
const FREE: &[&str] = &[
    "title",
    "name",
    "givenName",
    "familyName",
    "identifier",
    "location",
    "pronouns",
];

/// A clean bundle to which this happened.
fn changed(changes: &[(Index, Change)]) -> Named {
    let files = clean().0;
    let mut tables: Vec<(String, Vec<Vec<String>>)> = files
        .into_iter()
        .map(|(name, bytes)| {
            let mut rows = csv::ReaderBuilder::new();
            let rows = rows.has_headers(false).from_reader(&*bytes).into_records();
            let cells = |row: csv::StringRecord| row.iter().map(str::to_owned).collect();
            (name, rows.map(|row| cells(row.unwrap())).collect())
        })
        .collect();
    for (at, (table, change)) in changes.iter().enumerate() {
        // The manifest comes first, and stays.
        let table = 1 + table.index(tables.len() - 1);
        let rows = &mut tables[table].1;
        let records = rows.len() - 1;
        match change {
            // A file has to have a record.
            Change::Drop(record) if records > 1 => {
                rows.remove(1 + record.index(records));
            }
            Change::Drop(_) => {}
            Change::Copy(record) => {
                let mut copy = rows[1 + record.index(records)].clone();
                copy[0] = format!("copy{at}");
                rows.push(copy);
            }
            Change::Write(record, column) => {
                let free: Vec<usize> = (0..rows[0].len())
                    .filter(|at| FREE.contains(&&*rows[0][*at]))
                    .collect();
                if !free.is_empty() {
                    let column = free[column.index(free.len())];
                    rows[1 + record.index(records)][column] = format!("\"New\", {at}");
                }
            }
            Change::Move(from, to) => {
                let row = rows.remove(1 + from.index(records));
                rows.insert(1 + to.index(records), row);
            }
        }
    }
    let named = tables.into_iter().map(|(name, rows)| {
        let mut out = csv::Writer::from_writer(Vec::new());
        rows.iter().for_each(|row| out.write_record(row).unwrap());
        (name, out.into_inner().unwrap())
    });
    named.collect()
}

/// A text that says that a record is to be deleted, which takes it out of the counts.
fn is_marked(files: &Files) -> bool {
    let marks = |bytes: &Vec<u8>| {
        String::from_utf8_lossy(bytes)
            .to_lowercase()
            .replace('\0', "")
            .contains("tobedeleted")
    };
    files.0.iter().any(|(_, bytes)| marks(bytes))
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn old_and_delta_make_new(
        before in prop::collection::vec(change(), 0..8),
        after in prop::collection::vec(change(), 0..8),
    ) {
        let both: Vec<_> = before.iter().chain(&after).copied().collect();
        let (old, new) = (changed(&before), changed(&both));
        let mut forth = compare(&old, &new, 100);
        let delta = forth.run(Task::Delta, 100);
        let told = forth.comparison.report().unwrap();

        let bundle = Bundle { files: delta.clone(), ..Bundle::default() };
        let checked = check(&bundle);
        prop_assert_eq!(checked.totals.error, 0, "{:?}", checked.groups);

        let mut upon = compare(&old, &delta, usize::MAX);
        let of_delta = upon.comparison.report().unwrap();
        let total = |report: &Comparison, of: fn(&Counts) -> u64| -> u64 {
            report.files.iter().map(|file| of(&file.counts)).sum()
        };
        for of in [|c: &Counts| c.added, |c: &Counts| c.changed, |c: &Counts| c.removed] {
            prop_assert_eq!(total(&told, of), total(&of_delta, of));
        }
        let nothing = delta.len() == 1;
        prop_assert_eq!(nothing, total(&told, |c| c.added + c.changed + c.removed) == 0);
        if !nothing {
            let folded = upon.run(Task::Fold, 100);
            let back = report(&folded, &new);
            prop_assert_eq!(total(&back, |c| c.added + c.changed + c.missing), 0, "{:?}", back.files);
            let same = report(&new, &new);
            prop_assert_eq!(total(&back, |c| c.unchanged), total(&same, |c| c.unchanged));
        }
    }

    #[test]
    fn every_record_is_counted_once_and_both_directions_agree(old in faulty(), new in faulty()) {
        prop_assume!(!is_marked(&old) && !is_marked(&new));
        let (forth, back) = (report(&old.0, &new.0), report(&new.0, &old.0));
        for file in &forth.files {
            let Counts { added, changed, missing, unchanged, .. } = file.counts;
            prop_assert_eq!(missing + changed + unchanged + file.not_compared.old, file.records.old, "{}", &file.name);
            prop_assert_eq!(added + changed + unchanged + file.not_compared.new, file.records.new, "{}", &file.name);
            let other = back.files.iter().find(|other| other.name == file.name).unwrap();
            prop_assert_eq!((added, changed, unchanged), (other.counts.missing, other.counts.changed, other.counts.unchanged));
            prop_assert_eq!(&file.fields, &other.fields);
            let in_schools = forth.schools.iter().flat_map(|school| &school.files);
            let here = in_schools.filter(|one| one.name == file.name);
            prop_assert!(here.map(|one| one.counts.added).sum::<u64>() <= added);
        }
    }

    #[test]
    fn pieces_do_not_matter(old in faulty(), new in faulty(), piece in 1..200_usize) {
        let mut whole = compare(&old.0, &new.0, usize::MAX);
        let mut pieces = compare(&old.0, &new.0, piece);
        prop_assert_eq!(json(&whole.comparison.report().unwrap()), json(&pieces.comparison.report().unwrap()));
        let rows = Task::Print(Print::Csv);
        prop_assert_eq!(whole.run(rows, usize::MAX), pieces.run(rows, piece));
    }

    #[test]
    fn nothing_changes_between_a_bundle_and_itself(files in faulty()) {
        for file in report(&files.0, &files.0).files {
            let Counts { added, changed, missing, .. } = file.counts;
            prop_assert_eq!((added, changed, missing), (0, 0, 0), "{}", &file.name);
        }
    }
}
