//! See `wrong_delimiter.md`.

use super::{Rule, whole_file};
use crate::finding::{Consequence, Fix, Remedy, Safety, Told};

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::FileRefused,
    bundle: Some(whole_file::delimiters),
    ..Rule::new("wrong-delimiter", include_str!("wrong_delimiter.md"))
};

/// The name of a delimiter.
pub fn name(delimiter: u8) -> &'static str {
    match delimiter {
        b',' => "comma",
        b';' => "semicolon",
        b'\t' => "tab",
        _ => "vertical bar",
    }
}

/// What to say of a file whose cells are separated by `met`.
pub fn told(met: u8, expected: u8) -> Told {
    let message = format!(
        "`{}` separates the cells; expected {}",
        name(met),
        name(expected)
    );
    Told::message(message).with(Some(Fix {
        title: format!("Separate cells by {}", name(expected)),
        safety: Safety::Safe,
        remedy: Remedy::Delimiter(expected),
    }))
}
