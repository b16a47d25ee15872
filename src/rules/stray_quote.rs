//! See `stray_quote.md`.

use super::Rule;
use crate::finding::{Consequence, Fix, Safety, Told};

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::AcceptedButWrong,
    ..Rule::new("stray-quote", include_str!("stray_quote.md"))
};

/// What to say of a cell, given as it stands in the file.
pub fn told(raw: &str) -> Told {
    let message =
        format!("`{raw}` has a quote that is not doubled; expected `\"\"` inside a quoted cell");
    let inner = raw.strip_prefix('"').map(|rest| rest.strip_suffix('"'));
    let fix = match inner {
        Some(Some(inner)) => Fix::write(inner.replace("\"\"", "\""), Safety::Review),
        // Some programs join what follows a closing quote, some keep the quotes.
        Some(None) => Fix::write(raw, Safety::Review),
        None => Fix::write(raw, Safety::Safe),
    };
    Told::message(message).with(Some(fix))
}
