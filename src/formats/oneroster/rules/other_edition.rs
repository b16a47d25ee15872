//! See `other_edition.md`.

use super::manifest::properties;
use super::wrong_version::EDITIONS;
use crate::check::{FileContext, RecordCheck};
use crate::finding::{Authority, Consequence, Severity, Told};
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Info,
    consequence: Consequence::Note,
    authority: Authority::Practice,
    poisons: false,
    record: Some(compile),
    ..Rule::new("other-edition", include_str!("other_edition.md"))
};

fn compile(file: &FileContext<'_>) -> Vec<Box<dyn RecordCheck>> {
    properties(file, |name, value| {
        let other = name == "oneroster.version" && EDITIONS[1..].contains(&value);
        other.then(|| {
            Told::message(format!(
                "`{value}` is an edition of OneRoster 1.2; expected 1.2, and checked as that"
            ))
        })
    })
}
