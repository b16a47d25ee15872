//! Two uploads of one district: rosters, and the same a while later. A few of the enrollments went, as
//! many came, and a few users and enrollments are not as they were.

use super::bench::{self, ROSTERS};
use super::table::Version;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::Path;

/// The folder of what was sent last.
pub const OLD: &str = "old";
/// The folder of what is about to be sent.
pub const NEW: &str = "new";

/// Of so many records one is changed, one has gone and one has come.
const EVERY: usize = 50;

/// Writes both, each of half the bytes.
///
/// # Errors
/// When a file cannot be read or written.
pub fn write(out: &Path, bytes: u64, seed: u64) -> io::Result<()> {
    let (old, new) = (out.join(OLD), out.join(NEW));
    fs::create_dir_all(&new)?;
    bench::write(&old, bytes / 2, seed, ROSTERS, Version::V1P2)?;
    for file in fs::read_dir(&old)? {
        let name = file?.file_name();
        let (from, to) = (old.join(&name), new.join(&name));
        match name.to_str() {
            Some("enrollments.csv") => each_line(&from, &to, enrollment)?,
            Some("users.csv") => each_line(&from, &to, user)?,
            _ => drop(fs::copy(from, to)?),
        }
    }
    Ok(())
}

/// Copies a file, each record as `change` has it, of which it is told the number; no cell of these files
/// has a line break.
fn each_line(from: &Path, to: &Path, change: fn(usize, &str) -> String) -> io::Result<()> {
    let mut out = BufWriter::new(File::create(to)?);
    for (number, line) in BufReader::new(File::open(from)?).lines().enumerate() {
        let line = line?;
        let line = match number {
            0 => line + "\r\n",
            _ => change(number, &line),
        };
        out.write_all(line.as_bytes())?;
    }
    out.flush()
}

/// The last day of an enrollment that ended early.
const LEFT: &str = "2026-12-18";

fn user(number: usize, line: &str) -> String {
    let line = match number % EVERY {
        2 => line.replacen(",true,", ",false,", 1),
        _ => line.to_owned(),
    };
    line + "\r\n"
}

/// Those of teachers stay: a class needs one.
fn enrollment(number: usize, line: &str) -> String {
    match number % EVERY {
        1..4 if !line.contains(",student,") => format!("{line}\r\n"),
        1 => String::new(),
        2 => {
            let rest = line.rfind(',').map_or("", |at| &line[..at]);
            format!("{rest},{LEFT}\r\n")
        }
        3 => {
            let other = if line.starts_with('f') { "0" } else { "f" };
            format!("{line}\r\n{other}{}\r\n", line.get(1..).unwrap_or_default())
        }
        _ => format!("{line}\r\n"),
    }
}
