//! Rules that no format has by itself: profiles switch them on. They speak for whoever receives the
//! files, name it in their messages, and never keep other rules from looking at what they refuse.

mod kit;
mod taken;

pub mod crowded_reference;
pub mod lacking_file;
pub mod lacking_value;
pub mod refused_file;
pub mod refused_format;
pub mod refused_label;
pub mod refused_mode;
pub mod refused_value;
pub mod refused_zip;
pub mod shared_value;

pub(crate) use kit::asked;

use crate::rules::Rule;

/// All of them.
pub static PROFILE: &[&Rule] = &[
    &refused_format::RULE,
    &refused_zip::RULE,
    &lacking_file::RULE,
    &refused_file::RULE,
    &refused_mode::RULE,
    &refused_label::RULE,
    &lacking_value::RULE,
    &refused_value::RULE,
    &shared_value::RULE,
    &crowded_reference::RULE,
];
