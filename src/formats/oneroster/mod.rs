//! 1EdTech OneRoster, CSV binding. See `README.md`.

pub mod convert;
pub(super) mod import;
mod profiles;
pub(super) mod rules;
mod version;

pub use profiles::PROFILES;

use super::Format;
use crate::check::Mode;
use crate::peek::Peek;
use crate::tables::{self, Tables};
use version::Version;

/// OneRoster 1.1, with 1.1.1. Files of 1.0 are checked as 1.1.
pub static V1P1: Format = Format {
    id: "oneroster-1.1",
    title: "OneRoster 1.1 CSV",
    dialect_of: None,
    layout: || TABLES_1P1.layout(),
    claim: |peeks| Version::V1P1.claim(peeks),
    rules: rules::V1P1,
    mode,
    import: &import::IMPORT,
    cannot_check: CANNOT_CHECK,
};

/// OneRoster 1.2, with 1.2.1.
pub static V1P2: Format = Format {
    id: "oneroster-1.2",
    title: "OneRoster 1.2 CSV",
    dialect_of: None,
    layout: || TABLES_1P2.layout(),
    claim: |peeks| Version::V1P2.claim(peeks),
    rules: rules::V1P2,
    mode,
    import: &import::IMPORT,
    cannot_check: CANNOT_CHECK,
};

const CANNOT_CHECK: &[&str] = &[
    "whether a sourcedId was used for another record in an earlier upload",
    "whether records that an earlier upload had and this one lacks are meant to be removed",
    "whether a delta names records that the receiver already has",
    "whether codes agreed between you and the receiver, such as grades and subjects, are theirs",
    "whether the receiver asks for more than the format does, such as further files",
];

static TABLES_1P1: Tables = Tables::new("oneroster/v1p1", &["oneroster/codes"]);
static TABLES_1P2: Tables = Tables::new("oneroster/v1p2", &["oneroster/codes"]);

/// The text of a code list.
fn codes(name: &str) -> Option<&'static str> {
    tables::find(&format!("oneroster/codes/{name}.csv"))
}

/// What the manifest says of a file (OR12-ZIP-5). Without a word there, all records are meant.
pub(super) fn mode(peeks: &[Peek], file: &str) -> Mode {
    let stem = file.strip_suffix(".csv").unwrap_or(file);
    let property = format!("file.{stem}");
    match manifest(peeks, &property) {
        Some(mode) if mode.eq_ignore_ascii_case("delta") => Mode::Delta,
        _ => Mode::Bulk,
    }
}

/// The value of a property of the manifest.
pub(super) fn manifest<'a>(peeks: &'a [Peek], property: &str) -> Option<&'a str> {
    let manifest = peeks
        .iter()
        .find(|peek| peek.name.eq_ignore_ascii_case("manifest.csv"))?;
    let rows = manifest.rows.iter().map(|(_, cells)| cells);
    let mut values = rows.filter(|cells| cells.first().is_some_and(|name| name.trim() == property));
    values.next()?.get(1).map(|value| value.trim())
}
