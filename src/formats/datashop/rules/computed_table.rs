//! See `computed_table.md`.

use crate::check::{BundleContext, BundlePlan};
use crate::finding::{Consequence, Severity, Told};
use crate::formats::datashop::{FILE, TABLES};
use crate::rules::{Rule, header};

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::FileRefused,
    bundle: Some(check),
    ..Rule::new("computed-table", include_str!("computed_table.md"))
};

fn check(rule: &'static Rule, context: &BundleContext<'_>, plan: &mut BundlePlan) {
    let layout = TABLES.layout().ok();
    let log = layout
        .as_ref()
        .and_then(|layout| Some(&layout.files[layout.file(FILE)?]));
    for (at, peek) in context.peeks.iter().enumerate() {
        let Some(spec) = plan.files[at].as_ref().map(|file| file.spec()) else {
            continue;
        };
        let is_log = |label: &String| log.is_some_and(|log| header::knows(log, label));
        let own = |label: &&String| header::knows(spec, label) && !is_log(label);
        let own = peek.labels.iter().find(own);
        let message = format!(
            "`{}` is a label of a {}, which DataShop computes and never takes back; expected transactions where something is to be imported",
            own.map_or("", String::as_str),
            spec.title.replacen("Student", "student", 1)
        );
        plan.tell_file(rule, at, Some(peek.line), Told::message(message));
    }
}
