//! See `missing_source.md`.

use crate::check::{BundleContext, BundlePlan};
use crate::finding::{Authority, Consequence, Severity, Told};
use crate::formats::oneroster::rules::manifest::MANIFEST;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::FileRefused,
    authority: Authority::Vendor,
    bundle: Some(|rule, context, plan| {
        check(rule, context, plan);
    }),
    ..Rule::new("missing-source", include_str!("missing_source.md"))
};

fn check(rule: &'static Rule, context: &BundleContext<'_>, plan: &mut BundlePlan) -> Option<()> {
    let at = context.file(MANIFEST)?;
    let known = plan.files[at].as_ref()?;
    let (name, value) = (known.column("propertyName")?, known.column("value")?);
    let (name, value) = (name as usize, value as usize);
    for property in ["source.systemName", "source.systemCode"] {
        let mut rows = context.peeks[at].rows.iter();
        let row = rows.find(|(_, row)| row.get(name).is_some_and(|n| n.trim() == property));
        let (line, what) = match row {
            Some((_, row)) if row.get(value).is_some_and(|v| !v.trim().is_empty()) => continue,
            Some((line, _)) => (Some(*line), "is empty"),
            None => (None, "is not in the manifest"),
        };
        let message = format!(
            "`{property}` {what}; expected the system that the bundle comes from, \
             the same in each import, or ManageBac asks for it"
        );
        plan.tell_file(rule, at, line, Told::message(message));
    }
    Some(())
}
