//! See `unusual_label.md`.

use super::kit::{label, rename, transactions};
use crate::check::{BundleContext, BundlePlan};
use crate::finding::{Authority, Consequence, Safety, Severity};
use crate::formats::datashop::headings::{self, Heading, Kind};
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Info,
    consequence: Consequence::Note,
    authority: Authority::Practice,
    bundle: Some(check),
    ..Rule::new("unusual-label", include_str!("unusual_label.md"))
};

fn check(rule: &'static Rule, context: &BundleContext<'_>, plan: &mut BundlePlan) {
    for (file, headings) in transactions(context, plan) {
        for heading in &headings {
            let written = &context.peeks[file].labels[heading.column as usize];
            let Some(usual) = usual(heading).filter(|usual| usual != written) else {
                continue;
            };
            let message = format!(
                "`{written}` is {usual} to the importer; expected it spelled so, since other tools are stricter"
            );
            let told = rename(message, Some(usual), Safety::Safe);
            label(plan, file, heading, (rule, rule.severity), told);
        }
    }
}

/// The label as DataShop spells it, where the importer takes it for that.
fn usual(heading: &Heading) -> Option<String> {
    let usual = match heading.kind {
        Kind::Fixed | Kind::Computed => heading.field.clone(),
        Kind::Strange | Kind::Blank => return None,
        _ => {
            let name = heading.name.as_ref().filter(|_| heading.is_plain())?;
            heading.field.replace('*', name)
        }
    };
    (headings::fold(&usual) == heading.folded()).then_some(usual)
}
