//! See `guide_slip.md`.

use crate::check::{BundleContext, BundlePlan};
use crate::finding::{Authority, Consequence, Severity};
use crate::rules::{Rule, missing_label, misspelled_label};

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::FileRefused,
    authority: Authority::Vendor,
    bundle: Some(check),
    ..Rule::new("guide-slip", include_str!("guide_slip.md"))
};

/// Labels as the guide prints them somewhere, beside those that begin with `matadata.`.
const PRINTED: [&str; 3] = ["dateModified", "agentSourceIds", "schoolyearSourcedId"];

/// The label that one of the guide's tables leaves out.
const LEFT_OUT: &str = "termSourcedIds";

/// Whoever follows the guide to the letter is told so, and not of an error.
fn check(rule: &'static Rule, context: &BundleContext<'_>, plan: &mut BundlePlan) {
    for at in 0..context.peeks.len() {
        let file = plan.files[at].as_ref();
        let left_out = file.and_then(|file| Some(file.slot(file.spec().field(LEFT_OUT)?)));
        for finding in plan.header_findings(at) {
            let label = finding.value.as_deref().unwrap_or_default().trim();
            let printed = PRINTED.contains(&label) || label.starts_with("matadata.");
            let why = match finding.rule.name {
                name if name == misspelled_label::RULE.name && printed => {
                    ", though ManageBac's guide prints it so"
                }
                name if name == missing_label::RULE.name
                    && left_out.is_some_and(|slot| finding.place.field == Some(slot)) =>
                {
                    ", also this one, which a table of ManageBac's guide leaves out"
                }
                _ => continue,
            };
            finding.rule = rule;
            finding.severity = rule.severity;
            finding.told.message += why;
        }
    }
}
