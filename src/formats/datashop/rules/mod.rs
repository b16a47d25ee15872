//! Rules that only DataShop's tables have, most of them transactions. What the importer does is told by its source, see
//! the format's `README.md`.

mod behind;
mod kit;
mod times;

pub mod absent_value;
pub mod captured_label;
pub mod clashing_label;
pub mod computed_table;
pub mod differing_header;
pub mod disagreeing_value;
pub mod empty_level;
pub mod empty_view;
pub mod epoch_seconds;
pub mod forbidden_character;
pub mod ignored_event_type;
pub mod ignored_label;
pub mod implausible_time;
pub mod invalid_time;
pub mod invalid_view;
pub mod level_separator;
pub mod lone_value;
pub mod lost_character;
pub mod misplaced_pair;
pub mod misplaced_step_id;
pub mod missing_step;
pub mod missing_step_label;
pub mod missing_view;
pub mod nameless_label;
pub mod open_quote;
pub mod overlong_name;
mod piece;
pub mod quoted_cell;
pub mod repeated_level;
pub mod repeated_step;
pub mod reserved_label;
pub mod rollup_file;
pub mod single_quote;
pub mod spreadsheet_day;
pub mod start_after_time;
pub mod swapped_day;
pub mod tab_in_cell;
pub mod time_remainder;
pub mod time_suffix;
pub mod torn_record;
pub mod two_views;
pub mod unexpected_value;
pub mod unfilled_column;
pub mod unfit_model_label;
pub mod unknown_zone;
pub mod unpaired_label;
pub mod unread_header;
pub mod unusual_label;
pub mod zero_date;

use crate::rules::Rule;

/// All of them. A cell's first finding is the one that is told.
pub static ALL: &[&Rule] = &[
    &rollup_file::RULE,
    &differing_header::RULE,
    &unusual_label::RULE,
    &forbidden_character::RULE,
    &reserved_label::RULE,
    &clashing_label::RULE,
    &overlong_name::RULE,
    &nameless_label::RULE,
    &captured_label::RULE,
    &unpaired_label::RULE,
    &misplaced_pair::RULE,
    &repeated_level::RULE,
    &missing_step_label::RULE,
    &missing_view::RULE,
    &two_views::RULE,
    &ignored_label::RULE,
    &absent_value::RULE,
    &empty_level::RULE,
    &empty_view::RULE,
    &invalid_time::RULE,
    &swapped_day::RULE,
    &time_suffix::RULE,
    &time_remainder::RULE,
    &spreadsheet_day::RULE,
    &epoch_seconds::RULE,
    &zero_date::RULE,
    &implausible_time::RULE,
    &invalid_view::RULE,
    &unexpected_value::RULE,
    &unknown_zone::RULE,
    &torn_record::RULE,
    &tab_in_cell::RULE,
    &quoted_cell::RULE,
    &open_quote::RULE,
    &single_quote::RULE,
    &level_separator::RULE,
    &lost_character::RULE,
    &missing_step::RULE,
    &lone_value::RULE,
    &start_after_time::RULE,
    &disagreeing_value::RULE,
    &repeated_step::RULE,
];

/// Those that only the profile of the importer switches on.
pub static PROFILE: &[&Rule] = &[
    &unread_header::RULE,
    &unfilled_column::RULE,
    &ignored_event_type::RULE,
];

/// Those of the tables that DataShop makes and does not take back.
pub static ROLLUP: &[&Rule] = &[&computed_table::RULE];

/// Those of KC models.
pub static KC_MODEL: &[&Rule] = &[
    &misplaced_step_id::RULE,
    &unfit_model_label::RULE,
    &repeated_step::RULE,
];
