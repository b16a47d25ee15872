//! See `unequal_lists.md`.

use super::kit::{of_file, records};
use crate::check::{FileContext, RecordCheck};
use crate::finding::{Consequence, Told};
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::ValueDropped,
    record: Some(|file| compile(file).into_iter().collect()),
    ..Rule::new("unequal-lists", include_str!("unequal_lists.md"))
};

fn compile(file: &FileContext<'_>) -> Option<Box<dyn RecordCheck>> {
    let mut files = ["classes.csv", "courses.csv"].into_iter();
    let [names, codes] =
        files.find_map(|name| of_file(file, name, ["subjects", "subjectCodes"]))?;
    Some(records(move |record, out| {
        if let (Some(subjects), Some(text)) = (record.text(names), record.text(codes)) {
            let (left, right) = (subjects.split(',').count(), text.split(',').count());
            if left != right {
                out.field(record.index(), codes, || {
                    Told::message(format!(
                        "`{text}` has length {right}, subjects has {left}; \
                         expected one code for each subject"
                    ))
                });
            }
        }
    }))
}
