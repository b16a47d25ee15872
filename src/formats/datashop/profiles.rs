//! DataShop's importer as its source is, where that is not what the documentation says.

use super::rules;
use crate::formats::Profiles;

/// The profiles of transactions.
pub static PROFILES: Profiles = Profiles {
    formats: &["datashop"],
    folder: "datashop/profiles",
    rules: rules::PROFILE,
};
