//! See `unlisted_property.md`.

use crate::check::{FileContext, RecordCheck};
use crate::finding::{Authority, Consequence, Severity, Told};
use crate::formats::oneroster::rules::manifest::{mandatory, properties};
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Info,
    consequence: Consequence::Note,
    authority: Authority::Vendor,
    poisons: false,
    record: Some(compile),
    ..Rule::new("unlisted-property", include_str!("unlisted_property.md"))
};

fn compile(file: &FileContext<'_>) -> Vec<Box<dyn RecordCheck>> {
    let listed = mandatory(file.bundle);
    properties(file, move |name, _| {
        let known = name.starts_with("source.") || listed.iter().any(|known| known == name);
        (!known).then(|| {
            Told::message(format!(
                "`{name}` is a property of OneRoster that ManageBac's guide does not list; \
                 expected one that it lists, for it may refuse others as unknown"
            ))
        })
    })
}
