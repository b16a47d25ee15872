//! Who receives OneRoster files, or writes them: one table for each.

use super::rules;
use crate::formats::Profiles;

/// The profiles of all versions.
pub static PROFILES: Profiles = Profiles {
    formats: &["oneroster-1.1", "oneroster-1.2", "managebac-1.2"],
    folder: "oneroster/profiles",
    rules: rules::PROFILE,
};
