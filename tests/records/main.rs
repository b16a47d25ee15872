//! How text becomes records: one line per oddity, read whole, in two pieces cut at every place,
//! and byte by byte; and the same cells as the `csv` crate wherever nothing is wrong.
#![allow(clippy::unwrap_used)]

use hallpass::records::{Batch, Dialect, Flaw, Limits, Reader};
use proptest::prelude::*;

mod cases;
use cases::CASES;

/// How a case is read: `;`, `|` or a tab is the delimiter, `-` means that quotes mean nothing,
/// `h2` that two records end with the header, `w3` that the header has three cells, and `small`
/// that quotes run over 12 bytes at most and records over 16.
fn reader(how: &str) -> Reader {
    let mut dialect = Dialect::CSV;
    let (mut width, mut header, mut limits) = (None, 0, Limits::default());
    for word in how.split(' ').filter(|word| !word.is_empty()) {
        match word.as_bytes() {
            [delimiter @ (b';' | b'|' | b'\t')] => dialect.delimiter = *delimiter,
            b"-" => dialect.quote = None,
            b"small" => (limits.quoted, limits.record) = (12, 16),
            [b'w', ..] => width = word[1..].parse().ok(),
            [b'h', ..] => header = word[1..].parse().unwrap(),
            _ => panic!("{word}"),
        }
    }
    let reader = Reader::new(dialect, width, 0..u64::MAX);
    reader.with_header(header).with_limits(limits)
}

/// One line per record: its line, its byte range, its cells between `[` `|` `]`, and flaws with
/// their columns.
fn show(batch: &Batch<'_>, out: &mut Vec<String>) {
    for record in batch.records() {
        let cells = (0..record.width()).map(|at| {
            let value = record.value(at).unwrap();
            value.escape_ascii().to_string().replace("\\\"", "\"")
        });
        let cells: Vec<String> = cells.collect();
        let range = record.range();
        assert_eq!(range.end + record.line_break().len() as u64, record.next());
        let mut line = format!("{}:{}-{}", record.line() + 1, range.start, range.end);
        line += &format!(" [{}]", cells.join("|"));
        for fault in batch.faults() {
            if fault.record as usize == record.index() {
                let flaw = match fault.flaw {
                    Flaw::StrayQuote => "stray",
                    Flaw::UnclosedQuote => "unclosed",
                    Flaw::Oversized => "oversized",
                };
                line += &format!(" {flaw}@{}", fault.column);
            }
        }
        out.push(line);
    }
}

fn read<'a>(mut reader: Reader, pieces: impl IntoIterator<Item = &'a [u8]>) -> Vec<String> {
    let mut out = Vec::new();
    for piece in pieces {
        reader.push(piece, &mut |batch| show(batch, &mut out));
    }
    reader.end(&mut |batch| show(batch, &mut out));
    let breaks = reader.breaks();
    out.push(format!(
        "{} {:?} {:?}",
        reader.lines(),
        breaks.count,
        breaks.first
    ));
    assert_eq!(reader.records(), out.len() as u64 - 1);
    out
}

