//! See `misplaced_pair.md`.

use super::kit::{label, transactions};
use crate::check::{BundleContext, BundlePlan};
use crate::finding::{Consequence, Fix, Remedy, Told};
use crate::formats::datashop::pairs::{is_first, pairs, partner};
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::FileRefused,
    bundle: Some(check),
    ..Rule::new("misplaced-pair", include_str!("misplaced_pair.md"))
};

fn check(rule: &'static Rule, context: &BundleContext<'_>, plan: &mut BundlePlan) {
    for (file, headings) in transactions(context, plan) {
        let mut known = None;
        for (at, heading) in headings.iter().enumerate() {
            let before = at.checked_sub(1).map(|at| &headings[at]);
            let Some(first) = partner(heading) else {
                continue;
            };
            let is_its = |other| is_first(other, heading);
            // Without any partner it is told as lonely.
            if before.is_some_and(is_its) || !headings.iter().any(is_its) {
                continue;
            }
            let first = first.replace("(*)", &format!("({})", heading.model()));
            let message = format!(
                "`{}` does not stand directly behind its {first}; expected the two side by side, or the importer refuses the file",
                heading.label
            );
            let pairs = known.get_or_insert_with(|| pairs(&headings));
            let fix = pairs.firsts[at].map(|_| Fix {
                title: format!("Put the column behind its {first}"),
                safety: pairs.safety,
                remedy: Remedy::Columns,
            });
            let told = Told::message(message).with(fix);
            label(plan, file, heading, (rule, rule.severity), told);
        }
        if let Some(pairs) = known {
            plan.set_order(file, pairs.order());
        }
    }
}
