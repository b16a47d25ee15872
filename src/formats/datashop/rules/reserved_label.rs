//! See `reserved_label.md`.

use super::kit::{label, list, rename, transactions};
use crate::check::{BundleContext, BundlePlan};
use crate::finding::{Consequence, Safety};
use crate::formats::datashop::headings::Kind;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::FileRefused,
    bundle: Some(check),
    ..Rule::new("reserved-label", include_str!("reserved_label.md"))
};

fn check(rule: &'static Rule, context: &BundleContext<'_>, plan: &mut BundlePlan) {
    let Some(words) = list("reserved") else {
        return;
    };
    for (file, headings) in transactions(context, plan) {
        for heading in headings
            .iter()
            .filter(|heading| heading.kind == Kind::Strange)
        {
            if words.contains(heading.label.as_bytes()) {
                let message = format!(
                    "`{}` is a word of the importer's database; expected another label, or the importer refuses the file",
                    heading.label
                );
                let told = rename(
                    message,
                    Some(format!("CF ({})", heading.label)),
                    Safety::Review,
                );
                label(plan, file, heading, (rule, rule.severity), told);
            }
        }
    }
}
