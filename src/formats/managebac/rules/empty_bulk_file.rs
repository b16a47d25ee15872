//! See `empty_bulk_file.md`.

use crate::check::{BundleContext, BundlePlan};
use crate::finding::{Authority, Consequence, Severity, Told};
use crate::formats::oneroster::rules::manifest::MANIFEST;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::AcceptedButWrong,
    authority: Authority::Vendor,
    bundle: Some(check),
    ..Rule::new("empty-bulk-file", include_str!("empty_bulk_file.md"))
};

/// Imports neither create nor change organizations.
const UNTOUCHED: &str = "orgs.csv";

fn check(rule: &'static Rule, context: &BundleContext<'_>, plan: &mut BundlePlan) {
    for spec in &context.layout.files {
        let data = ![MANIFEST, UNTOUCHED].contains(&spec.name.as_str());
        let file = context.file(&spec.name);
        if let Some(at) = file.filter(|at| data && context.is_bulk(*at))
            && !context.peeks[at].labels.is_empty()
            && context.peeks[at].rows.is_empty()
        {
            let message = format!(
                "`{}` is bulk and has no records: ManageBac archives what is active and missing \
                 from it, which is all; expected records, or `absent` in the manifest and no file",
                context.peeks[at].name
            );
            plan.tell_file(rule, at, None, Told::message(message));
        }
    }
}
