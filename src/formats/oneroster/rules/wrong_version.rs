//! See `wrong_version.md`.

use super::manifest::properties;
use crate::check::{FileContext, RecordCheck};
use crate::finding::{Consequence, Fix, Safety, Told};
use crate::rules::Rule;
use crate::types::decimal;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::FileRefused,
    record: Some(compile),
    ..Rule::new("wrong-version", include_str!("wrong_version.md"))
};

/// What `oneroster.version` says for this format: the version, its revision, its Japanese profile.
pub const EDITIONS: [&str; 3] = ["1.2", "1.2.1", "1.2_JP"];

fn compile(file: &FileContext<'_>) -> Vec<Box<dyn RecordCheck>> {
    properties(file, |name, value| match name {
        "manifest.version" if value != "1.0" => Some(of_manifest(value)),
        "oneroster.version" if !EDITIONS.contains(&value) => Some(of_format(value)),
        _ => None,
    })
}

fn of_manifest(value: &str) -> Told {
    // A spreadsheet writes 1.0 as 1.
    let one = decimal::value(value.as_bytes()).is_some_and(|number| number == 1.0);
    let safety = if one { Safety::Safe } else { Safety::Review };
    let message = format!("`{value}` is not the version of the manifest; expected 1.0");
    Told::message(message).with(Some(Fix::write("1.0", safety)))
}

fn of_format(value: &str) -> Told {
    let digits: String = value.chars().filter(char::is_ascii_digit).collect();
    let same = digits.trim_end_matches('0') == "12";
    let fix = same.then(|| Fix::write("1.2", Safety::Review));
    let message = format!("`{value}` is not this version of OneRoster; expected 1.2");
    Told::message(message).with(fix)
}
