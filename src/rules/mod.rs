//! Rules that every format shares, and what a rule is.
//!
//! A rule is two files with one name: `x.rs` says how, `x.md` says what, why and how to fix, and
//! its examples are the tests. Rules are listed by hand, one line each.

mod day_order;
pub mod header;
mod typed;
mod whole_file;
mod zeros_elsewhere;
mod zeros_unmeasured;

pub mod absent_header;
pub mod blank_header;
pub mod blank_label;
pub mod blank_record;
pub mod byte_order_mark;
pub mod control_character;
pub mod cut_value;
pub mod damaged_by_spreadsheet;
pub mod dangling_reference;
pub mod duplicate_key;
pub mod duplicate_label;
pub mod early_stop;
pub mod empty_file;
pub mod enclosing_folder;
pub mod extra_cell;
pub mod extra_label;
pub mod foreign_content;
pub mod invalid_boolean;
pub mod invalid_date;
pub mod invalid_datetime;
pub mod invalid_decimal;
pub mod invalid_email;
pub mod invalid_encoding;
pub mod invalid_identifier;
pub mod invalid_integer;
pub mod invalid_list;
pub mod invalid_year;
pub mod line_break_in_cell;
pub mod lone_carriage_return;
pub mod lost_zeros;
pub mod misdirected_reference;
pub mod mismatched_pattern;
pub mod misnamed_file;
pub mod misordered_label;
pub mod missing_cell;
pub mod missing_file;
pub mod missing_header;
pub mod missing_label;
pub mod misspelled_label;
pub mod mixed_line_breaks;
pub mod needless_quotes;
pub mod oversized_record;
pub mod prohibited_value;
pub mod repeated_header;
pub mod repeated_value;
pub mod required_value;
pub mod secret_column;
pub mod stray_quote;
pub mod surrounding_whitespace;
pub mod system_file;
pub mod title_row;
pub mod unclosed_quote;
pub mod unknown_code;
pub mod unknown_file;
pub mod unknown_format;
pub mod value_out_of_range;
pub mod value_too_long;
pub mod wrong_delimiter;

use crate::check::{BundleContext, BundlePlan, CellCheck, FileContext, Join, RecordCheck, Series};
use crate::finding::{Authority, Consequence, Severity};
use crate::layout::Field;

/// A rule.
pub struct Rule {
    /// The fault, as a kebab-case noun.
    pub name: &'static str,
    /// What it is, why it matters, how to fix it, with examples; Markdown. Empty in the wasm module:
    /// the web page has the pages of all rules in a file of their own.
    pub page: &'static str,
    /// How bad it is, unless a layout's row is unsure or a profile says otherwise.
    pub severity: Severity,
    /// What the receiver does.
    pub consequence: Consequence,
    /// Who says so.
    pub authority: Authority,
    /// Whether rules that read the same cell stay quiet once this one has spoken.
    pub poisons: bool,
    /// Whether it looks at a cell before all others, since it says what the cell holds.
    pub early: bool,
    /// Compiles the rule for a column.
    pub cell: Option<CompileCell>,
    /// Compiles the rule for the records of a file.
    pub record: Option<CompileRecord>,
    /// Compiles the rule for records of a file that stand together.
    pub series: Option<CompileSeries>,
    /// Compiles the rule for what records have to do with others.
    pub join: Option<CompileJoin>,
    /// Looks at the files as such, before any record is read.
    pub bundle: Option<CheckBundle>,
}

/// See [`Rule::cell`].
pub type CompileCell = fn(&Field, u32, &FileContext<'_>) -> Option<Box<dyn CellCheck>>;
/// See [`Rule::record`].
pub type CompileRecord = fn(&FileContext<'_>) -> Vec<Box<dyn RecordCheck>>;
/// See [`Rule::series`].
pub type CompileSeries = fn(&FileContext<'_>) -> Option<Box<dyn Series>>;
/// See [`Rule::join`].
pub type CompileJoin = fn(&BundleContext<'_>, &mut BundlePlan) -> Vec<Box<dyn Join>>;
/// See [`Rule::bundle`].
pub type CheckBundle = fn(&'static Rule, &BundleContext<'_>, &mut BundlePlan);

impl Rule {
    /// A rule that the published document states, at error, dropping the record; with no checks.
    pub const fn new(name: &'static str, page: &'static str) -> Rule {
        Rule {
            name,
            // The compiler leaves out a page that nothing refers to.
            page: if cfg!(target_arch = "wasm32") {
                ""
            } else {
                page
            },
            severity: Severity::Error,
            consequence: Consequence::RecordDropped,
            authority: Authority::Spec,
            poisons: true,
            early: false,
            cell: None,
            record: None,
            series: None,
            join: None,
            bundle: None,
        }
    }

    /// The first sentence of the page: what is wrong. Empty in the wasm module, as the page is.
    pub fn summary(&self) -> &'static str {
        let mut lines = self.page.lines().skip(1).filter(|line| !line.is_empty());
        lines.next().unwrap_or_default()
    }
}

impl std::fmt::Debug for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// By its name.
impl serde::Serialize for Rule {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name)
    }
}

impl<'de> serde::Deserialize<'de> for &'static Rule {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        crate::formats::rule(&name).ok_or_else(|| serde::de::Error::custom("no such rule"))
    }
}

pub use crate::profile::rules::PROFILE;

/// The record with so many before it, in words that are not taken for a line of the file.
pub(crate) fn nth(before: u64) -> String {
    format!("record {} (the header not counted)", before + 1)
}

/// The rules that every format shares. A cell's first finding is the one that is told, so their
/// order matters: what explains more comes first.
pub static SHARED: &[&Rule] = &[
    &unknown_format::RULE,
    &foreign_content::RULE,
    &empty_file::RULE,
    &missing_file::RULE,
    &unknown_file::RULE,
    &misnamed_file::RULE,
    &enclosing_folder::RULE,
    &system_file::RULE,
    &invalid_encoding::RULE,
    &byte_order_mark::RULE,
    &wrong_delimiter::RULE,
    &title_row::RULE,
    &missing_header::RULE,
    &absent_header::RULE,
    &blank_header::RULE,
    &blank_label::RULE,
    &duplicate_label::RULE,
    &misspelled_label::RULE,
    &missing_label::RULE,
    &extra_label::RULE,
    &misordered_label::RULE,
    &secret_column::RULE,
    &early_stop::RULE,
    &lone_carriage_return::RULE,
    &mixed_line_breaks::RULE,
    &oversized_record::RULE,
    &blank_record::RULE,
    &repeated_header::RULE,
    &unclosed_quote::RULE,
    &stray_quote::RULE,
    &needless_quotes::RULE,
    &extra_cell::RULE,
    &missing_cell::RULE,
    &required_value::RULE,
    &prohibited_value::RULE,
    &control_character::RULE,
    &line_break_in_cell::RULE,
    &surrounding_whitespace::RULE,
    &damaged_by_spreadsheet::RULE,
    &lost_zeros::RULE,
    &invalid_identifier::RULE,
    &unknown_code::RULE,
    &invalid_date::RULE,
    &invalid_datetime::RULE,
    &invalid_boolean::RULE,
    &invalid_integer::RULE,
    &invalid_decimal::RULE,
    &invalid_year::RULE,
    &invalid_email::RULE,
    &invalid_list::RULE,
    &value_too_long::RULE,
    &cut_value::RULE,
    &value_out_of_range::RULE,
    &mismatched_pattern::RULE,
    &duplicate_key::RULE,
    &repeated_value::RULE,
    &dangling_reference::RULE,
    &misdirected_reference::RULE,
];
