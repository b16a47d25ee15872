//! See `wrong_code_length.md`.

use super::kit::{cell, column, rows};
use crate::check::{FileContext, RecordCheck};
use crate::finding::{Fix, Safety, Told};
use crate::formats::oneroster::rules::kit::records;
use crate::report::words::plural;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    poisons: false,
    record: Some(compile),
    ..Rule::new("wrong-code-length", include_str!("wrong_code_length.md"))
};

/// Fields with the column of `lengths.csv` that tells how long their values are in a state.
const FIELDS: [(&str, usize); 7] = [
    ("TestingDistrictCode", 1),
    ("TestingSchoolCode", 2),
    ("ResponsibleDistrictCode", 1),
    ("ResponsibleSchoolCode", 2),
    ("ShipReportDistrictCode", 1),
    ("ShipReportSchoolCode", 2),
    ("StateStudentIdentifier", 3),
];

/// The state of files that do not name it.
const STATES: [(&str, &str); 1] = [("student-registrations-nj-2022.csv", "NJ")];

fn compile(file: &FileContext<'_>) -> Vec<Box<dyn RecordCheck>> {
    let named = file.spec.field("StateAbbreviation");
    let named = named.filter(|field| file.plan.position(*field).is_some());
    let own = STATES.iter().find(|(name, _)| *name == file.spec.name);
    let own = own.map(|(_, state)| *state);
    let lengths: Vec<(String, [usize; 3])> = rows("lengths")
        .iter()
        .map(|row| {
            let of = |at| cell(row, at).parse().unwrap_or_default();
            (cell(row, 0).to_owned(), [of(1), of(2), of(3)])
        })
        .collect();
    let fields = FIELDS
        .iter()
        .filter_map(|(name, kind)| Some((column(file.plan, name)?, *kind)));
    let fields: Vec<(usize, usize)> = fields.collect();
    if fields.is_empty() || named.is_none() && own.is_none() {
        return Vec::new();
    }
    vec![records(move |record, out| {
        let told = named.and_then(|field| record.text(field));
        let Some(state) = told.as_deref().or(own) else {
            return;
        };
        let Some((_, lengths)) = lengths.iter().find(|(known, _)| known == state) else {
            return;
        };
        for (field, kind) in &fields {
            let wanted = lengths[kind - 1];
            let Some(text) = record
                .text(*field)
                .filter(|text| text.chars().count() != wanted)
            else {
                continue;
            };
            out.field(record.index(), *field, || {
                let digits = text.bytes().all(|b| b.is_ascii_digit());
                let is_short = digits && text.len() < wanted;
                let lost = if is_short {
                    ", so zeros at its beginning may be lost"
                } else {
                    ""
                };
                let has = plural(text.chars().count() as u64, "character");
                let message =
                    format!("`{text}` has {has}{lost}; expected {wanted}, as all of {state} have");
                let padded = || Fix::write(format!("{text:0>wanted$}"), Safety::Review);
                Told::message(message).with(is_short.then(padded))
            });
        }
    })]
}
