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
    match raw.strip_prefix('"') {
        // Some programs join what follows a closing quote, some keep the quotes.
        Some(rest) => {
            let inner = rest.strip_suffix('"').unwrap_or(rest);
            Told::message(message).with(Some(Fix::write(
                inner.replace("\"\"", "\""),
                Safety::Review,
            )))
        }
        None => Told::message(message).with(Some(Fix::write(raw, Safety::Safe))),
    }
}
