//! See `unsupported_delta.md`.

use crate::finding::{Authority, Consequence, Severity, Told};
use crate::formats::oneroster::rules::manifest::{file_of, properties};
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Info,
    consequence: Consequence::Note,
    authority: Authority::Vendor,
    poisons: false,
    record: Some(|file| {
        properties(file, |name, value| {
            file_of(name).filter(|_| value == "delta")?;
            Some(Told::message(
                "`delta` may be refused: ManageBac's guide describes it, and one of its messages \
                 says that it is not supported yet; expected bulk where it is refused",
            ))
        })
    }),
    ..Rule::new("unsupported-delta", include_str!("unsupported_delta.md"))
};
