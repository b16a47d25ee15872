//! See `file_left_out.md`.

use crate::check::{BundleContext, BundlePlan, FileRef};
use crate::finding::{Authority, Consequence, Severity};
use crate::formats::oneroster::rules::manifest::MANIFEST;
use crate::rules::{Rule, missing_file};

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::RecordDropped,
    authority: Authority::Vendor,
    bundle: Some(check),
    ..Rule::new("file-left-out", include_str!("file_left_out.md"))
};

/// What is an error in OneRoster is none here: each data file may be left out.
fn check(rule: &'static Rule, _: &BundleContext<'_>, plan: &mut BundlePlan) {
    for (file, finding) in &mut plan.findings {
        if finding.rule.name == missing_file::RULE.name
            && *file != FileRef::Named(MANIFEST.to_owned())
        {
            finding.rule = rule;
            finding.severity = rule.severity;
            finding.told.message += ", unless ManageBac has them from before";
        }
    }
}
