//! Tables that are made of groups of records: neither how many records fit into memory nor the order
//! of the records changes them.

use hallpass::session::{Piece, Task};
use proptest::prelude::*;

use crate::drive::{run, session};
use crate::generate::Files;

/// The table that the files become, and what was lost.
fn rollup(files: &Files, to: &str, at_once: usize, piece: usize) -> (String, String) {
    let mut session = session(files, Some("datashop"), 1);
    run(&mut session, files, Task::Check, usize::MAX);
    let mut set = vec![("atOnce".to_owned(), at_once.to_string())];
    if to == FILLED {
        set.push(("compute".to_owned(), "all".to_owned()));
    }
    let to = to.to_owned();
    let task = Task::Convert { to, set };
    let (mut out, mut log): (Vec<u8>, Vec<u8>) = (Vec::new(), Vec::new());
    for written in run(&mut session, files, task, piece) {
        match written {
            Piece::File(_) => assert!(out.is_empty(), "one file is made"),
            Piece::Bytes(bytes) => out.extend(bytes),
            Piece::Log(bytes) => log.extend(bytes),
        }
    }
    (
        String::from_utf8(out).unwrap(),
        String::from_utf8(log).unwrap(),
    )
}

/// Transactions with their computed columns filled in.
const FILLED: &str = "datashop";

const TABLES: [&str; 4] = [
    "datashop-student-step",
    "datashop-student-problem",
    "datashop-kc-model",
    FILLED,
];

/// What a file tells of visits to problems.
#[derive(Clone, Copy, Debug)]
enum Visits {
    Nothing,
    Starts,
    Views,
}

fn header(visits: Visits) -> &'static str {
    match visits {
        Visits::Nothing => "",
        Visits::Starts => "\tProblem Start Time",
        Visits::Views => "\tProblem View",
    }
}

/// Transactions in the order of their times, no two of which are equal, as lines.
fn log() -> impl Strategy<Value = (String, Vec<String>)> {
    let outcome = prop::sample::select(vec!["CORRECT", "incorrect", "Hint", ""]);
    let event = prop::sample::select(vec!["", "assess", "instruct"]);
    let place = (0..4_u32, 0..3_u32, 0..3_u32, 0..3_u32);
    let one = (place, 1..700_u32, outcome, event, 0..4_u32);
    let visits = prop_oneof![
        Just(Visits::Nothing),
        Just(Visits::Starts),
        Just(Visits::Views)
    ];
    (visits, proptest::collection::vec(one, 1..60)).prop_map(|(visits, all)| {
        let labels = "Anon Student Id\tSession Id\tTime\tLevel (Unit)\tProblem Name\tStep Name\tOutcome\t\
                      Condition Name\tCondition Type\tKC (A)\tKC (A)\tKC (B)\tEvent Type\tAttempt At Step";
        let mut time = 1_700_000_000_u64;
        let lines = all.into_iter().map(|((student, session, problem, step), passed, outcome, event, kc)| {
            time += u64::from(passed);
            let step_name = if step == 0 { String::new() } else { format!("step {step}") };
            let mut line = format!(
                "stu{student}\ts{session}\t{time}000\tU\tp{problem}\t{step_name}\t{outcome}\t\
                 c{kc}\tt\tk{kc}\tk{step}\tu{problem}{step}\t{event}\t{step}"
            );
            match visits {
                Visits::Nothing => {}
                Visits::Starts if kc == 0 => line.push('\t'),
                Visits::Starts => line += &format!("\t{}000", time - u64::from(kc) * 10),
                Visits::Views => line += &format!("\t{}", 1 + session),
            }
            line
        });
        (format!("{labels}{}", header(visits)), lines.collect())
    })
}

/// The lines in one file, or in two.
fn files(header: &str, lines: &[String], cut: usize) -> Files {
    let (one, two) = lines.split_at(cut.min(lines.len()));
    let file = |name: &str, lines: &[String]| {
        let text = format!("{header}\n{}\n", lines.join("\n"));
        (name.to_owned(), text.into_bytes())
    };
    Files(match two {
        [] => vec![file("one.txt", one)],
        two => vec![file("one.txt", one), file("two.txt", two)],
    })
}

proptest! {
    #![proptest_config(crate::config())]

    #[test]
    fn how_much_fits_into_memory_does_not_matter((header, lines) in log(), at_once in 1..30_usize, cut in 1..60_usize, piece in 1..300_usize) {
        let files = files(&header, &lines, cut);
        for to in TABLES {
            let whole = rollup(&files, to, usize::MAX >> 1, usize::MAX);
            prop_assert_eq!(rollup(&files, to, at_once, piece), whole);
        }
    }

    #[test]
    fn the_order_of_records_does_not_matter((header, lines) in log(), seed in any::<u64>()) {
        let mut shuffled = lines.clone();
        shuffled.sort_by_key(|line| {
            let hash = line.bytes().fold(seed, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
            hash >> 7
        });
        let (before, after) = (files(&header, &lines, 60), files(&header, &shuffled, 30));
        for to in ["datashop-student-step", "datashop-kc-model"] {
            prop_assert_eq!(rollup(&before, to, 1_000, usize::MAX).0, rollup(&after, to, 1_000, usize::MAX).0);
        }
        // Records stay where they are; what is computed goes with them.
        let records = |files: &Files| {
            let (table, _) = rollup(files, FILLED, 1_000, usize::MAX);
            let mut lines: Vec<String> = table.lines().map(str::to_owned).collect();
            lines.sort();
            lines
        };
        prop_assert_eq!(records(&before), records(&after));
    }

    /// Every transaction at a step is counted in one row.
    #[test]
    fn nothing_is_lost_or_counted_twice((header, lines) in log()) {
        let files = files(&header, &lines, 60);
        let count = |what: &str| {
            let cells = lines.iter().map(|line| line.split('\t').collect::<Vec<&str>>());
            let with = cells.filter(|cells| !cells[5].is_empty() && cells[12] != "instruct");
            with.filter(|cells| cells[6].eq_ignore_ascii_case(what)).count() as u64
        };
        let sum = |to: &str, label: &str| {
            let (table, _) = rollup(&files, to, 1_000, usize::MAX);
            let mut rows = table.lines().map(|line| line.split('\t').collect::<Vec<&str>>());
            let at = rows.next().unwrap().iter().position(|known| *known == label).unwrap();
            rows.map(|row| row[at].parse::<u64>().unwrap()).sum::<u64>()
        };
        for to in &TABLES[..2] {
            for (label, what) in [("Corrects", "correct"), ("Incorrects", "incorrect"), ("Hints", "hint")] {
                prop_assert_eq!(sum(to, label), count(what), "{} of {}", label, to);
            }
        }
    }
}
