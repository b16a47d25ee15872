//! Who receives OneRoster files, or writes them: one table for each.

use super::rules;
use crate::formats::Profiles;

/// The profiles of all versions.
pub static PROFILES: Profiles = Profiles {
    formats: &["oneroster-1.1", "oneroster-1.2", "managebac-1.2"],
    list: include_str!("profiles/profiles.csv"),
    tables: &[
        ("aeries", include_str!("profiles/aeries.csv")),
        ("canvas", include_str!("profiles/canvas.csv")),
        ("classlink", include_str!("profiles/classlink.csv")),
        ("classtag", include_str!("profiles/classtag.csv")),
        ("clever", include_str!("profiles/clever.csv")),
        ("d2l", include_str!("profiles/d2l.csv")),
        ("edu-edfi", include_str!("profiles/edu-edfi.csv")),
        ("fitnessgram", include_str!("profiles/fitnessgram.csv")),
        (
            "google-classroom",
            include_str!("profiles/google-classroom.csv"),
        ),
        ("great-minds", include_str!("profiles/great-minds.csv")),
        ("hmh", include_str!("profiles/hmh.csv")),
        (
            "infinite-campus",
            include_str!("profiles/infinite-campus.csv"),
        ),
        ("lab-aids", include_str!("profiles/lab-aids.csv")),
        ("mcgraw-hill", include_str!("profiles/mcgraw-hill.csv")),
        ("microsoft-sds", include_str!("profiles/microsoft-sds.csv")),
        ("moodle-enrol", include_str!("profiles/moodle-enrol.csv")),
        ("naviance", include_str!("profiles/naviance.csv")),
        ("st-math", include_str!("profiles/st-math.csv")),
    ],
    rules: rules::PROFILE,
};
