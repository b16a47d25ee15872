//! See `example_label.md`.

use crate::check::{BundleContext, BundlePlan};
use crate::finding::{Consequence, Finding, Severity};
use crate::rules::{Rule, misspelled_label};

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::FileRefused,
    bundle: Some(check),
    ..Rule::new("example-label", include_str!("example_label.md"))
};

fn check(rule: &'static Rule, context: &BundleContext<'_>, plan: &mut BundlePlan) {
    for at in 0..context.peeks.len() {
        let Some(spec) = context.specs[at].map(|spec| &context.layout.files[spec]) else {
            continue;
        };
        let is_example = |finding: &Finding| {
            let label = finding.value.as_ref();
            let mut examples = spec.fields.iter().flat_map(|field| &field.synonyms);
            std::ptr::eq(finding.rule, &misspelled_label::RULE)
                && examples.any(|known| Some(known) == label)
        };
        for mut finding in plan.take_header_findings(at, |finding| !is_example(finding)) {
            let label = finding.value.as_deref().unwrap_or_default();
            let meant = finding
                .told
                .fix
                .as_ref()
                .and_then(|fix| fix.replacement())
                .unwrap_or_default();
            finding.told.message = format!(
                "`{label}` is a label of the example that introduces uploads; expected `{meant}`, which the table has"
            );
            finding.rule = rule;
            finding.severity = rule.severity;
            plan.tell_header(at, finding);
        }
    }
}
