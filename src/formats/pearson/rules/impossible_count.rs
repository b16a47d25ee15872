//! See `impossible_count.md`.

use super::kit::column;
use crate::check::{FileContext, RecordCheck, View};
use crate::finding::{Consequence, Told};
use crate::formats::oneroster::rules::kit::records;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::AcceptedButWrong,
    poisons: false,
    record: Some(compile),
    ..Rule::new("impossible-count", include_str!("impossible_count.md"))
};

/// A number of items that a field tells.
pub fn number(record: &View<'_>, field: usize) -> Option<u64> {
    record.text(field)?.parse().ok()
}

/// The fields that tell how many items were tried, and of how many.
fn pairs() -> Vec<[String; 2]> {
    let mut pairs = vec![["TotalTestItemsAttempted", "TotalTestItems"].map(str::to_owned)];
    for n in 1..=4 {
        for part in ["Unit", "PaperSection"] {
            pairs.push(
                ["NumberofAttemptedItems", "TotalTestItems"].map(|of| format!("{part}{n}{of}")),
            );
        }
    }
    pairs
}

fn compile(file: &FileContext<'_>) -> Vec<Box<dyn RecordCheck>> {
    let pairs = pairs().into_iter().filter_map(|[tried, of]| {
        let fields = (column(file.plan, &tried)?, column(file.plan, &of)?);
        Some((fields, of))
    });
    let checks = pairs.map(|((tried, of), name)| {
        records(move |record, out| {
            if let (Some(least), Some(most)) = (number(record, tried), number(record, of))
                && least > most
            {
                out.field(record.index(), tried, || {
                    Told::message(format!(
                        "`{least}` items were tried of the {most} that {name} tells; expected no more (TA-R08)"
                    ))
                });
            }
        })
    });
    checks.collect()
}
