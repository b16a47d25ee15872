//! See `reversed_times.md`.

use super::kit::column;
use crate::check::{FileContext, RecordCheck};
use crate::finding::{Consequence, Told};
use crate::formats::oneroster::rules::kit::records;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::AcceptedButWrong,
    poisons: false,
    record: Some(compile),
    ..Rule::new("reversed-times", include_str!("reversed_times.md"))
};

/// A day or a day and time, as text that is less the earlier it is.
fn ordered(text: &str) -> String {
    text.replace('T', " ")
}

fn compile(file: &FileContext<'_>) -> Vec<Box<dyn RecordCheck>> {
    let units = (1..=4).map(|n| {
        let end = |end: &str| format!("Unit{n}OnlineTest{end}DateTime");
        (end("Start"), end("End"), "OA-R02")
    });
    let account = (
        "ActiveBeginDate".to_owned(),
        "ActiveEndDate".to_owned(),
        "US-R05",
    );
    let pairs = units.chain([account]).filter_map(|(first, last, clause)| {
        let fields = (column(file.plan, &first)?, column(file.plan, &last)?);
        Some((fields, first, clause))
    });
    let checks = pairs.map(|((first, last), name, clause)| {
        records(move |record, out| {
            if let (Some(begin), Some(end)) = (record.text(first), record.text(last))
                && ordered(&end) < ordered(&begin)
            {
                out.field(record.index(), last, || {
                    Told::message(format!(
                        "`{end}` is before {name}, {begin}; expected that time or later ({clause})"
                    ))
                });
            }
        })
    });
    checks.collect()
}
