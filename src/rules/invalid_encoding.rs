//! See `invalid_encoding.md`.

use super::{Rule, whole_file};
use crate::finding::{Consequence, Fix, Remedy, Safety, Told};
use crate::legacy::{Encoding, escaped};

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::AcceptedButWrong,
    bundle: Some(whole_file::encodings),
    ..Rule::new("invalid-encoding", include_str!("invalid_encoding.md"))
};

/// What to say of a cell that is not UTF-8, while the encoding of its file is not known; see
/// [`Finding::settle`](crate::finding::Finding::settle).
pub fn told(bytes: &[u8]) -> Told {
    told_in(bytes, Encoding::default())
}

/// What to say of a cell of a file in this encoding.
pub fn told_in(bytes: &[u8], encoding: Encoding) -> Told {
    let text = encoding.text(bytes);
    let message = format!(
        "`{}` is `{text}` in {}; expected UTF-8",
        escaped(bytes),
        encoding.name()
    );
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
