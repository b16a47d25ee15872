//! See `two_views.md`.

use super::kit::{label, transactions};
use crate::check::{BundleContext, BundlePlan};
use crate::finding::{Authority, Consequence, Severity, Told};
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::Note,
    authority: Authority::Vendor,
    bundle: Some(check),
    ..Rule::new("two-views", include_str!("two_views.md"))
};

fn check(rule: &'static Rule, context: &BundleContext<'_>, plan: &mut BundlePlan) {
    for (file, headings) in transactions(context, plan) {
        let find = |field: &str| headings.iter().find(|heading| heading.field == field);
        if let (Some(_), Some(start)) = (find("Problem View"), find("Problem Start Time")) {
            let message = "`Problem Start Time` stands beside Problem View; expected one of them: the importer keeps the views as they are and does not check them";
            label(
                plan,
                file,
                start,
                (rule, rule.severity),
                Told::message(message),
            );
        }
    }
}
