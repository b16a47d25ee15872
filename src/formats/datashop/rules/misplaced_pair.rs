//! See `misplaced_pair.md`.

use super::kit::{label, transactions};
use crate::check::{BundleContext, BundlePlan};
use crate::finding::{Consequence, Fix, Remedy, Told};
use crate::formats::datashop::pairs::{Families, pairs, partner};
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::FileRefused,
    bundle: Some(check),
    ..Rule::new("misplaced-pair", include_str!("misplaced_pair.md"))
};

fn check(rule: &'static Rule, context: &BundleContext<'_>, plan: &mut BundlePlan) {
    for (file, headings) in transactions(context, plan) {
        let families = Families::of(&headings);
        let mut known = None;
        for (at, heading) in headings.iter().enumerate() {
            let Some(first) = partner(heading) else {
                continue;
            };
            let firsts = families.firsts(heading);
            let before = at.checked_sub(1);
            // Without any partner it is told as lonely.
            if firsts.is_empty() || before.is_some_and(|at| firsts.binary_search(&at).is_ok()) {
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
