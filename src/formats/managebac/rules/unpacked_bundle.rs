//! See `unpacked_bundle.md`.

use crate::check::{BundleContext, BundlePlan};
use crate::finding::{Authority, Consequence, Severity, Told};
use crate::formats::oneroster::rules::manifest::MANIFEST;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Info,
    consequence: Consequence::Note,
    authority: Authority::Vendor,
    poisons: false,
    bundle: Some(check),
    ..Rule::new("unpacked-bundle", include_str!("unpacked_bundle.md"))
};

fn check(rule: &'static Rule, context: &BundleContext<'_>, plan: &mut BundlePlan) {
    match &context.wrapping.zip {
        None => {
            let any = || context.specs.iter().position(Option::is_some);
            let Some(at) = context.file(MANIFEST).or_else(any) else {
                return;
            };
            let message = format!(
                "`{}` is not in a zip; expected one zip of all files, which is what ManageBac takes",
                context.peeks[at].name
            );
            plan.tell_file(rule, at, None, Told::message(message));
        }
        Some(name) if !name.is_empty() && !name.to_lowercase().ends_with(".zip") => {
            let message =
                format!("`{name}` is a zip by another name; expected one that ends in .zip");
            plan.tell_named(rule, name, Told::message(message));
        }
        Some(_) => {}
    }
}
