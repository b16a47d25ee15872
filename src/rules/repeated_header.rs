//! See `repeated_header.md`.

use super::Rule;
use crate::finding::{Authority, Consequence, Fix, Remedy, Safety, Told};
use crate::records::Record;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::RecordDropped,
    authority: Authority::Practice,
    ..Rule::new("repeated-header", include_str!("repeated_header.md"))
};

/// Files that are put together keep the byte-order mark of each.
const MARK: &[u8] = "\u{FEFF}".as_bytes();

/// Whether a record below the header with these labels is that header once more. One label alone may
/// be a value.
pub fn is(labels: &[String], record: &Record<'_>) -> bool {
    let is_label = |(at, label): (usize, &String)| {
        let cell = record.value(at);
        cell.is_some_and(|cell| match cell.strip_prefix(MARK) {
            Some(cell) if at == 0 => cell == label.as_bytes(),
            _ => *cell == *label.as_bytes(),
        })
    };
    labels.len() > 1 && record.width() == labels.len() && labels.iter().enumerate().all(is_label)
}

/// What to say of it, by its first label.
pub fn told(label: &str) -> Told {
    let message = format!(
        "`{label}` and what stands beside it are the header once more; expected a record, since one file has one header"
    );
    Told::message(message).with(Some(Fix {
        title: "Remove the second header".to_owned(),
        safety: Safety::Safe,
        remedy: Remedy::DropRecord,
    }))
}
