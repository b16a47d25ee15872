//! 1EdTech OneRoster, CSV binding. See `README.md`.

mod profiles;
pub(super) mod rules;
mod version;

pub use profiles::PROFILES;

use std::sync::{Arc, LazyLock};

use super::Format;
use crate::check::Mode;
use crate::layout::{Layout, read};
use crate::peek::Peek;
use version::Version;

/// OneRoster 1.1, with 1.1.1. Files of 1.0 are checked as 1.1.
pub static V1P1: Format = Format {
    id: "oneroster-1.1",
    title: "OneRoster 1.1 CSV",
    dialect_of: None,
    layout: || shared(&LAYOUT_1P1),
    claim: |peeks| Version::V1P1.claim(peeks),
    rules: rules::V1P1,
    mode,
    cannot_check: CANNOT_CHECK,
};

/// OneRoster 1.2, with 1.2.1.
pub static V1P2: Format = Format {
    id: "oneroster-1.2",
    title: "OneRoster 1.2 CSV",
    dialect_of: None,
    layout: || shared(&LAYOUT_1P2),
    claim: |peeks| Version::V1P2.claim(peeks),
    rules: rules::V1P2,
    mode,
    cannot_check: CANNOT_CHECK,
};

const CANNOT_CHECK: &[&str] = &[
    "whether a sourcedId was used for another record in an earlier upload",
    "whether records that an earlier upload had and this one lacks are meant to be removed",
    "whether a delta names records that the receiver already has",
    "whether codes agreed between you and the receiver, such as grades and subjects, are theirs",
    "whether the receiver asks for more than the format does, such as further files",
];

static LAYOUT_1P1: LazyLock<Result<Arc<Layout>, String>> = LazyLock::new(|| {
    let files = include_str!("v1p1/files.csv");
    read(files, include_str!("v1p1/layout.csv"), &codes)
        .map(Arc::new)
        .map_err(|e| e.to_string())
});

static LAYOUT_1P2: LazyLock<Result<Arc<Layout>, String>> = LazyLock::new(|| {
    let files = include_str!("v1p2/files.csv");
    read(files, include_str!("v1p2/layout.csv"), &codes)
        .map(Arc::new)
        .map_err(|e| e.to_string())
});

pub(super) fn shared(layout: &Result<Arc<Layout>, String>) -> crate::Result<Arc<Layout>> {
    layout.clone().map_err(crate::Error::bug)
}

/// The text of a code list.
pub(super) fn codes(name: &str) -> Option<String> {
    let text = match name {
        "class-type" => include_str!("codes/class-type.csv"),
        "enrollment-role" => include_str!("codes/enrollment-role.csv"),
        "grade" => include_str!("codes/grade.csv"),
        "importance" => include_str!("codes/importance.csv"),
        "manifest-property" => include_str!("codes/manifest-property.csv"),
        "manifest-property-1.1" => include_str!("codes/manifest-property-1.1.csv"),
        "mode" => include_str!("codes/mode.csv"),
        "objective-source" => include_str!("codes/objective-source.csv"),
        "org-type" => include_str!("codes/org-type.csv"),
        "resource-role" => include_str!("codes/resource-role.csv"),
        "role" => include_str!("codes/role.csv"),
        "role-type" => include_str!("codes/role-type.csv"),
        "score-status" => include_str!("codes/score-status.csv"),
        "session-type" => include_str!("codes/session-type.csv"),
        "sex" => include_str!("codes/sex.csv"),
        "sex-1.1" => include_str!("codes/sex-1.1.csv"),
        "status" => include_str!("codes/status.csv"),
        "status-1.1" => include_str!("codes/status-1.1.csv"),
        "user-role" => include_str!("codes/user-role.csv"),
        _ => return None,
    };
    Some(text.to_owned())
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
