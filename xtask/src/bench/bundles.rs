//! The data that is measured on: made once and kept, since the same size and seed make the same bytes.

use super::runs::folder;
use crate::data::{self, Shape, Version};
use crate::shell;
use anyhow::Result;
use std::{
    fs::{self, File},
    io,
    path::PathBuf,
};

/// How large the bundles are, in megabytes. One number scales them all.
#[derive(Clone, Copy)]
pub struct Sizes {
    /// Where a process starts as long as it works, or a peer is very slow.
    pub small: u64,
    /// Most peers.
    pub middle: u64,
    /// The browser.
    pub large: u64,
    /// Whether cost grows with size.
    pub huge: u64,
    /// A log of a year.
    pub log: u64,
}

impl Sizes {
    /// All sizes, from that of `large`.
    pub fn of(large: u64) -> Self {
        Self {
            small: (large / 50).max(1),
            middle: (large / 5).max(1),
            large,
            huge: large * 2,
            log: large * 5,
        }
    }
}

/// Data that is there.
#[derive(Clone)]
pub struct Bundle {
    /// What results call it: `rosters, 500 MB`.
    pub name: String,
    /// A folder, or a zip.
    pub path: PathBuf,
    /// Of all files; of a zip, of what is in it.
    pub bytes: u64,
}

/// The name of data in results.
pub fn name(shape: Shape, megabytes: u64) -> String {
    let value = clap::ValueEnum::to_possible_value(&shape);
    let shape = value.map_or_else(String::new, |value| value.get_name().to_owned());
    match shape.as_str() {
        "keys" => shape,
        _ => format!("{shape}, {megabytes} MB"),
    }
}

/// Makes the data, where it is not there.
pub fn bundle(shape: Shape, megabytes: u64, seed: u64) -> Result<Bundle> {
    made(
        name(shape, megabytes),
        shape,
        Version::V1P2,
        megabytes,
        seed,
    )
}

/// The name of rosters in OneRoster 1.1.
pub fn older_name(megabytes: u64) -> String {
    format!("rosters in 1.1, {megabytes} MB")
}

/// Rosters in OneRoster 1.1.
pub fn older(megabytes: u64, seed: u64) -> Result<Bundle> {
    let name = older_name(megabytes);
    made(name, Shape::Rosters, Version::V1P1, megabytes, seed)
}

fn made(name: String, shape: Shape, version: Version, megabytes: u64, seed: u64) -> Result<Bundle> {
    let file = format!("{} {seed}", name.replace(',', ""));
    let path = folder()?.join("data").join(&file);
    if !path.is_dir() {
        println!("Making {name} …");
        // What is half made must not be taken for the whole.
        let making = path.with_file_name(format!("{file}.part"));
        drop(fs::remove_dir_all(&making));
        data::bundle(&making, megabytes * 1_000_000, seed, shape, version)?;
        fs::rename(making, &path)?;
    }
    let bytes = size(&path)?;
    Ok(Bundle { name, path, bytes })
}

/// The same as a zip.
pub fn zipped(shape: Shape, megabytes: u64, seed: u64) -> Result<Bundle> {
    let plain = bundle(shape, megabytes, seed)?;
    let (name, path) = (
        format!("{}, zipped", plain.name),
        plain.path.with_extension("zip"),
    );
    if !path.is_file() {
        println!("Making {name} …");
        let making = path.with_extension("part.zip");
        data::bundle(&making, megabytes * 1_000_000, seed, shape, Version::V1P2)?;
        fs::rename(making, &path)?;
    }
    Ok(Bundle {
        name,
        path,
        ..plain
    })
}

fn size(folder: &std::path::Path) -> Result<u64> {
    let mut bytes = 0;
    for path in shell::files_below(folder)? {
        bytes += fs::metadata(folder.join(path))?.len();
    }
    Ok(bytes)
}

impl Bundle {
    /// A folder of it, for itself.
    pub fn part(&self, folder: &str) -> Result<Bundle> {
        let (name, path) = (format!("{}, {folder}", self.name), self.path.join(folder));
        let bytes = size(&path)?;
        Ok(Bundle { name, path, bytes })
    }

    /// Its files.
    pub fn files(&self) -> Result<Vec<PathBuf>> {
        if self.path.is_file() {
            return Ok(vec![self.path.clone()]);
        }
        let files = shell::files_below(&self.path)?;
        Ok(files.into_iter().map(|file| self.path.join(file)).collect())
    }

    /// Reads it once, so that no case is the one that waits for the disk.
    pub fn warm(&self) -> Result<()> {
        for file in self.files()? {
            io::copy(&mut File::open(file)?, &mut io::sink())?;
        }
        Ok(())
    }
}
