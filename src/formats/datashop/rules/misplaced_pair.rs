//! See `misplaced_pair.md`.

use super::kit::{label, transactions};
use crate::check::{BundleContext, BundlePlan};
use crate::finding::{Consequence, Told};
use crate::formats::datashop::headings::{Heading, Kind};
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::FileRefused,
    bundle: Some(check),
    ..Rule::new("misplaced-pair", include_str!("misplaced_pair.md"))
};

fn check(rule: &'static Rule, context: &BundleContext<'_>, plan: &mut BundlePlan) {
    for (file, headings) in transactions(context, plan) {
        for (at, heading) in headings.iter().enumerate() {
            let before = at.checked_sub(1).map(|at| &headings[at]);
            let Some(first) = partner(heading) else {
                continue;
            };
            let is_its = |other: &Heading| {
                let same = heading.kind != Kind::Category || other.model() == heading.model();
                other.field == first && same
            };
            // Without any partner it is told as lonely.
            if before.is_some_and(is_its) || !headings.iter().any(is_its) {
                continue;
            }
            let message = format!(
                "`{}` does not stand directly behind its {}; expected the two side by side, or the importer refuses the file",
                heading.label,
                first.replace("(*)", &format!("({})", heading.model()))
            );
            label(
                plan,
                file,
                heading,
                (rule, rule.severity),
                Told::message(message),
            );
        }
    }
}

/// The field that has to stand before the second column of a pair.
fn partner(heading: &Heading) -> Option<&'static str> {
    match heading.field.as_str() {
        "Condition Type" => Some("Condition Name"),
        "KC Category (*)" => Some("KC (*)"),
        "Feedback Classification" => Some("Feedback Text"),
        _ => None,
    }
}
