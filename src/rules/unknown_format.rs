//! See `unknown_format.md`.

use super::Rule;
use crate::finding::{Authority, Consequence, Told};

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::FileRefused,
    authority: Authority::Practice,
    ..Rule::new("unknown-format", include_str!("unknown_format.md"))
};

/// What to say of files that no format knows. `what` is what the first odd file is, `near` how
/// many labels each format knows.
pub fn told(what: Option<&str>, near: &[String]) -> Told {
    let seen = match what {
        Some(what) => format!("`{what}` was found"),
        None => "the labels belong to no known format".to_owned(),
    };
    let near = match near.is_empty() {
        true => String::new(),
        // The nearest come first.
        false => format!("; {}", near[..near.len().min(3)].join("; ")),
    };
    Told::message(format!("{seen}; expected files of a known format{near}"))
}
