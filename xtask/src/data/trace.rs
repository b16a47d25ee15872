//! A log of a tutoring program, as DataShop exports them: one large file, separated by tabs; and
//! the tables that describe it.

use super::random::Random;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// The folder, beside the log's, that has its layout.
pub const LAYOUT: &str = "layout";

const FIELDS: [(&str, &str); 26] = [
    ("Row", "integer,yes"),
    ("Sample Name", "string,yes"),
    ("Transaction Id", "identifier,yes"),
    ("Anon Student Id", "identifier,yes"),
    ("Session Id", "identifier,yes"),
    ("Time", "string,yes"),
    ("Time Zone", "string,no"),
    ("Duration (sec)", "string,no"),
    ("Student Response Type", "string,no"),
    ("Student Response Subtype", "string,no"),
    ("Tutor Response Type", "string,no"),
    ("Tutor Response Subtype", "string,no"),
    ("Level (Unit)", "string,yes"),
    ("Level (Section)", "string,no"),
    ("Problem Name", "string,yes"),
    ("Problem View", "integer,yes"),
    ("Step Name", "string,no"),
    ("Attempt At Step", "integer,no"),
    ("Outcome", "code,no"),
    ("Selection", "string,no"),
    ("Action", "string,no"),
    ("Input", "string,no"),
    ("Feedback Text", "string,no"),
    ("KC (Default)", "string,no"),
    ("School", "string,no"),
    ("Class", "string,no"),
];

/// Writes `log/transactions.txt` and, in the folder `layout`, what describes it.
///
/// # Errors
/// When a file cannot be written.
pub fn write(out: &Path, bytes: u64, seed: u64) -> io::Result<()> {
    let (log, layout) = (out.join("log"), out.join(LAYOUT));
    fs::create_dir_all(&log)?;
    fs::create_dir_all(layout.join("codes"))?;
    fs::write(
        layout.join("files.csv"),
        "file,title,required,delimiter,labels,order\ntransactions.txt,Steps of students,yes,tab,all,fixed\n",
    )?;
    fs::write(
        layout.join("codes/outcome.csv"),
        "code,meaning\nCORRECT,Right\nINCORRECT,Wrong\nHINT,Asked for help\n",
    )?;
    let mut table = String::from("file,field,type,required,codes,key\n");
    for (label, rest) in FIELDS {
        let codes = if label == "Outcome" { "outcome" } else { "" };
        let key = if label == "Transaction Id" { "key" } else { "" };
        table += &format!("transactions.txt,{label},{rest},{codes},{key}\n");
    }
    fs::write(layout.join("layout.csv"), table)?;
    records(
        &mut BufWriter::new(File::create(log.join("transactions.txt"))?),
        bytes,
        seed,
    )
}

fn records(out: &mut dyn Write, bytes: u64, seed: u64) -> io::Result<()> {
    writeln!(out, "{}", FIELDS.map(|(label, _)| label).join("\t"))?;
    let mut random = Random::new(seed);
    let (mut written, mut row) = (0, 0_u64);
    while written < bytes {
        row += 1;
        let record = record(&mut random, row);
        out.write_all(record.as_bytes())?;
        written += record.len() as u64;
    }
    out.flush()
}

fn record(random: &mut Random, row: u64) -> String {
    let student = random.below(20_000) as u64;
    let outcome = random.pick(&["CORRECT", "CORRECT", "INCORRECT", "HINT"]);
    let (asked, told, feedback) = match outcome {
        "HINT" => (
            "HINT_REQUEST",
            "HINT_MSG",
            "What is the slope of the line through (0, 3) and (4, −5)?",
        ),
        "INCORRECT" => (
            "ATTEMPT",
            "RESULT",
            "Combine like terms before you divide both sides.",
        ),
        _ => ("ATTEMPT", "RESULT", ""),
    };
    let mut number = |end: usize| random.below(end);
    let time = format!(
        "2026-{:02}-{:02} {:02}:{:02}:{:02}.{}",
        1 + number(9),
        1 + number(28),
        number(24),
        number(60),
        number(60),
        number(10)
    );
    let session = row / 400 * 20_000 + student;
    let (line, column) = (number(9), number(9));
    format!(
        "{row}\tAll Data\t{:032x}\tStu_{:016x}\t{:016x}-{session:08x}\t{time}\tUS/Eastern\t{}.{}\t{asked}\t\t{told}\t\t\
         Unit {}: Linear Functions\tSection {}\tEG{:03} slope-intercept\t{}\tR{line}C{column}\t{}\t{outcome}\t\
         R{line}C{column}\tUpdateTextField\t{}x + {}\t{feedback}\tKC{:03}: find slope from graph\tSchool {}\tPeriod {}\n",
        u128::from(row).wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835),
        student.wrapping_mul(0xBF58_476D_1CE4_E5B9),
        session.wrapping_mul(0x94D0_49BB_1331_11EB),
        number(120),
        number(10),
        1 + number(12),
        1 + number(6),
        number(400),
        1 + number(3),
        1 + number(4),
        number(20),
        number(50),
        number(120),
        number(30),
        1 + number(8)
    )
}
