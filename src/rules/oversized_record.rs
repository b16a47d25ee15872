//! See `oversized_record.md`.

use super::Rule;
use crate::finding::{Consequence, Told};
use crate::records::RECORD_LIMIT;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::FileRefused,
    ..Rule::new("oversized-record", include_str!("oversized_record.md"))
};

/// What to say of such a record.
pub fn told() -> Told {
    Told::message(format!(
        "the record has more than {} million characters; expected a line break long before",
        RECORD_LIMIT >> 20
    ))
}
