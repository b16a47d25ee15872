//! Lists the tables of the formats, all `src/formats/**/*.csv` that are not of a case, for
//! `src/tables.rs`: a table is there because its file is, and need not be named anywhere.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=src/formats");
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let formats = root.join("src/formats");
    let mut tables = Vec::new();
    gather(&formats, "", &mut tables)?;
    tables.sort();
    let mut list = String::from("[\n");
    for table in tables {
        let file = formats.join(&table);
        list += &format!("({table:?}, include_str!({file:?})),\n");
    }
    list += "]\n";
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("tables.rs"), list)
}

/// Adds the tables of a folder and of those in it, by their paths from `src/formats`.
fn gather(folder: &Path, path: &str, tables: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_dir() {
            if name != "cases" {
                gather(&entry.path(), &format!("{path}{name}/"), tables)?;
            }
        } else if name.ends_with(".csv") {
            tables.push(format!("{path}{name}"));
        }
    }
    Ok(())
}
