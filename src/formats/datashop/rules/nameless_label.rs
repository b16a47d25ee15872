//! See `nameless_label.md`.

use std::collections::HashSet;

use super::kit::{label, rename, transactions};
use crate::check::{BundleContext, BundlePlan};
use crate::finding::{Consequence, Safety, Severity};
use crate::formats::datashop::headings::{self, Heading, Kind};
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::FileRefused,
    bundle: Some(check),
    ..Rule::new("nameless-label", include_str!("nameless_label.md"))
};

fn check(rule: &'static Rule, context: &BundleContext<'_>, plan: &mut BundlePlan) {
    for (file, headings) in transactions(context, plan) {
        let kcs = || headings.iter().filter(|heading| heading.kind == Kind::Kc);
        let all = kcs().all(|heading| heading.name.is_none());
        let taken: HashSet<String> = headings.iter().map(Heading::folded).collect();
        for heading in headings.iter().filter(|heading| heading.name.is_none()) {
            let (word, severity) = match heading.kind {
                Kind::Cf => ("CF", Severity::Error),
                Kind::Kc if all => ("KC", Severity::Warning),
                Kind::Kc => ("KC", Severity::Error),
                Kind::Level => ("Level", Severity::Warning),
                _ => continue,
            };
            let does = match severity {
                Severity::Error => "or the importer refuses the file",
                _ => "or the importer calls it Default",
            };
            let message = format!(
                "`{}` has no name in parentheses; expected {word} and a name, such as `{word} (Default)`, {does}",
                heading.label
            );
            let (better, safety) = match (dotted(heading, word), heading.is_plain()) {
                (Some(label), _) => (Some(label), Safety::Review),
                (None, true) => (default(&headings, heading, word, &taken), Safety::Safe),
                (None, false) => (named(heading, word, &taken), Safety::Review),
            };
            let told = rename(message, better, safety);
            label(plan, file, heading, (rule, severity), told);
        }
    }
}

/// What a heading was called before a data-frame tool put dots into it: `KC..A..1` was `KC (A)`.
fn dotted(heading: &Heading, word: &str) -> Option<String> {
    let rest = heading.label.get(word.len()..)?.strip_prefix('.')?;
    let numbered = |(_, n): &(&str, &str)| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit());
    let rest = rest
        .rsplit_once("..")
        .filter(numbered)
        .map_or(rest, |(name, _)| name);
    let name = rest.trim_matches('.').replace('.', " ");
    (!name.is_empty()).then(|| format!("{word} ({name})"))
}

/// The label that says what the importer makes of the heading, where that is no other column's. Two
/// cannot both be the default one, but for knowledge components.
fn default(
    headings: &[Heading],
    heading: &Heading,
    word: &str,
    taken: &HashSet<String>,
) -> Option<String> {
    let label = format!("{word} (Default)");
    let is_nameless = |other: &&Heading| other.kind == heading.kind && other.name.is_none();
    let is_alone = || headings.iter().filter(is_nameless).nth(1).is_none();
    let is_so = heading.kind == Kind::Kc || is_alone() && !taken.contains(&headings::fold(&label));
    is_so.then_some(label)
}

/// The label with all of it as the name: `CFU count` becomes `CF (CFU count)`.
fn named(heading: &Heading, word: &str, taken: &HashSet<String>) -> Option<String> {
    let label = format!("{word} ({})", heading.label);
    let allowed = |c: char| c.is_ascii_alphanumeric() || " _-".contains(c);
    let is_so = heading.label.chars().all(allowed) && !taken.contains(&headings::fold(&label));
    is_so.then_some(label)
}
