//! See `blank_record.md`.

use super::Rule;
use crate::finding::{Authority, Consequence, Fix, Remedy, Safety, Severity, Told};

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::RecordDropped,
    authority: Authority::Practice,
    ..Rule::new("blank-record", include_str!("blank_record.md"))
};

/// What to say of a record without content.
pub fn told() -> Told {
    Told::message("the record is blank; expected no blank lines").with(Some(Fix {
        title: "Remove the record".to_owned(),
        safety: Safety::Safe,
        remedy: Remedy::DropRecord,
    }))
}
