//! Synthetic data: a small OneRoster 1.2 district to try things on, the same district with the
//! mistakes people make, and bundles of any size for the benchmarks. Every byte follows from the
//! code and a seed; nobody in here exists, and no file is ever read.

mod archive;
mod bench;
mod district;
mod families;
mod faults;
mod gradebook;
mod names;
mod people;
mod random;
mod schools;
mod table;

use archive::Archive;
use std::io;
use std::path::Path;

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

/// Writes a clean OneRoster 1.2 bundle of about `bytes` bytes (before compression): a zip when the
/// name `out` ends in `.zip`, else a folder. Users and enrollments take most of it, equal shares;
/// the same `bytes` and `seed` give the same bundle. It is no smaller than about 160 kB, and a large
/// one needs little more memory.
///
/// # Errors
/// When a file cannot be written, or one grows beyond the 4 GiB a plain zip can hold.
pub fn bundle(out: &Path, bytes: u64, seed: u64) -> io::Result<()> {
    bench::write(out, bytes, seed)
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
