//! See `invalid_encoding.md`.

use super::{Rule, whole_file};
use crate::finding::{Consequence, Fix, Remedy, Safety, Told};
use crate::legacy::guess;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::AcceptedButWrong,
    bundle: Some(whole_file::encodings),
    ..Rule::new("invalid-encoding", include_str!("invalid_encoding.md"))
};

/// What to say of a cell that is not UTF-8.
pub fn told(bytes: &[u8]) -> Told {
    let encoding = guess(bytes);
    let text = encoding.decode(bytes);
    let message = format!("`{text}` is written in {}; expected UTF-8", encoding.name());
    Told::message(message).with(Some(Fix::write(text, Safety::Review)))
}

/// What to say of a file that is UTF-16 as a whole.
pub fn told_file(name: &str) -> Told {
    Told::message(format!(
        "`{name}` is the encoding of the file; expected UTF-8"
    ))
    .with(Some(Fix {
        title: "Write the file as UTF-8".to_owned(),
        safety: Safety::Safe,
        remedy: Remedy::Encoding,
    }))
}
