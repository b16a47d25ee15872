//! See `unaccepted_edition.md`.

use crate::finding::{Authority, Consequence, Fix, Safety, Told};
use crate::formats::oneroster::rules::manifest::properties;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::FileRefused,
    authority: Authority::Vendor,
    record: Some(|file| {
        properties(file, |name, value| {
            let other = name == "oneroster.version" && value != "1.2";
            other.then(|| {
                let message = format!("`{value}` is not what ManageBac takes; expected 1.2");
                Told::message(message).with(Some(Fix::write("1.2", Safety::Review)))
            })
        })
    }),
    ..Rule::new("unaccepted-edition", include_str!("unaccepted_edition.md"))
};
