//! See `unclosed_quote.md`.

use super::Rule;
use crate::finding::{Consequence, Fix, Safety, Told};

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::FileRefused,
    ..Rule::new("unclosed-quote", include_str!("unclosed_quote.md"))
};

/// What to say of a cell, given as it stands in the file.
pub fn told(raw: &str) -> Told {
    let value = raw.strip_prefix('"').unwrap_or(raw);
    Told::message(format!(
        "`{raw}` opens a quote that nothing closes; expected a closing quote"
    ))
    .with(Some(Fix::write(value, Safety::Review)))
}
