//! What fixes may do and what they may not.

use std::collections::BTreeMap;

use hallpass::finding::Safety;
use hallpass::formats::known_labels;
use hallpass::peek::peek;
use hallpass::records::{Batch, Dialect, Reader};
use hallpass::session::Include;
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;

use crate::drive::{fixed, report, totals};
use crate::generate::{Files, clean, faulty};
use crate::logs::{clean_log, faulty_log};
use crate::uploads::{clean_uploads, faulty_uploads};

#[test]
fn the_clean_bundle_is_clean() {
    for files in [clean(), clean_log()] {
        let report = report(&files);
        let mut totals = totals(&report);
        // DataShop's own columns are told of, which is no fault.
        totals.retain(|(rule, _, _), _| rule != "ignored-label");
        assert_eq!(totals, Default::default());
        assert_eq!(report.not_checked.len(), 0);
    }
}

#[test]
fn clean_uploads_are_clean() {
    for files in clean_uploads() {
        let report = report(&files);
        let totals = &report.totals;
        assert_eq!(
            (totals.error, report.not_checked.len()),
            (0, 0),
            "{files:?}"
        );
        assert!(report.format.is_some());
    }
}

/// Nothing is written anew where nothing is to be fixed.
fn keeps_bytes(files: &Files) -> TestCaseResult {
    let (out, _) = fixed(files, Include::Review, &["no-such-rule"]);
    prop_assert_eq!(&out, files);
    Ok(())
}

fn is_done_after_one_round(files: &Files) -> TestCaseResult {
    let (once, log) = fixed(files, Include::Safe, &[]);
    let after = report(&once);
    for group in &after.groups {
        let safe = group.samples.iter().find(|sample| {
            let fix = sample.fix.as_ref();
            fix.is_some_and(|fix| fix.safety == Safety::Safe)
        });
        prop_assert!(
            safe.is_none(),
            "{} {:?}\n{log}\n{:?}",
            group.rule,
            safe,
            &once
        );
    }
    let (twice, _) = fixed(&once, Include::Safe, &[]);
    prop_assert_eq!(twice, once);
    Ok(())
}

fn adds_no_finding(files: &Files) -> TestCaseResult {
    let (once, log) = fixed(files, Include::Safe, &[]);
    // A column of one's own is called by its label, which may be another one afterwards.
    let mut labels: BTreeMap<String, String> = BTreeMap::new();
    for row in csv::Reader::from_reader(log.as_bytes()).records() {
        let row = row.unwrap();
        let is_label = |file: &(String, Vec<u8>)| {
            let header = file.1.split(|b| matches!(b, b'\n' | b'\r')).next();
            String::from_utf8_lossy(header.unwrap()).contains(&row[5])
        };
        if row[2].is_empty() && once.0.iter().any(is_label) {
            labels.insert(row[4].to_owned(), row[5].to_owned());
        }
    }
    let mut before = BTreeMap::new();
    for ((rule, file, field), total) in totals(&report(files)) {
        let field = field.map(|field| labels.get(&field).cloned().unwrap_or(field));
        *before.entry((quote(rule), file, field)).or_insert(0) += total;
    }
    for ((rule, file, field), total) in totals(&report(&once)) {
        let group = (quote(rule), file, field);
        let had = before.get(&group).copied().unwrap_or_default();
        prop_assert!(
            total <= had,
            "{group:?}: {had} became {total}\n{log}\n{:?}",
            &once
        );
    }
    Ok(())
}

/// A quote that does not close has another name where quotes mean nothing.
fn quote(rule: String) -> String {
    match rule.as_str() {
        "unclosed-quote" | "stray-quote" => "open-quote".to_owned(),
        _ => rule,
    }
}

