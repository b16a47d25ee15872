//! See `unknown_format.md`.

use super::Rule;
use crate::finding::{Authority, Consequence, Told};
use crate::source::advice;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::FileRefused,
    authority: Authority::Practice,
    ..Rule::new("unknown-format", include_str!("unknown_format.md"))
};

/// A file that is no table.
pub struct Odd<'a> {
    /// Its name.
    pub name: &'a str,
    /// What it is: "a PDF document".
    pub what: &'a str,
    /// Files beside it.
    pub others: usize,
}

/// What to say of files that no format knows: of the first odd one, or else how many labels each
/// format knows, the nearest first.
pub fn told(odd: Option<Odd<'_>>, near: &[String]) -> Told {
    Told::message(match odd {
        Some(Odd { name, what, others }) => {
            let others = match others {
                0 => String::new(),
                1 => ", and no format knows the file beside it".to_owned(),
                n => format!(", and no format knows the {n} files beside it"),
            };
            let advice = advice(what);
            format!("`{name}` is {what}{others}; expected tables as CSV text: {advice}")
        }
        None => {
            let near = match near.is_empty() {
                true => String::new(),
                false => format!(" ({})", near[..near.len().min(3)].join(", ")),
            };
            format!("the labels belong to no known format; expected files of a known format{near}")
        }
    })
}
