//! See `captured_label.md`.

use std::collections::HashSet;

use super::kit::{label, rename, transactions};
use crate::check::{BundleContext, BundlePlan};
use crate::finding::{Consequence, Safety, Severity};
use crate::formats::datashop::headings::{Heading, Kind, fold};
use crate::peek::plain;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::AcceptedButWrong,
    bundle: Some(check),
    ..Rule::new("captured-label", include_str!("captured_label.md"))
};

/// What labels of families begin with.
const WORDS: [(Kind, &str); 4] = [
    (Kind::Level, "Level"),
    (Kind::Kc, "KC"),
    (Kind::Category, "KC Category"),
    (Kind::Cf, "CF"),
];

fn check(rule: &'static Rule, context: &BundleContext<'_>, plan: &mut BundlePlan) {
    for (file, headings) in transactions(context, plan) {
        let taken: HashSet<String> = headings.iter().map(Heading::folded).collect();
        for heading in &headings {
            let mut words = WORDS.into_iter();
            let Some((_, word)) = words.find(|(kind, _)| *kind == heading.kind) else {
                continue;
            };
            if !heading.is_plain() {
                let message = format!(
                    "`{}` begins with {word}, so the importer takes it for a {word} column; expected `{word} (…)`, or a label that begins otherwise",
                    heading.label
                );
                let better = meant(heading).filter(|(label, _)| !taken.contains(&fold(label)));
                let (better, safety) = better.unzip();
                let told = rename(message, better, safety.unwrap_or(Safety::Shown));
                label(plan, file, heading, (rule, rule.severity), told);
            }
        }
    }
}

/// The label that is meant where only signs stand in the word, as in `level_(unit)`. Where the importer
/// takes the column for what it is, that changes nothing.
fn meant(heading: &Heading) -> Option<(String, Safety)> {
    let (front, name) = heading.label.strip_suffix(')')?.split_once('(')?;
    let mut words = WORDS.into_iter();
    let (kind, word) = words.find(|(_, word)| plain(word) == plain(front))?;
    let safety = match kind == heading.kind {
        true => Safety::Safe,
        false => Safety::Review,
    };
    Some((format!("{word} ({})", name.trim()), safety))
}
