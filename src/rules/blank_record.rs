//! See `blank_record.md`.

use super::Rule;
use crate::finding::{Authority, Consequence, Fix, Remedy, Safety, Severity, Told};
use crate::records::END_OF_FILE;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::RecordDropped,
    authority: Authority::Practice,
    ..Rule::new("blank-record", include_str!("blank_record.md"))
};

/// What to say of a record that stands so in the file and has no content.
pub fn told(record: &[u8]) -> Told {
    let message = match record == END_OF_FILE {
        true => {
            "`0x1A` is the mark that DOS programs write at the end of a file; expected nothing behind the last record"
        }
        false => "the record is blank; expected no blank lines",
    };
    Told::message(message).with(Some(Fix {
        title: "Remove the record".to_owned(),
        safety: Safety::Safe,
        remedy: Remedy::DropRecord,
    }))
}