#[test]
fn each_oddity_is_read_as_the_table_says() {
    let mut wrong = Vec::new();
    for (how, input, expected) in CASES {
        let mut got = read(reader(how), [input.as_bytes()]);
        got.truncate(got.len() - 1);
        if got != *expected {
            wrong.push(format!("{how:?} {input:?}\n    got {got:?}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {}\n{}",
        wrong.len(),
        CASES.len(),
        wrong.join("\n")
    );
}

#[test]
fn it_does_not_matter_how_the_bytes_come() {
    for (how, input, _) in CASES {
        let bytes = input.as_bytes();
        let whole = read(reader(how), [bytes]);
        for cut in 0..=bytes.len() {
            let (front, back) = bytes.split_at(cut);
            assert_eq!(
                read(reader(how), [front, back]),
                whole,
                "{input:?} cut at {cut}"
            );
        }
        assert_eq!(
            read(reader(how), bytes.chunks(1)),
            whole,
            "{input:?} byte by byte"
        );
    }
}

/// Bytes in which everything that means something is frequent.
fn odd_bytes() -> impl Strategy<Value = Vec<u8>> {
    let byte = prop::sample::select(b"\"\"\"\n\n\r,,;ab \xC3\xA9\0".to_vec());
    prop::collection::vec(byte, 0..80)
}

/// Cells, a line break for each record, and whether each cell is quoted without need.
fn clean_table() -> impl Strategy<Value = Vec<(Vec<(String, bool)>, &'static str)>> {
    let cell = ("[ab ,;\"\n\ré]{0,6}", any::<bool>());
    let row = prop::collection::vec(cell, 1..5);
    let end = prop::sample::select(vec!["\n", "\r\n", "\r"]);
    prop::collection::vec((row, end), 0..8)
}

proptest! {
    #[test]
    fn any_bytes_are_read_the_same_in_any_pieces(
        bytes in odd_bytes(),
        cuts in prop::collection::vec(0usize..80, 0..6),
        how in prop::sample::select(vec!["", "w2", "w3 h1", ";", "-", "small", "small w2"]),
    ) {
        let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(bytes.len())).collect();
        cuts.extend([0, bytes.len()]);
        cuts.sort_unstable();
        let pieces = cuts.windows(2).map(|pair| &bytes[pair[0]..pair[1]]);
        prop_assert_eq!(read(reader(how), pieces), read(reader(how), [&*bytes]));
    }

    #[test]
    fn ranges_and_line_breaks_cover_all_bytes(bytes in odd_bytes()) {
        let mut reader = reader("");
        let mut copy = Vec::new();
        let mut take = |batch: &Batch<'_>| {
            for record in batch.records() {
                assert_eq!(record.range().start, copy.len() as u64);
                copy.extend_from_slice(record.bytes());
                copy.extend_from_slice(record.line_break());
            }
        };
        reader.push(&bytes, &mut take);
        reader.end(&mut take);
        prop_assert_eq!(copy, bytes);
    }

    #[test]
    fn clean_text_has_the_cells_that_were_written_and_that_the_csv_crate_reads(
        table in clean_table(),
    ) {
        let mut text = Vec::new();
        for (row, end) in &table {
            for (at, (cell, quoted)) in row.iter().enumerate() {
                if at > 0 {
                    text.push(b',');
                }
                // An empty record would be a blank line, which the csv crate passes over.
                match *quoted || row.len() == 1 {
                    true => Dialect::CSV.write_quoted(cell.as_bytes(), &mut text),
                    false => Dialect::CSV.write(cell.as_bytes(), &mut text),
                }
            }
            text.extend_from_slice(end.as_bytes());
        }
        let mut ours: Vec<Vec<Vec<u8>>> = Vec::new();
        let mut reader = reader("");
        let mut take = |batch: &Batch<'_>| {
            assert_eq!(batch.faults(), []);
            for record in batch.records() {
                let cells = (0..record.width()).map(|at| record.value(at).unwrap().into_owned());
                ours.push(cells.collect());
            }
        };
        reader.push(&text, &mut take);
        reader.end(&mut take);
        let written: Vec<Vec<Vec<u8>>> = table
            .iter()
            .map(|(row, _)| row.iter().map(|(cell, _)| cell.as_bytes().to_vec()).collect())
            .collect();
        prop_assert_eq!(&ours, &written);
        let mut builder = csv::ReaderBuilder::new();
        let mut theirs = builder.has_headers(false).flexible(true).from_reader(&*text);
        let theirs: Vec<Vec<Vec<u8>>> = theirs
            .byte_records()
            .map(|record| record.unwrap().iter().map(<[u8]>::to_vec).collect())
            .collect();
        prop_assert_eq!(&ours, &theirs);
    }
}
