//! See `unequal_total.md`.

use super::impossible_count::number;
use super::kit::{self, column};
use crate::check::{BundleContext, BundlePlan, FileContext, RecordCheck};
use crate::finding::{Consequence, Severity, Told};
use crate::formats::oneroster::rules::kit::records;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::AcceptedButWrong,
    poisons: false,
    record: Some(compile),
    bundle: Some(review),
    ..Rule::new("unequal-total", include_str!("unequal_total.md"))
};

/// A total and its parts, with the clause that says so.
fn sums() -> Vec<(&'static str, Vec<String>, &'static str)> {
    let parts = |part: &str, of: &str| (1..=4).map(|n| format!("{part}{n}{of}")).collect();
    let counts = ["OnlineEnrollmentCount", "PaperEnrollmentCount"];
    let mut sums = vec![(
        "TotalEnrollmentCount",
        counts.map(str::to_owned).to_vec(),
        "OP-R04",
    )];
    for part in ["Unit", "PaperSection"] {
        sums.push(("TotalTestItems", parts(part, "TotalTestItems"), "TA-R09"));
        let tried = parts(part, "NumberofAttemptedItems");
        sums.push(("TotalTestItemsAttempted", tried, "TA-R09"));
    }
    sums
}

fn compile(file: &FileContext<'_>) -> Vec<Box<dyn RecordCheck>> {
    let sums = sums().into_iter().filter_map(|(total, parts, clause)| {
        let parts: Option<Vec<usize>> = parts.iter().map(|part| column(file.plan, part)).collect();
        Some((column(file.plan, total)?, parts?, clause))
    });
    let checks = sums.map(|(total, parts, clause)| {
        records(move |record, out| {
            let numbers: Vec<u64> = parts
                .iter()
                .filter_map(|part| number(record, *part))
                .collect();
            // Of enrolments both parts have to be told; of a test, what is left out was not taken.
            let is_told = numbers.len() > 1 && parts.iter().all(|part| record.is_sound(*part));
            let sum: u64 = numbers.iter().sum();
            if let Some(all) = number(record, total).filter(|all| is_told && *all != sum) {
                out.field(record.index(), total, || {
                    Told::message(format!(
                        "`{all}` is not the sum of its parts, {sum}; expected that ({clause})"
                    ))
                });
            }
        })
    });
    checks.collect()
}

/// Has a person look before a part is added empty: only where all parts have a column is it sure that
/// what they do not tell was not taken.
fn review(_: &'static Rule, _: &BundleContext<'_>, plan: &mut BundlePlan) {
    for at in 0..plan.files.len() {
        kit::review(plan, at, |file| {
            let parts = sums().into_iter().flat_map(|(_, parts, _)| parts);
            parts
                .filter_map(|part| kit::field(file.spec(), &part))
                .collect()
        });
    }
}
