//! ManageBac's dialect of OneRoster 1.2 CSV. See `README.md`.

pub mod convert;
mod rules;

use super::oneroster::import;
use super::{Format, Import, Manifest, oneroster};
use crate::peek::Peek;
use crate::tables::Tables;

/// The dialect.
pub static V1P2: Format = Format {
    id: "managebac-1.2",
    title: "ManageBac OneRoster 1.2 CSV",
    dialect_of: Some("oneroster-1.2"),
    layout: || TABLES.layout(),
    claim,
    rules: rules::ALL,
    mode: oneroster::mode,
    import: &IMPORT,
    cannot_check: &[
        "whether a sourcedId was used for another record in an earlier upload",
        "whether ManageBac has what a delta names, would have to change a role, or protects a class, a subject group or a subject",
        "whether ManageBac takes deltas, which its guide describes and one of its messages calls not supported yet",
        "whether the programs are those of your school, and which of them is IB PYP",
        "whether grades are those of ManageBac, which its guide does not list",
        "whether the name and code of the source system are those of earlier imports",
        "whether what was accepted is then imported and saved",
    ],
};

/// It matches by more than keys; what belongs where is told as in OneRoster.
static IMPORT: Import = Import {
    matching: "managebac/matching.csv",
    protected: "managebac/protected.csv",
    manifest: Some(Manifest {
        file: import::MANIFEST,
        stated: import::stated,
        // It tells the mode of a file that is not taken, too.
        write: |layout, peeks, mode| {
            let files = FILES.map(|stem| format!("{stem}.csv"));
            let files = files.each_ref().map(String::as_str);
            import::manifest_of(&files, layout, peeks, mode)
        },
    }),
    ..import::IMPORT
};

/// Code lists of its own, else those of OneRoster.
static TABLES: Tables = Tables::new("managebac", &["managebac/codes", "oneroster/codes"]);

/// The files whose modes ManageBac's manifest tells.
const FILES: [&str; 9] = [
    "academicSessions",
    "categories",
    "classes",
    "courses",
    "demographics",
    "enrollments",
    "orgs",
    "roles",
    "users",
];

/// The files of base 1.2 whose modes its manifest tells, too.
const BASE_FILES: [&str; 12] = [
    "classResources",
    "courseResources",
    "lineItemLearningObjectiveIds",
    "lineItems",
    "lineItemScoreScales",
    "resources",
    "resultLearningObjectiveIds",
    "results",
    "resultScoreScales",
    "scoreScales",
    "userProfiles",
    "userResources",
];

fn claim(peeks: &[Peek]) -> Option<String> {
    // What became base 1.2 keeps the columns, programs and the system that it came with.
    if is_base(peeks) {
        return None;
    }
    own_column(peeks)
        .or_else(|| program(peeks))
        .or_else(|| source(peeks))
        .or_else(|| short_manifest(peeks))
}

fn own_column(peeks: &[Peek]) -> Option<String> {
    let is_own = |label: &&String| {
        let label = label.trim().to_ascii_lowercase();
        // The guide prints it in both ways.
        let rest = label
            .strip_prefix("metadata.")
            .or(label.strip_prefix("matadata."));
        rest.is_some_and(|rest| rest.starts_with("managebac."))
    };
    let mut found = peeks.iter().filter_map(|peek| {
        let label = peek.labels.iter().find(is_own)?;
        Some(format!("{} has a column `{label}`", peek.name))
    });
    found.next()
}

fn program(peeks: &[Peek]) -> Option<String> {
    let orgs = peeks
        .iter()
        .find(|peek| peek.name.eq_ignore_ascii_case("orgs.csv"))?;
    let kind = orgs.labels.iter().position(|label| label == "type")?;
    let mut kinds = orgs.rows.iter().filter_map(|(_, row)| row.get(kind));
    let is_program = kinds.any(|kind| kind.trim().eq_ignore_ascii_case("ext:program"));
    is_program.then(|| "orgs.csv has an organization of type `ext:program`".to_owned())
}

fn source(peeks: &[Peek]) -> Option<String> {
    let name = oneroster::manifest(peeks, "source.systemName")?;
    let is_own = is_1p2(peeks) && name.to_ascii_lowercase().starts_with("managebac");
    is_own.then(|| format!("manifest.csv says `source.systemName` is `{name}`"))
}

fn short_manifest(peeks: &[Peek]) -> Option<String> {
    let tells = |file: &str| oneroster::manifest(peeks, &format!("file.{file}")).is_some();
    let is_short = is_1p2(peeks) && FILES.iter().all(|file| tells(file)) && !tells("resources");
    is_short.then(|| "manifest.csv names the files that ManageBac takes and no others".to_owned())
}

/// Whether the manifest tells the modes of all files of base 1.2.
fn is_base(peeks: &[Peek]) -> bool {
    let tells = |file: &&str| oneroster::manifest(peeks, &format!("file.{file}")).is_some();
    is_1p2(peeks) && FILES.iter().chain(&BASE_FILES).all(tells)
}

fn is_1p2(peeks: &[Peek]) -> bool {
    let version = oneroster::manifest(peeks, "oneroster.version");
    version.is_some_and(|version| version.starts_with("1.2"))
}
