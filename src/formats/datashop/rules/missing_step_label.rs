//! See `missing_step_label.md`.

use super::kit::{missing, transactions};
use crate::check::{BundleContext, BundlePlan};
use crate::finding::Consequence;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::FileRefused,
    bundle: Some(check),
    ..Rule::new("missing-step-label", include_str!("missing_step_label.md"))
};

fn check(rule: &'static Rule, context: &BundleContext<'_>, plan: &mut BundlePlan) {
    for (file, headings) in transactions(context, plan) {
        let has = |field: &str| headings.iter().any(|heading| heading.field == field);
        if has("Step Name") {
            continue;
        }
        for field in ["Selection", "Action", "Input"]
            .into_iter()
            .filter(|field| !has(field))
        {
            let message = format!(
                "`{field}` is not in the header; expected Step Name or all of Selection, Action and Input, or the importer refuses the file"
            );
            missing(plan, file, field, (rule, rule.severity), message);
        }
    }
}
