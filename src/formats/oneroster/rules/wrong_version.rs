//! See `wrong_version.md`.

use super::manifest::properties;
use crate::check::{FileContext, RecordCheck};
use crate::finding::{Consequence, Fix, Safety, Told};
use crate::formats::oneroster::version::{Version, held};
use crate::rules::Rule;
use crate::types::decimal;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::FileRefused,
    record: Some(compile),
    ..Rule::new("wrong-version", include_str!("wrong_version.md"))
};

fn compile(file: &FileContext<'_>) -> Vec<Box<dyn RecordCheck>> {
    let version = Version::of(file.bundle.layout);
    let held = held(file.bundle.peeks).filter(|held| held.0 == version);
    let evidence = held.map(|held| held.1);
    properties(file, move |name, value| match name {
        "manifest.version" if value != "1.0" => Some(of_manifest(value)),
        "oneroster.version" if !version.editions().contains(&value) => {
            Some(of_format(value, version.number(), evidence.as_deref()))
        }
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

fn of_format(value: &str, number: &str, evidence: Option<&str>) -> Told {
    let digits = |text: &str| {
        text.chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
    };
    let same = digits(value).trim_end_matches('0') == digits(number);
    // Another version is another bundle, unless the files say that it is this one.
    let fix = (same || evidence.is_some()).then(|| Fix::write(number, Safety::Review));
    let what = match evidence {
        Some(evidence) if !same => format!(", but {evidence}"),
        _ => " is not this version of OneRoster".to_owned(),
    };
    Told::message(format!("`{value}`{what}; expected {number}")).with(fix)
}
