//! See `incomplete_rostering.md`.

use super::manifest::{MANIFEST, is_there};
use crate::check::{BundleContext, BundlePlan, FileRef};
use crate::finding::{Consequence, Told};
use crate::rules::{Rule, missing_file};

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::FileRefused,
    bundle: Some(check),
    ..Rule::new(
        "incomplete-rostering",
        include_str!("incomplete_rostering.md"),
    )
};

/// What a complete rostering consists of (OR12-DEP-1); 1.1 has no roles.csv (OR11-DEP-1).
const LEAST: [&str; 7] = [
    "academicSessions.csv",
    "classes.csv",
    "courses.csv",
    "enrollments.csv",
    "orgs.csv",
    "roles.csv",
    "users.csv",
];

fn check(rule: &'static Rule, context: &BundleContext<'_>, plan: &mut BundlePlan) {
    let bulk = |name: &&str| context.file(name).is_some_and(|at| context.is_bulk(at));
    let Some(begun) = LEAST.iter().find(|name| bulk(name)) else {
        return;
    };
    // A few files without a manifest are no bundle yet; that the manifest is missing says enough.
    if !is_there(context, MANIFEST) {
        return;
    }
    let is_missing = |name: &&&str| context.layout.file(name).is_some() && !is_there(context, name);
    for name in LEAST.iter().filter(|name| is_missing(name)) {
        let told = plan.findings.iter().any(|(file, finding)| {
            finding.rule.name == missing_file::RULE.name
                && *file == FileRef::Named((*name).to_owned())
        });
        if !told {
            let message = format!(
                "`{name}` is not in the bundle, but {begun} is, with all its records; \
                 expected it as part of a complete rostering"
            );
            plan.tell_named(rule, name, Told::message(message));
        }
    }
}
