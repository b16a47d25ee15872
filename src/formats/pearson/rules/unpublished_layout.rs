//! See `unpublished_layout.md`.

use crate::check::{BundleContext, BundlePlan};
use crate::finding::{Authority, Consequence, Severity, Told};
use crate::layout::Confidence;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Info,
    consequence: Consequence::Note,
    authority: Authority::Practice,
    bundle: Some(check),
    ..Rule::new("unpublished-layout", include_str!("unpublished_layout.md"))
};

fn check(rule: &'static Rule, context: &BundleContext<'_>, plan: &mut BundlePlan) {
    for at in 0..context.peeks.len() {
        let Some(spec) = context.specs[at].map(|spec| &context.layout.files[spec]) else {
            continue;
        };
        let why = match spec.confidence {
            Confidence::High => continue,
            Confidence::Medium => {
                "its columns are those of published files, but which of them an import takes is our selection"
            }
            Confidence::Low => {
                "no header of such a file is published, its columns are put together from what pages tell of its fields"
            }
        };
        let message = format!(
            "`{}` is checked as {}: {why}; expected the template of your programme, which may differ",
            context.peeks[at].name, spec.title
        );
        plan.tell_file(rule, at, None, Told::message(message));
    }
}
