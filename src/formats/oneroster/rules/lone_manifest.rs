//! See `lone_manifest.md`.

use super::manifest::MANIFEST;
use crate::check::{BundleContext, BundlePlan};
use crate::finding::{Consequence, Severity, Told};
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Info,
    consequence: Consequence::Note,
    poisons: false,
    bundle: Some(check),
    ..Rule::new("lone-manifest", include_str!("lone_manifest.md"))
};

fn check(rule: &'static Rule, context: &BundleContext<'_>, plan: &mut BundlePlan) {
    if let ([_], Some(at)) = (context.peeks, context.file(MANIFEST)) {
        let message = "`manifest.csv` is alone in the bundle; \
                       expected data files, unless nothing has changed";
        plan.tell_file(rule, at, None, Told::message(message));
    }
}
