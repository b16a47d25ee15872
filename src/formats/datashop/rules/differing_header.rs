//! See `differing_header.md`.

use super::kit::transactions;
use crate::check::{BundleContext, BundlePlan};
use crate::finding::{Consequence, Told};
use crate::formats::datashop::headings::Heading;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::FileRefused,
    bundle: Some(check),
    ..Rule::new("differing-header", include_str!("differing_header.md"))
};

fn check(rule: &'static Rule, context: &BundleContext<'_>, plan: &mut BundlePlan) {
    let files = transactions(context, plan);
    let Some(((first, headings), others)) = files.split_first() else {
        return;
    };
    let folded = |headings: &[Heading]| headings.iter().map(Heading::folded).collect::<Vec<_>>();
    let (expected, name) = (folded(headings), &context.peeks[*first].name);
    for (file, headings) in others {
        let met = folded(headings);
        if met != expected {
            let same = met
                .iter()
                .zip(&expected)
                .take_while(|(a, b)| a == b)
                .count();
            let label = headings
                .get(same)
                .map_or("", |heading| heading.label.as_str());
            let message = format!(
                "`{label}` is column {} of the header, which is not so in `{name}`; expected the same header in all files of an upload",
                same + 1
            );
            plan.tell_file(
                rule,
                *file,
                Some(context.peeks[*file].line),
                Told::message(message),
            );
        }
    }
}
