//! Rules of OneRoster alone.

use crate::rules::Rule;

/// The rules of OneRoster 1.2.
pub static V1P2: &[&Rule] = &[];
