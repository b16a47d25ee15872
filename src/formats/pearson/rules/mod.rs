//! Rules of PearsonAccess alone. What is of one shape stands in tables: `conditions.csv` (fields of one
//! record), `keys.csv` and `agreements.csv` (records of one file), `matches.csv` (records of two).

mod agreement;
mod condition;
mod kit;
mod lengths;
mod matching;

mod completed_test;
mod conflicting_identity;
mod contradictory_entry;
mod critical_warning;
mod doubtful_accommodation;
mod duplicate_registration;
mod empty_profile;
mod implausible_birthdate;
mod import_order;
mod impossible_count;
mod incomplete_entry;
mod inconsistent_records;
mod missing_filler;
mod non_ascii_text;
mod not_participating;
mod noteworthy_entry;
mod other_grade;
mod placeholder_value;
mod reversed_times;
mod surplus_columns;
mod uncertain_type;
mod unequal_total;
mod unknown_organization;
mod unknown_test_code;
mod unmatched_record;
mod unpublished_layout;
mod unsupported_accommodation;
mod wrong_code_length;

use crate::rules::Rule;

/// The rules of all its data types. A cell's first finding is the one that is told, so what explains
/// more comes first.
pub static ALL: &[&Rule] = &[
    &uncertain_type::RULE,
    &import_order::RULE,
    &unpublished_layout::RULE,
    &surplus_columns::RULE,
    &missing_filler::RULE,
    &placeholder_value::RULE,
    &non_ascii_text::RULE,
    &implausible_birthdate::RULE,
    &wrong_code_length::RULE,
    &unknown_test_code::RULE,
    &other_grade::RULE,
    &impossible_count::RULE,
    &unequal_total::RULE,
    &reversed_times::RULE,
    &incomplete_entry::RULE,
    &contradictory_entry::RULE,
    &unsupported_accommodation::RULE,
    &doubtful_accommodation::RULE,
    &empty_profile::RULE,
    &critical_warning::RULE,
    &noteworthy_entry::RULE,
    &duplicate_registration::RULE,
    &conflicting_identity::RULE,
    &inconsistent_records::RULE,
    &unknown_organization::RULE,
    &not_participating::RULE,
    &unmatched_record::RULE,
    &completed_test::RULE,
];