fn copies_what_it_does_not_mend(files: &Files) -> TestCaseResult {
    let (out, log) = fixed(files, Include::Review, &[]);
    let mut changes: BTreeMap<String, BTreeMap<u64, bool>> = BTreeMap::new();
    let mut as_a_whole: Vec<String> = Vec::new();
    for row in csv::Reader::from_reader(log.as_bytes()).records() {
        let row = row.unwrap();
        match row[2].parse() {
            Ok(record) => {
                let dropped = match &row[6] {
                    "blank-record" | "repeated-header" => true,
                    "torn-record" => &row[5] != "Join the lines of the record",
                    _ => false,
                };
                changes
                    .entry(row[0].to_owned())
                    .or_default()
                    .insert(record, dropped);
            }
            Err(_) => as_a_whole.push(row[0].to_owned()),
        }
    }
    for (name, bytes) in &files.0 {
        let after = out.0.iter().find(|file| file.0 == *name);
        let Some((_, after)) = after.filter(|_| !as_a_whole.contains(name)) else {
            continue;
        };
        let changed = changes.remove(name).unwrap_or_default();
        let mut after = records(name, bytes, after).into_iter();
        for (at, record) in records(name, bytes, bytes).into_iter().enumerate() {
            match changed.get(&(at as u64)) {
                Some(true) => {}
                Some(false) => drop(after.next()),
                None => prop_assert_eq!(after.next(), Some(record), "{} {}\n{}", name, at, log),
            }
        }
        prop_assert_eq!(after.next(), None);
    }
    Ok(())
}

proptest! {
    #![proptest_config(crate::config())]

    #[test]
    fn without_edits_all_bytes_stay(
        files in faulty(), log in faulty_log(), uploads in faulty_uploads()
    ) {
        keeps_bytes(&files)?;
        keeps_bytes(&uploads)?;
        keeps_bytes(&log)?;
    }

    #[test]
    fn safe_fixes_are_done_after_one_round(files in faulty()) {
        is_done_after_one_round(&files)?;
    }

    #[test]
    fn safe_fixes_of_a_log_are_done_after_one_round(log in faulty_log()) {
        is_done_after_one_round(&log)?;
    }

    #[test]
    fn safe_fixes_of_uploads_are_done_after_one_round(uploads in faulty_uploads()) {
        is_done_after_one_round(&uploads)?;
    }

    #[test]
    fn a_safe_fix_adds_no_finding(files in faulty()) {
        adds_no_finding(&files)?;
    }

    #[test]
    fn a_safe_fix_of_a_log_adds_no_finding(log in faulty_log()) {
        adds_no_finding(&log)?;
    }

    #[test]
    fn a_safe_fix_of_uploads_adds_no_finding(uploads in faulty_uploads()) {
        adds_no_finding(&uploads)?;
    }

    #[test]
    fn records_without_a_fix_are_copied(
        files in faulty(), log in faulty_log(), uploads in faulty_uploads()
    ) {
        copies_what_it_does_not_mend(&files)?;
        copies_what_it_does_not_mend(&uploads)?;
        copies_what_it_does_not_mend(&log)?;
    }
}

/// The columns stand in another order, and a record is without its last cell, which is required.
#[test]
fn a_safe_fix_fills_no_record_up() {
    let sessions = "dateLastModified,status,sourcedId,title,type,startDate,endDate,\
        parentSourcedId,schoolYear\n,,y,Year,schoolYear,2026-08-17,2027-06-12,\n";
    let mut files = clean();
    let file = files
        .0
        .iter_mut()
        .find(|file| file.0 == "academicSessions.csv");
    file.unwrap().1 = sessions.into();
    let (out, log) = fixed(&files, Include::Safe, &[]);
    assert_eq!(out, files, "{log}");
    let (out, _) = fixed(&files, Include::Review, &["misordered-label"]);
    assert_ne!(out, files);
}

/// Fillers, which may stand anywhere, stay where they stand, whatever is added and moved.
#[test]
fn fillers_have_no_place_of_their_own() {
    let text = include_str!("../../src/formats/pearson/cases/spaced-labels/sr.csv");
    let files = |text: String| Files(vec![("upload.csv".to_owned(), text.into_bytes())]);
    let moved = files(text.replacen(
        "Class Name,Test Administrator",
        "Test Administrator,Class Name",
        1,
    ));
    let (once, log) = fixed(&moved, Include::Safe, &[]);
    assert!(log.contains("misordered-label"), "{log}");
    let header = String::from_utf8_lossy(&once.0[0].1);
    assert!(
        header.contains("White,Filler Field,Two or More Races"),
        "{header}"
    );
    assert!(
        header.contains("Answer Masking,Filler Field,Color Contrast"),
        "{header}"
    );
    is_done_after_one_round(&moved).unwrap();
}

