//! See `unknown_mode.md`.

use super::manifest::{file_of, properties};
use crate::check::{FileContext, RecordCheck};
use crate::finding::{Consequence, Fix, Told};
use crate::formats::oneroster::codes;
use crate::rules::Rule;
use crate::types::{CodeList, Type};

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::FileRefused,
    record: Some(compile),
    ..Rule::new("unknown-mode", include_str!("unknown_mode.md"))
};

fn compile(file: &FileContext<'_>) -> Vec<Box<dyn RecordCheck>> {
    let modes = codes("mode").and_then(|table| CodeList::read(table).ok());
    let Some(modes) = modes.map(Type::Code) else {
        return Vec::new();
    };
    properties(file, move |name, value| {
        file_of(name)?;
        if modes.accepts(value.as_bytes()) {
            return None;
        }
        let mend = modes.mend(value);
        let message = format!("`{value}` is not a mode; expected {}", modes.expected());
        Some(Told::message(message).with(mend.map(|mend| Fix::write(mend.text, mend.safety))))
    })
}
