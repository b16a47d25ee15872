//! Arbitrary bytes in arbitrary pieces to records. The records are the same however the bytes are
//! cut, they and their line breaks cover the input without a gap, and their cells lie inside them.

#![no_main]

use hallpass::records::{Breaks, Dialect, Fault, RECORD_LIMIT, Reader};
use libfuzzer_sys::fuzz_target;

/// One record: where it starts and ends, its line, its cells as values.
type Seen = (u64, u64, u64, Vec<Option<Vec<u8>>>);

/// What was read: records, flaws with the number of their record, line breaks, lines, the end.
#[derive(PartialEq, Debug)]
struct Read {
    records: Vec<Seen>,
    flaws: Vec<(u64, u32, String)>,
    breaks: Breaks,
    lines: u64,
    end: u64,
}

fn read<'a>(
    dialect: Dialect,
    width: Option<usize>,
    pieces: impl Iterator<Item = &'a [u8]>,
) -> Read {
    let (mut records, mut flaws) = (Vec::new(), Vec::new());
    let mut reader = Reader::new(dialect, width, 0..u64::MAX);
    let mut take = |batch: &hallpass::records::Batch<'_>| {
        for record in batch.records() {
            let range = record.range();
            for column in 0..record.width() {
                let cell = record.place(column);
                assert!(
                    cell.is_none_or(|cell| range.start <= cell.start && cell.end <= range.end),
                    "a cell lies outside its record"
                );
            }
            let cells =
                (0..record.width()).map(|at| record.value(at).map(|value| value.into_owned()));
            records.push((range.start, range.end, record.line(), cells.collect()));
        }
        for Fault {
            flaw,
            record,
            column,
        } in batch.faults()
        {
            let number = batch.record(*record as usize).number();
            flaws.push((number, *column, format!("{flaw:?}")));
        }
    };
    for piece in pieces {
        reader.push(piece, &mut take);
    }
    reader.end(&mut take);
    let (breaks, lines, end) = (reader.breaks(), reader.lines(), reader.offset());
    Read {
        records,
        flaws,
        breaks,
        lines,
        end,
    }
}

fuzz_target!(|data: &[u8]| {
    let [how, size, bytes @ ..] = data else {
        return;
    };
    let delimiter = [b',', b';', b'\t', b'|'][usize::from(how & 3)];
    let quote = (how & 4 == 0).then_some(b'"');
    let width = (how >> 3 != 0).then_some(usize::from(how >> 3));
    let dialect = Dialect { delimiter, quote };

    let whole = read(dialect, width, std::iter::once(bytes));
    let cut = read(dialect, width, bytes.chunks(usize::from(*size).max(1)));
    assert_eq!(whole, cut, "the cut shows");

    assert!(
        bytes.len() < RECORD_LIMIT,
        "the limit needs another harness"
    );
    assert_eq!(whole.end, bytes.len() as u64, "bytes are left over");
    let mut at = 0;
    for (start, end, ..) in &whole.records {
        assert_eq!(at, *start, "there is a gap before a record");
        at = match &bytes[*end as usize..] {
            [b'\r', b'\n', ..] => end + 2,
            [b'\r' | b'\n', ..] => end + 1,
            [] => *end,
            other => panic!("a record ends before {:?}", other[0]),
        };
    }
    assert_eq!(
        at,
        bytes.len() as u64,
        "there is a gap after the last record"
    );
});
