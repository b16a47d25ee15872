//! Synthetic data: a small OneRoster 1.2 district to try things on, the same district with the
//! mistakes people make, and bundles of any size for the benchmarks. Every byte follows from the
//! code and a seed; nobody in here exists, and no file is ever read.

mod archive;
mod bench;
mod changed;
mod district;
mod families;
mod faults;
mod gradebook;
mod managebac;
mod many_keys;
mod names;
mod pearson;
mod people;
mod random;
mod schools;
mod table;
mod trace;
mod users;
mod worst;

pub use changed::{NEW, OLD};
pub use many_keys::{KEYS, REFERENCES};
pub use table::Version;
pub use trace::LAYOUT;

use archive::Archive;
use std::io;
use std::path::Path;
use worst::Trouble;

/// Writes `clean.zip` and `faulty.zip` into the folder `out`, and prints what is wrong with the
/// second, as CSV (see [`faults::list`]).
///
/// # Errors
/// When the folder or a file cannot be written.
pub fn samples(out: &Path) -> io::Result<()> {
    std::fs::create_dir_all(out)?;
    let district = district::clean();
    let (faulty, _) = faults::faulty(district.clone());
    write(&out.join("clean.zip"), &table::files(&district))?;
    write(&out.join("faulty.zip"), &faulty)?;
    print!("{}", faults::list());
    Ok(())
}

/// What large made-up data consists of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Shape {
    /// OneRoster, nine tenths of it users and enrollments, most cells of users filled
    Rosters,
    /// OneRoster: users, roles and enrollments, few cells of users filled
    Mixed,
    /// ManageBac's dialect, shared out as rosters are
    Managebac,
    /// Rosters twice, as they were and as they are, in two folders of half the size
    Changed,
    /// OneRoster 1.2 with 5 million keys and 20 million references; always about 1 GB
    Keys,
    /// A log of a tutoring program, separated by tabs, and a layout for it
    Trace,
    /// Registrations for tests in PearsonAccess next: 86 columns, most cells empty
    Registrations,
    /// Nearly all enrollments
    Plain,
    /// The same with every cell quoted
    Quoted,
    /// The same with every cell wrong
    Wrong,
    /// The same with one key throughout
    SameKey,
    /// The same with keys that crowd in tables hashed without a secret
    Crowded,
    /// The same with a cell of a million characters in every record
    WideCells,
    /// The same with a million cells in every record
    ManyColumns,
    /// One cell instead of all records
    OneCell,
}

/// Writes about `bytes` bytes of such data (before compression): OneRoster into a zip when the name
/// `out` ends in `.zip`, else into a folder. The same `bytes` and `seed` give the same data. It is no
/// smaller than about 160 kB, and much of it needs little more memory.
///
/// # Errors
/// When a file cannot be written, one grows beyond the 4 GiB a plain zip can hold, or there is no such
/// data of the version. With the same `bytes`, bundles of all versions have the same records; those of
/// 1.1 are smaller by roles.csv.
pub fn bundle(out: &Path, bytes: u64, seed: u64, shape: Shape, version: Version) -> io::Result<()> {
    if version != Version::V1P2 && !matches!(shape, Shape::Rosters | Shape::Mixed) {
        let error = "only rosters and mixed data can be of another version than 1.2";
        return Err(io::Error::other(error));
    }
    let worst = |trouble| worst::write(out, bytes, seed, trouble);
    match shape {
        Shape::Rosters => bench::write(out, bytes, seed, bench::ROSTERS, version),
        Shape::Mixed => bench::write(out, bytes, seed, bench::MIXED, version),
        Shape::Managebac => managebac::write(out, bytes, seed),
        Shape::Changed => changed::write(out, bytes, seed),
        Shape::Keys => many_keys::write(out, seed),
        Shape::Trace => trace::write(out, bytes, seed),
        Shape::Registrations => pearson::write(out, bytes, seed),
        Shape::Plain => worst(Trouble::None),
        Shape::Quoted => worst(Trouble::Quoted),
        Shape::Wrong => worst(Trouble::Wrong),
        Shape::SameKey => worst(Trouble::SameKey),
        Shape::Crowded => worst(Trouble::Crowded),
        Shape::WideCells => worst(Trouble::WideCells),
        Shape::ManyColumns => worst(Trouble::ManyColumns),
        Shape::OneCell => worst(Trouble::OneCell),
    }
}

fn write(path: &Path, files: &[(String, Vec<u8>)]) -> io::Result<()> {
    let mut archive = Archive::create(path)?;
    for (name, bytes) in files {
        archive.file(name, |out| out.write_all(bytes))?;
    }
    archive.finish()
}

#[cfg(test)]
mod tests {
    use super::{district, faults, table};

    #[test]
    fn every_fault_is_in_as_many_places_as_it_says() {
        let (_, counts) = faults::faulty(district::clean());
        for (fault, count) in faults::faults().zip(counts) {
            assert_eq!(count, fault.places, "{}: {}", fault.file, fault.what);
        }
    }

    #[test]
    fn samples_are_the_same_every_time() {
        assert_eq!(
            table::files(&district::clean()),
            table::files(&district::clean())
        );
    }
}
