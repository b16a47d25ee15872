//! See `secret_column.md`.

use super::Rule;
use crate::check::{BundleContext, BundlePlan, FilePlan};
use crate::evidence::HIDDEN;
use crate::finding::{Authority, Consequence, Finding, Severity, Told};

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Info,
    consequence: Consequence::Note,
    authority: Authority::Practice,
    bundle: Some(check),
    ..Rule::new("secret-column", include_str!("secret_column.md"))
};

fn check(rule: &'static Rule, context: &BundleContext<'_>, plan: &mut BundlePlan) {
    for at in 0..context.peeks.len() {
        let file = plan.files[at].as_deref();
        let found: Vec<Finding> = file.map_or(Vec::new(), |file| {
            let columns = 0..file.labels.len() as u32;
            let secret = columns.filter(|column| file.is_secret(*column));
            secret.map(|column| told(rule, file, column)).collect()
        });
        for finding in found {
            plan.tell_header(at, finding);
        }
    }
}

fn told(rule: &'static Rule, file: &FilePlan, column: u32) -> Finding {
    let message = format!(
        "`{}` holds secrets; expected in no report and no log: they show `{HIDDEN}`",
        file.labels[column as usize]
    );
    file.about_label(rule, column, Told::message(message))
}
