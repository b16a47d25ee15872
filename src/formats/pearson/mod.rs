//! The ten data types that PearsonAccess next imports. See `README.md`.
//!
//! They are ten formats that share their tables: several of them dropped together are one bundle. Files
//! have names of their users' own; the labels tell which is which, and of which programme.

mod claim;
pub mod convert;
mod rules;

use super::{Format, Import};
use crate::check::Mode;
use crate::tables::Tables;

/// One format for each data type.
macro_rules! data_types {
    ($($(#[$doc:meta])* $name:ident = $id:literal, $title:literal;)*) => {
        $($(#[$doc])*
        pub static $name: Format = Format {
            id: $id,
            title: $title,
            dialect_of: None,
            layout: || TABLES.layout(),
            claim: |peeks| claim::told($id, peeks),
            rules: rules::ALL,
            mode: |_, _| Mode::Bulk,
            import: &IMPORT,
            cannot_check: CANNOT_CHECK,
        };)*

        /// Their ids, the chief one of a bundle first.
        const IDS: &[&str] = &[$($id),*];
    };
}

data_types! {
    /// Students with the tests that they are registered for.
    STUDENT_REGISTRATIONS = "pearson-student-registrations", "PearsonAccess Student Registrations";
    /// Students.
    STUDENTS = "pearson-students", "PearsonAccess Students";
    /// Accommodations of students, test by test.
    PERSONAL_NEEDS_PROFILE = "pearson-personal-needs-profile", "PearsonAccess Personal Needs Profile";
    /// Barcodes that stand for a student's test.
    PREID = "pearson-preid", "PearsonAccess PreID";
    /// What came of tests on paper.
    TEST_ATTEMPTS = "pearson-test-attempts", "PearsonAccess Test Attempts";
    /// What came of tests online.
    ONLINE_TEST_ATTEMPTS = "pearson-online-test-attempts", "PearsonAccess Online Test Attempts";
    /// Accounts.
    USERS = "pearson-users", "PearsonAccess Users";
    /// Districts, schools and what else there is.
    ORGANIZATIONS = "pearson-organizations", "PearsonAccess Organizations";
    /// Which organizations take part in an administration.
    ORGANIZATION_PARTICIPATION = "pearson-organization-participation", "PearsonAccess Organization Participation";
    /// Which are proposed to take part, after an earlier administration.
    ORGANIZATION_PARTICIPATION_PRELOADS = "pearson-organization-participation-preloads", "PearsonAccess Organization Participation Preloads";
}

/// PA-F09: what is imported is added or changed, and stays.
const IMPORT: Import = Import {
    why: "an import never deletes",
    keys: "pearson/import-keys.csv",
    matching: "pearson/matching.csv",
    ..Import::UNKNOWN
};

const CANNOT_CHECK: &[&str] = &[
    "whether your programme has columns, codes or an order of its own: it fixes them every year, and its template can be given with --layout",
    "whether the system has records that this file leaves out: an import adds and changes, a newer file counts, and nothing is deleted",
    "whether a registered test was already completed, where no attempts are beside it: importing it again makes a second assignment",
    "whether organizations exist and take part in the administration, where no files of them are beside the students",
    "whether PreID labels were made for a session: its students cannot be removed from it any more",
];

/// The tables of all data types, one folder each.
static TABLES: Tables = Tables::together(
    "pearson/student-registrations",
    &[
        "pearson/students",
        "pearson/personal-needs-profile",
        "pearson/preid",
        "pearson/test-attempts",
        "pearson/online-test-attempts",
        "pearson/users",
        "pearson/organizations",
        "pearson/organization-participation",
        "pearson/organization-participation-preloads",
    ],
    &["pearson/codes"],
);
