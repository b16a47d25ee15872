//! See `missing_view.md`.

use super::kit::{missing, transactions};
use crate::check::{BundleContext, BundlePlan};
use crate::finding::Consequence;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::Note,
    bundle: Some(check),
    ..Rule::new("missing-view", include_str!("missing_view.md"))
};

fn check(rule: &'static Rule, context: &BundleContext<'_>, plan: &mut BundlePlan) {
    for (file, headings) in transactions(context, plan) {
        let is_view = |field: &str| matches!(field, "Problem View" | "Problem Start Time");
        if !headings.iter().any(|heading| is_view(&heading.field)) {
            let message = "`Problem View` and `Problem Start Time` are not in the header; expected one of them: the documentation asks for it, the importer guesses without";
            missing(
                plan,
                file,
                "Problem View",
                (rule, rule.severity),
                message.to_owned(),
            );
        }
    }
}
