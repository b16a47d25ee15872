//! Rules of ManageBac alone, and those of OneRoster that hold for it, too.

use crate::formats::oneroster::rules as base;
use crate::rules::Rule;

mod people;
mod terms;

mod agent_of_wrong_role;
mod demographics_without_student;
mod empty_bulk_file;
mod file_left_out;
mod gap_between_terms;
mod guide_slip;
mod ignored_secondary_role;
mod missing_source;
mod not_one_primary_role;
mod program_outside_school;
mod repeated_identifier;
mod role_in_wrong_org;
mod role_mismatch;
mod skipped_role;
mod terms_of_several_programs;
mod unaccepted_edition;
mod undeletable_role;
mod unlisted_property;
mod unpacked_bundle;
mod unsupported_delta;
mod user_without_usable_role;
mod wrong_org_count;
mod year_with_parent;
mod year_without_term;

/// The rules of the dialect. A cell's first finding is the one that is told, so what explains more
/// comes first.
pub static ALL: &[&Rule] = &[
    &guide_slip::RULE,
    &base::duplicate_file::RULE,
    &base::lone_manifest::RULE,
    &file_left_out::RULE,
    &unpacked_bundle::RULE,
    &base::missing_property::RULE,
    &missing_source::RULE,
    &base::wrong_version::RULE,
    &unaccepted_edition::RULE,
    &base::unknown_mode::RULE,
    &base::wrong_mode::RULE,
    &empty_bulk_file::RULE,
    &unsupported_delta::RULE,
    &unlisted_property::RULE,
    &repeated_identifier::RULE,
    &base::end_before_begin::RULE,
    &base::circular_parents::RULE,
    &wrong_org_count::RULE,
    &program_outside_school::RULE,
    &year_with_parent::RULE,
    &year_without_term::RULE,
    &base::session_outside_parent::RULE,
    &base::overlapping_sessions::RULE,
    &terms_of_several_programs::RULE,
    &gap_between_terms::RULE,
    &base::unequal_lists::RULE,
    &base::unknown_grade::RULE,
    &base::repeated_username::RULE,
    &skipped_role::RULE,
    &undeletable_role::RULE,
    &ignored_secondary_role::RULE,
    &not_one_primary_role::RULE,
    &role_in_wrong_org::RULE,
    &user_without_usable_role::RULE,
    &agent_of_wrong_role::RULE,
    &demographics_without_student::RULE,
    &role_mismatch::RULE,
];
