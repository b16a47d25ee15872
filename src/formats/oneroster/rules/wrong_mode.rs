//! See `wrong_mode.md`.

use super::manifest::{file_of, is_there, mode_of, properties};
use crate::check::{FileContext, RecordCheck};
use crate::finding::{Consequence, Fix, Safety, Told};
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::FileRefused,
    record: Some(compile),
    ..Rule::new("wrong-mode", include_str!("wrong_mode.md"))
};

fn compile(file: &FileContext<'_>) -> Vec<Box<dyn RecordCheck>> {
    let bundle = file.bundle;
    let names = bundle.layout.files.iter().map(|spec| &spec.name);
    let known: Vec<(String, bool, &str)> = names
        .map(|name| (name.clone(), is_there(bundle, name), mode_of(bundle, name)))
        .collect();
    properties(file, move |property, value| {
        let name = file_of(property)?;
        let (_, there, mode) = known.iter().find(|known| known.0 == name)?;
        let message = match (value, there) {
            ("absent", true) => format!("`absent`, but {name} is in the bundle; expected {mode}"),
            ("bulk" | "delta", false) => {
                format!("`{value}`, but {name} is not in the bundle; expected it, or absent")
            }
            _ => return None,
        };
        // What cannot be read has no mode that could be told.
        let unreadable = *there && *mode == "absent";
        let fix = (!unreadable).then(|| Fix::write(*mode, Safety::Review));
        Some(Told::message(message).with(fix))
    })
}