/// Without the column nothing is said of what it has to hold; were it there and empty, each record
/// would have a finding more.
#[test]
fn a_column_that_may_not_be_empty_is_not_added_unseen() {
    let text = include_str!("../../src/formats/pearson/cases/attempts-clean/upload.csv");
    let mut rows = csv::ReaderBuilder::new();
    let rows = rows
        .has_headers(false)
        .from_reader(text.as_bytes())
        .into_records();
    let rows: Vec<csv::StringRecord> = rows.map(Result::unwrap).collect();
    let gone = rows[0]
        .iter()
        .position(|label| label == "TotalTestItemsAttempted");
    let line = |row: &csv::StringRecord| {
        let cells = row.iter().enumerate().filter(|(at, _)| Some(*at) != gone);
        cells.map(|(_, cell)| cell).collect::<Vec<_>>().join(",") + "\n"
    };
    let text: String = rows.iter().map(line).collect();
    let files = Files(vec![("upload.csv".to_owned(), text.into_bytes())]);
    let (out, log) = fixed(&files, Include::Safe, &[]);
    assert_eq!(out, files, "{log}");
    let (_, log) = fixed(&files, Include::Review, &[]);
    assert!(
        log.contains("Add an empty column TotalTestItemsAttempted"),
        "{log}"
    );
}

/// A category lost its blank. Behind its KC it gets it back; elsewhere, where it belongs to a KC that
/// may have another category, only someone who looks can tell.
#[test]
fn a_category_gets_its_blank_back() {
    let clean = clean_log();
    let text = String::from_utf8(clean.0[0].1.clone()).unwrap();
    let log = |text: String| Files(vec![("log.txt".to_owned(), text.into_bytes())]);
    let lost = log(text.replace("KC Category (A)", "KCCategory(A)"));
    let (out, log_of) = fixed(&lost, Include::Safe, &[]);
    assert_eq!(out, clean, "{log_of}");
    let twice = log(text.replace("Anon Student Id", "KCCategory(A)"));
    adds_no_finding(&twice).unwrap();
    let (out, log_of) = fixed(&twice, Include::Review, &["unpaired-label"]);
    assert_eq!(out, twice, "{log_of}");
}

/// A quote that is open swallows records of the manifest: they are there, and no fix adds them anew.
#[test]
fn what_a_quote_swallows_is_not_missing() {
    let mut files = clean();
    let manifest = files.0.iter_mut().find(|file| file.0 == "manifest.csv");
    let text = &mut manifest.unwrap().1;
    let lines = String::from_utf8(text.clone()).unwrap();
    let mut lines: Vec<String> = lines.lines().map(str::to_owned).collect();
    lines[1] = "\"a,1.0".to_owned();
    lines[13] = "file.courseResources,\"".to_owned();
    *text = lines.join("\n").into_bytes();
    adds_no_finding(&files).unwrap();
}

/// The manifest is missing: the files tell what belongs in it, and nothing is left to say.
#[test]
fn a_manifest_that_is_missing_is_added() {
    let mut files = clean();
    files.0.retain(|file| file.0 != "manifest.csv");
    let (out, _) = fixed(&files, Include::Safe, &[]);
    assert_eq!(out, files, "only someone who looked knows the modes");
    let (out, log) = fixed(&files, Include::Review, &[]);
    assert_eq!(totals(&report(&out)), Default::default(), "{log}");
    assert!(log.contains("manifest.csv"), "{log}");
}

/// The records of a file with their line breaks, read as one that begins as `like` does.
fn records(name: &str, like: &[u8], bytes: &[u8]) -> Vec<String> {
    let peek = peek("x.csv", like.len() as u64, like, &known_labels().unwrap());
    let is_literal = name.ends_with(".txt") && peek.dialect.delimiter == b'\t';
    let quote = peek.dialect.quote.filter(|_| !is_literal);
    let dialect = Dialect {
        quote,
        ..peek.dialect
    };
    let reader = Reader::new(dialect, Some(peek.labels.len()), 0..u64::MAX);
    let mut reader = reader.with_header(peek.titles as u64 + 1);
    let mut all = Vec::new();
    let mut take = |batch: &Batch<'_>| {
        for record in batch.records() {
            let bytes = [record.bytes(), record.line_break()].concat();
            all.push(bytes.escape_ascii().to_string());
        }
    };
    reader.push(&bytes[peek.start.mark() as usize..], &mut take);
    reader.end(&mut take);
    all.drain(..peek.titles);
    all
}
