//! See `forbidden_character.md`.

use super::kit::{label, rename, transactions};
use crate::check::{BundleContext, BundlePlan};
use crate::finding::{Consequence, Safety};
use crate::formats::datashop::headings::{Heading, Kind};
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::FileRefused,
    bundle: Some(check),
    ..Rule::new(
        "forbidden-character",
        include_str!("forbidden_character.md"),
    )
};

fn check(rule: &'static Rule, context: &BundleContext<'_>, plan: &mut BundlePlan) {
    for (file, headings) in transactions(context, plan) {
        for heading in &headings {
            let (text, also) = match heading.kind {
                Kind::Fixed | Kind::Blank => continue,
                Kind::Computed | Kind::Strange => (heading.label.as_str(), "()"),
                _ => (heading.model(), ""),
            };
            let allowed = |c: char| {
                c.is_ascii_alphanumeric()
                    || c.is_whitespace()
                    || "_-".contains(c)
                    || also.contains(c)
            };
            let Some(odd) = text.chars().find(|c| !allowed(*c)) else {
                continue;
            };
            let message = format!(
                "`{}` has `{odd}` in its name; expected letters A-Z, digits, blanks, `-` and `_`, or the importer refuses the file",
                heading.label
            );
            let better = respelled(heading, text, allowed);
            let told = rename(message, better, Safety::Review);
            label(plan, file, heading, (rule, rule.severity), told);
        }
    }
}

/// The label with `-` for each mark that is not allowed. There is none for letters of other alphabets.
fn respelled(heading: &Heading, name: &str, allowed: impl Fn(char) -> bool) -> Option<String> {
    if name
        .chars()
        .any(|c| !allowed(c) && !c.is_ascii_punctuation())
    {
        return None;
    }
    let spelled: String = name
        .chars()
        .map(|c| if allowed(c) { c } else { '-' })
        .collect();
    let spelled = spelled.trim_matches(|c: char| c == '-' || c.is_whitespace());
    (!spelled.is_empty()).then(|| heading.label.replacen(name, spelled, 1))
}
