//! See `duplicate_file.md`.

use crate::check::{BundleContext, BundlePlan, FileRef, Skipped};
use crate::finding::{Consequence, Told};
use crate::rules::{Rule, unknown_file};

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::FileRefused,
    bundle: Some(check),
    ..Rule::new("duplicate-file", include_str!("duplicate_file.md"))
};

fn check(rule: &'static Rule, context: &BundleContext<'_>, plan: &mut BundlePlan) {
    for (at, peek) in context.peeks.iter().enumerate() {
        if context.specs[at].is_some() {
            continue;
        }
        let known = context.specs.iter().zip(context.peeks);
        let twin = known
            .filter_map(|(spec, other)| Some((&context.layout.files[(*spec)?], other)))
            .find(|(spec, other)| {
                let named = |name: &String| name.eq_ignore_ascii_case(&peek.name);
                let name = named(&spec.name) || spec.synonyms.iter().any(named);
                name || !peek.labels.is_empty() && peek.labels == other.labels
            });
        if let Some((spec, other)) = twin {
            // To say besides that it is no file of the format would be wrong.
            plan.findings.retain(|(file, finding)| {
                *file != FileRef::At(at) || finding.rule.name != unknown_file::RULE.name
            });
            let message = format!(
                "`{}` is a second {} beside `{}`; expected one, and only that was checked",
                peek.name, spec.name, other.name
            );
            plan.tell_file(rule, at, None, Told::message(message));
            plan.skipped.push(Skipped {
                rule: None,
                file: peek.name.clone(),
                reason: format!("it is a second {}", spec.name),
            });
        }
    }
}
