//! Laws of comparing: every record is counted once, both directions agree, pieces do not matter, and
//! what a delta says is what it does.

use hallpass::compare::{Print, Task};
use hallpass::report::compare::{Comparison, Counts, json};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::config;
use crate::generate::{Files, clean, faulty};
use crate::support::at_root;
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
    Mark(Index),
    Extend(Index),
}

/// Which bundle it happens to.
#[derive(Clone, Copy, Debug)]
enum Base {
    Roster,
    ManageBac,
}

impl Base {
    fn files(self) -> Named {
        match self {
            Base::Roster => clean().0,
            Base::ManageBac => managebac(),
        }
    }
}

/// How its files are written.
#[derive(Clone, Copy, Debug)]
enum Written {
    Utf8,
    Western,
    Japanese,
}

impl Written {
    /// As reports call it.
    fn name(self) -> &'static str {
        match self {
            Written::Utf8 => "utf-8",
            Written::Western => "windows-1252",
            Written::Japanese => "shift_jis",
        }
    }

    /// In that encoding, where it has all letters.
    fn bytes(self, text: String) -> Vec<u8> {
        let encoding = match self {
            Written::Utf8 => encoding_rs::UTF_8,
            Written::Western => encoding_rs::WINDOWS_1252,
            Written::Japanese => encoding_rs::SHIFT_JIS,
        };
        match encoding.encode(&text) {
            (bytes, _, false) => bytes.into_owned(),
            _ => text.into_bytes(),
        }
    }
}

fn written() -> impl Strategy<Value = Written> {
    prop_oneof![
        Just(Written::Utf8),
        Just(Written::Western),
        Just(Written::Japanese)
    ]
}

/// A clean bundle of ManageBac, the manifest first.
fn managebac() -> Named {
    let folder = at_root("src/formats/managebac/cases/clean/upload.zip");
    let mut files: Named = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let entry = entry.unwrap();
            let name = entry.file_name().into_string().unwrap();
            (name, std::fs::read(entry.path()).unwrap())
        })
        .collect();
    files.sort_by_key(|(name, _)| (name != "manifest.csv", name.clone()));
    files
}

fn change() -> impl Strategy<Value = (Index, Change)> {
    let i = any::<Index>;
    let change = prop_oneof![
        i().prop_map(Change::Drop),
        i().prop_map(Change::Copy),
        (i(), i()).prop_map(|(record, column)| Change::Write(record, column)),
        (i(), i()).prop_map(|(from, to)| Change::Move(from, to)),
        i().prop_map(Change::Mark),
    ];
    (i(), change)
}

/// What happens, and perhaps cells beyond the labels, too.
fn any_change() -> impl Strategy<Value = (Index, Change)> {
    let beyond = any::<(Index, Index)>().prop_map(|(file, at)| (file, Change::Extend(at)));
    prop_oneof![40 => change(), 1 => beyond]
}

/// What may stand in such a column. Each tells by itself what it is written in.
const TEXTS: &[&str] = &["\"New\", ", "Núñez ", "Müller ", "数学入門 ", "iPad活用、"];

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
fn changed(base: Base, changes: &[(Index, Change)], written: Written) -> Named {
    let files = base.files();
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
            // ManageBac takes a copy for the same.
            Change::Copy(_) if matches!(base, Base::ManageBac) => {}
            Change::Mark(record) => rows[1 + record.index(records)][1] = "tobedeleted".to_owned(),
            Change::Extend(record) => rows[1 + record.index(records)].push("EXTRA".to_owned()),
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
                    rows[1 + record.index(records)][column] =
                        format!("{}{at}", TEXTS[at % TEXTS.len()]);
                }
            }
            Change::Move(from, to) => {
                let row = rows.remove(1 + from.index(records));
                rows.insert(1 + to.index(records), row);
            }
        }
    }
    let named = tables.into_iter().map(|(name, rows)| {
        let mut out = csv::WriterBuilder::new();
        let mut out = out.flexible(true).from_writer(Vec::new());
        rows.iter().for_each(|row| out.write_record(row).unwrap());
        let text = String::from_utf8(out.into_inner().unwrap()).unwrap();
        (name, written.bytes(text))
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
        base in prop_oneof![Just(Base::Roster), Just(Base::ManageBac)],
        before in prop::collection::vec(any_change(), 0..8),
        after in prop::collection::vec(any_change(), 0..8),
        (one, two) in (written(), written()),
    ) {
        let both: Vec<_> = before.iter().chain(&after).copied().collect();
        let (old, new) = (changed(base, &before, one), changed(base, &both, two));
        let mut forth = compare(&old, &new, 100);
        let delta = forth.run(Task::Delta, 100);
        let told = forth.comparison.report().unwrap();
        let beyond = |changes: &[(Index, Change)]| changes.iter().any(|one| matches!(one.1, Change::Extend(_)));
        let is_told = told.findings.iter().any(|found| found.rule == "extra-cell");
        // What is beyond the labels may be gone with its record.
        prop_assert!(beyond(&both) || !is_told);
        if is_told {
            return Ok(());
        }

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
        let folded = upon.run(Task::Fold, 100);
        let back = report(&folded, &new);
        prop_assert_eq!(total(&back, |c| c.added + c.changed + c.removed), 0, "{:?}", back.files);
        prop_assert_eq!(total(&back, |c| c.missing), total(&told, |c| c.left));
        let same = report(&new, &new);
        prop_assert_eq!(total(&back, |c| c.unchanged), total(&same, |c| c.unchanged));
    }

    #[test]
    fn what_a_file_is_written_in_is_no_change(
        changes in prop::collection::vec(change(), 0..8),
        written in written(),
    ) {
        let [plain, other] = [Written::Utf8, written].map(|written| changed(Base::Roster, &changes, written));
        // Few letters may be those of several encodings: then the guess may be another one.
        let bundle = Bundle { files: other.clone(), ..Bundle::default() };
        let guessed = check(&bundle).files.into_iter().filter_map(|file| file.encoding);
        prop_assume!(guessed.into_iter().all(|name| ["utf-8", written.name()].contains(&&*name)));
        for file in report(&plain, &other).files {
            let Counts { added, changed, missing, .. } = file.counts;
            prop_assert_eq!((added, changed, missing), (0, 0, 0), "{}", &file.name);
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
