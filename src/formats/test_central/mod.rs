//! Administrators and candidates as Test-Central imports them. See `README.md`.

pub mod convert;
pub mod letters;
pub mod password;
mod rules;
pub mod uid;

use super::{Format, Import, Profiles};
use crate::check::Mode;
use crate::peek::Peek;
use crate::rules::header;
use crate::tables::Tables;

/// The upload of administrators and candidates.
pub static CANDIDATES: Format = Format {
    id: "test-central",
    title: "Test-Central administrators and candidates",
    dialect_of: None,
    layout: || TABLES.layout(),
    claim,
    rules: rules::ALL,
    mode: |_, _| Mode::Bulk,
    import: &Import::UNKNOWN,
    cannot_check: &[
        "whether a uid is taken already by someone else on the system",
        "whether the system takes three characters for a uid or a password: its table says 3 to 20, its descriptions say 4 to 20",
        "whether files of the nine other uploads are right, as their columns were never published: Global Group, Global Test Definition, Global Test Question Definition, Candidate, Public/Private Group, Public/Private Test Definition, Public/Private Test Question Definition, Private Test Definition, Private Test Question Definition",
    ],
};

/// The readings that its document leaves open.
pub static PROFILES: Profiles = Profiles {
    formats: &["test-central"],
    folder: "test_central/profiles",
    rules: &[],
};

/// The name that the layout gives to the file.
const FILE: &str = "candidates.csv";

static TABLES: Tables = Tables::new("test_central", &[]);

/// Which way the columns are taken, and why.
fn claim(peeks: &[Peek]) -> Option<String> {
    let layout = TABLES.layout().ok()?;
    let spec = &layout.files[layout.file(FILE)?];
    peeks.iter().find_map(|peek| {
        let name = &peek.name;
        if header::fits_by_position(spec, peek) {
            return Some(format!(
                "{name} has no header, and its records hold what uid, pwd, nmf, nmm and nml may hold: its columns are taken by their position"
            ));
        }
        let own = |label: &&String| header::knows(spec, label);
        let labels: Vec<&str> = peek.labels.iter().filter(own).map(String::as_str).collect();
        (labels.len() > 2).then(|| {
            let labels = labels.join(", ");
            format!("{name} has a header with {labels}: its columns are taken by their labels")
        })
    })
}
