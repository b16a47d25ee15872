//! See `stray_quote.md`.

use super::Rule;
use crate::finding::{Consequence, Fix, Safety, Told};

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::AcceptedButWrong,
    ..Rule::new("stray-quote", include_str!("stray_quote.md"))
};

/// Whether the quotes of a cell that stands so in the file can only be part of its text.
pub fn is_certain(raw: &str) -> bool {
    !raw.starts_with('"')
}

/// What to say of a cell that stands so in the file, its fix trusted as far as this.
pub fn told(raw: &str, safety: Safety) -> Told {
    let message =
        format!("`{raw}` has a quote that is not doubled; expected `\"\"` inside a quoted cell");
    let inner = raw.strip_prefix('"').map(|rest| rest.strip_suffix('"'));
    let fix = match inner {
        Some(Some(inner)) => Fix::write(inner.replace("\"\"", "\""), safety),
        // Some programs join what follows a closing quote, some keep the quotes.
        Some(None) | None => Fix::write(raw, safety),
    };
    Told::message(message).with(Some(fix))
}
