//! How receivers take OneRoster: a bulk bundle archives what it lacks, the manifest says which files
//! are bulk and which delta.

use super::manifest;
use super::version::Version;
use crate::check::Mode;
use crate::formats::{Import, Manifest, Missing, Modes};
use crate::layout::Layout;
use crate::peek::Peek;
use crate::records::Dialect;

/// As both versions do it.
pub const IMPORT: Import = Import {
    missing: Missing::Archived,
    why: "",
    keys: "",
    matching: "oneroster/matching.csv",
    schools: "oneroster/schools.csv",
    protected: "",
    manifest: Some(Manifest {
        file: MANIFEST,
        stated,
        write: written,
    }),
};

/// The file that says what is in the bundle.
pub const MANIFEST: &str = "manifest.csv";

/// The manifest's word for a file.
pub fn stated(peeks: &[Peek], file: &str) -> Option<String> {
    manifest(peeks, &property(file)).map(str::to_lowercase)
}

/// The property of the manifest that speaks of a file.
fn property(file: &str) -> String {
    format!("file.{}", file.strip_suffix(".csv").unwrap_or(file))
}

/// The manifest of a bundle whose files have these modes: one that tells the mode of each.
fn written(layout: &Layout, peeks: &[Peek], mode: Modes<'_>) -> Vec<u8> {
    let files = layout.files.iter().map(|file| file.name.as_str());
    let files: Vec<&str> = files.filter(|name| *name != MANIFEST).collect();
    manifest_of(&files, layout, peeks, mode)
}

/// A manifest that tells the modes of these files. What else the old one says stays.
pub fn manifest_of(files: &[&str], layout: &Layout, peeks: &[Peek], mode: Modes<'_>) -> Vec<u8> {
    let version = Version::of(layout);
    let said = manifest(peeks, "oneroster.version");
    let said = said.filter(|said| version.editions().contains(said));
    let mut rows = vec![
        ("propertyName".to_owned(), "value".to_owned()),
        ("manifest.version".to_owned(), "1.0".to_owned()),
        (
            "oneroster.version".to_owned(),
            said.unwrap_or(version.number()).to_owned(),
        ),
    ];
    rows.extend(files.iter().map(|file| {
        let word = match mode(file) {
            Some(Mode::Bulk) => "bulk",
            Some(Mode::Delta) => "delta",
            None => "absent",
        };
        (property(file), word.to_owned())
    }));
    let old = peeks
        .iter()
        .filter(|peek| peek.name.eq_ignore_ascii_case(MANIFEST));
    for (_, cells) in old.flat_map(|peek| &peek.rows) {
        if let [name, value, ..] = cells.as_slice()
            && name.starts_with("source.")
            && rows.iter().all(|row| row.0 != *name)
        {
            rows.push((name.clone(), value.clone()));
        }
    }
    let mut out = Vec::new();
    for (name, value) in rows {
        Dialect::CSV.write(name.as_bytes(), &mut out);
        out.push(b',');
        Dialect::CSV.write(value.as_bytes(), &mut out);
        out.extend_from_slice(b"\r\n");
    }
    out
}
