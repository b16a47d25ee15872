//! Bundles that are hard to check fast: the same records as ever in enrollments.csv, but for one
//! thing that some checker would stumble over.

use super::bench::{Cells, Size, head, write_with};
use super::district::{FIRST_DAY, LAST_DAY};
use super::random::Uuid;
use super::table::labels;
use std::io::{self, Write};
use std::path::Path;

/// Columns of a record that has very many, and characters of a cell that has very many.
const MANY: usize = 1_000_000;

/// What is done to enrollments.csv.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Nothing.
    None,
    /// Every cell is quoted.
    Quoted,
    /// Every cell is wrong.
    Wrong,
    /// Every record has the same key.
    SameKey,
    /// The keys are chosen so that their hashes, unkeyed MurmurHash3, crowd in a table.
    Crowded,
    /// Every record has a cell of a million characters.
    WideCells,
    /// Every record has a million cells.
    ManyColumns,
    /// All bytes are in one quoted cell.
    OneCell,
}

/// Writes a bundle with about so many bytes in enrollments.csv.
///
/// # Errors
/// When a file cannot be written.
pub fn write(out: &Path, bytes: u64, seed: u64, trouble: Trouble) -> io::Result<()> {
    let size = Size::of(bytes / 5000, seed);
    let cells: Vec<_> = labels("enrollments.csv").collect();
    write_with(out, size, Cells::Few, &mut |out| match trouble {
        Trouble::OneCell => one_cell(out, bytes),
        Trouble::WideCells => {
            write!(out, "{},metadata.note\r\n", cells.join(","))?;
            let note = "x".repeat(MANY);
            records(out, size, bytes, |cells| {
                format!("{},{note}\r\n", cells.join(","))
            })
        }
        Trouble::ManyColumns => {
            write!(out, "{}", cells.join(","))?;
            for n in 0..MANY {
                write!(out, ",metadata.{n:x}")?;
            }
            out.write_all(b"\r\n")?;
            let more = ",x".repeat(MANY);
            records(out, size, bytes, |cells| {
                format!("{}{more}\r\n", cells.join(","))
            })
        }
        Trouble::None | Trouble::Quoted | Trouble::Wrong | Trouble::SameKey | Trouble::Crowded => {
            head(out, "enrollments.csv")?;
            let mut crowd = crowd();
            records(out, size, bytes, |mut cells| {
                match trouble {
                    Trouble::Wrong => cells = cells.map(|cell| format!("{cell} is wrong!")),
                    Trouble::SameKey => cells[0] = "the-same".to_owned(),
                    Trouble::Crowded => cells[0] = crowd.next().unwrap_or_default(),
                    Trouble::Quoted => cells = cells.map(|cell| format!("\"{cell}\"")),
                    _ => {}
                }
                cells.join(",") + "\r\n"
            })
        }
    })
}

fn records(
    out: &mut dyn Write,
    size: Size,
    bytes: u64,
    mut line: impl FnMut([String; 10]) -> String,
) -> io::Result<()> {
    let (mut written, mut n) = (0, 0);
    while written < bytes {
        let user = (0..size.users)
            .map(|step| (n + step) % size.users)
            .find(|user| !size.teaches(*user))
            .unwrap_or_default();
        let text = line([
            Uuid::of(size.seed, 7, n).to_string(),
            String::new(),
            String::new(),
            size.class(user % size.schools, n).to_string(),
            size.school(user).to_string(),
            size.user(user).to_string(),
            "student".to_owned(),
            "false".to_owned(),
            FIRST_DAY.to_owned(),
            LAST_DAY.to_owned(),
        ]);
        out.write_all(text.as_bytes())?;
        written += text.len() as u64;
        n += 1;
    }
    Ok(())
}

fn one_cell(out: &mut dyn Write, bytes: u64) -> io::Result<()> {
    head(out, "enrollments.csv")?;
    let piece = [b'x'; 1 << 16];
    out.write_all(b"\"")?;
    for _ in 0..bytes >> 16 {
        out.write_all(&piece)?;
    }
    out.write_all(b"\",,,,,,,,,\r\n")
}

/// Keys of 16 characters whose places in a table of 2ⁿ places, found by the lower bits of one half
/// or the other of MurmurHash3, all lie in the first 128th of each 131,072.
fn crowd() -> impl Iterator<Item = String> {
    const BITS: u64 = 0x7F << 10;
    let keys = (0_u64..).map(|n| format!("k{n:015}"));
    keys.filter(|key| murmur(key).1 & BITS == 0)
}

/// MurmurHash3 x64/128 of a key of 16 bytes (Austin Appleby, public domain): both halves.
fn murmur(key: &str) -> (u64, u64) {
    const C1: u64 = 0x87C3_7B91_1142_53D5;
    const C2: u64 = 0x4CF5_AD43_2745_937F;
    let word = |at: usize| {
        let bytes = key.as_bytes().get(at..at + 8).unwrap_or_default();
        bytes.iter().rev().fold(0, |n, b| n << 8 | u64::from(*b))
    };
    let mixed = |mut x: u64| {
        x = (x ^ (x >> 33)).wrapping_mul(0xFF51_AFD7_ED55_8CCD);
        x = (x ^ (x >> 33)).wrapping_mul(0xC4CE_B9FE_1A85_EC53);
        x ^ (x >> 33)
    };
    let first = word(0).wrapping_mul(C1).rotate_left(31).wrapping_mul(C2);
    let second = word(8).wrapping_mul(C2).rotate_left(33).wrapping_mul(C1);
    let a = first.rotate_left(27).wrapping_mul(5);
    let mut a = a.wrapping_add(0x52DC_E729);
    let b = second.rotate_left(31).wrapping_add(a).wrapping_mul(5);
    let mut b = b.wrapping_add(0x3849_5AB5) ^ 16;
    a ^= 16;
    a = a.wrapping_add(b);
    b = b.wrapping_add(a);
    (a, b) = (mixed(a), mixed(b));
    a = a.wrapping_add(b);
    b = b.wrapping_add(a);
    (a, b)
}

#[cfg(test)]
mod tests {
    use super::murmur;

    #[test]
    fn it_is_murmur() {
        // As the reference implementation has it.
        assert_eq!(
            murmur("0123456789abcdef"),
            (0x4BE0_6D94_CF4A_D1A7, 0x87C3_5B5C_63A7_08DA)
        );
    }
}
