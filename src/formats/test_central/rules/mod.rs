//! Rules of Test-Central alone. `../README.md` says which rule covers which of its facts.

mod confusable_uid;
mod digit_for_initial;
mod doubtful_length;
mod example_label;
mod guessable_password;
mod leading_digit;
mod not_alphanumeric;
mod unpublished_upload;

use crate::rules::{Rule, mismatched_pattern, value_too_long};

/// All of them, and shared ones that say less. A cell's first finding is the one that is told.
pub static ALL: &[&Rule] = &[
    &unpublished_upload::RULE,
    &example_label::RULE,
    &not_alphanumeric::RULE,
    &leading_digit::RULE,
    &value_too_long::RULE,
    &mismatched_pattern::RULE,
    &doubtful_length::RULE,
    &digit_for_initial::RULE,
    &guessable_password::RULE,
    &confusable_uid::RULE,
];
