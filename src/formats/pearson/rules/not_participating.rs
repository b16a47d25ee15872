//! See `not_participating.md`.

use super::matching;
use crate::finding::Severity;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    poisons: false,
    join: Some(|context, plan| matching::compile("not-participating", context, plan)),
    ..Rule::new("not-participating", include_str!("not_participating.md"))
};
