//! Rules of OneRoster alone.

use crate::rules::Rule;

pub mod kit;
pub mod manifest;
mod members;
mod orgs;
pub mod sessions;

pub mod circular_parents;
mod class_in_school_year;
mod class_outside_window;
mod class_without_teacher;
mod due_before_assigned;
pub mod duplicate_file;
mod empty_period;
pub mod end_before_begin;
mod enrolled_outside_orgs;
mod enrolled_without_role;
mod enrollment_outside_terms;
mod incomplete_rostering;
mod incomplete_user;
mod invalid_objective;
pub mod lone_manifest;
mod missing_primary_role;
pub mod missing_property;
mod new_manifest;
mod not_a_student;
mod other_edition;
mod outdated_header;
mod outdated_status;
pub mod overlapping_sessions;
mod primary_not_teacher;
mod primary_org_without_role;
pub mod repeated_username;
mod school_mismatch;
mod school_year_mismatch;
mod score_out_of_range;
pub mod session_outside_parent;
mod several_primary_roles;
mod several_primary_teachers;
mod term_without_grading_period;
pub mod unequal_lists;
pub mod unknown_grade;
pub mod unknown_mode;
mod user_without_role;
pub mod wrong_mode;
mod wrong_school_year;
pub mod wrong_version;

/// The rules of OneRoster 1.1. A cell's first finding is the one that is told, so what explains
/// more comes first.
pub static V1P1: &[&Rule] = &[
    &duplicate_file::RULE,
    &lone_manifest::RULE,
    &incomplete_rostering::RULE,
    &missing_property::RULE,
    &wrong_version::RULE,
    &other_edition::RULE,
    &outdated_header::RULE,
    &outdated_status::RULE,
    &unknown_mode::RULE,
    &wrong_mode::RULE,
    &end_before_begin::RULE,
    &empty_period::RULE,
    &wrong_school_year::RULE,
    &school_year_mismatch::RULE,
    &circular_parents::RULE,
    &session_outside_parent::RULE,
    &overlapping_sessions::RULE,
    &class_in_school_year::RULE,
    &unequal_lists::RULE,
    &unknown_grade::RULE,
    &repeated_username::RULE,
    &school_mismatch::RULE,
    &enrolled_outside_orgs::RULE,
    &enrollment_outside_terms::RULE,
    &primary_not_teacher::RULE,
    &several_primary_teachers::RULE,
    &due_before_assigned::RULE,
    &score_out_of_range::RULE,
    &not_a_student::RULE,
];

/// The rules of OneRoster 1.2, in the same order.
pub static V1P2: &[&Rule] = &[
    &duplicate_file::RULE,
    &lone_manifest::RULE,
    &incomplete_rostering::RULE,
    &missing_property::RULE,
    &wrong_version::RULE,
    &other_edition::RULE,
    &unknown_mode::RULE,
    &wrong_mode::RULE,
    &end_before_begin::RULE,
    &empty_period::RULE,
    &wrong_school_year::RULE,
    &school_year_mismatch::RULE,
    &circular_parents::RULE,
    &session_outside_parent::RULE,
    &overlapping_sessions::RULE,
    &class_in_school_year::RULE,
    &unequal_lists::RULE,
    &unknown_grade::RULE,
    &repeated_username::RULE,
    &user_without_role::RULE,
    &several_primary_roles::RULE,
    &missing_primary_role::RULE,
    &primary_org_without_role::RULE,
    &school_mismatch::RULE,
    &enrolled_without_role::RULE,
    &enrollment_outside_terms::RULE,
    &primary_not_teacher::RULE,
    &several_primary_teachers::RULE,
    &due_before_assigned::RULE,
    &score_out_of_range::RULE,
    &not_a_student::RULE,
    &invalid_objective::RULE,
];

/// Rules that only profiles switch on.
pub static PROFILE: &[&Rule] = &[
    &incomplete_user::RULE,
    &class_without_teacher::RULE,
    &class_outside_window::RULE,
    &term_without_grading_period::RULE,
];
