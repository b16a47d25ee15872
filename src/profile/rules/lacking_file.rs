//! See `lacking_file.md`.

use super::asked;
use crate::check::{BundleContext, BundlePlan, FileRef};
use crate::finding::{Consequence, Told};
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::FileRefused,
    bundle: Some(check),
    ..asked("lacking-file", include_str!("lacking_file.md"))
};

fn check(rule: &'static Rule, context: &BundleContext<'_>, plan: &mut BundlePlan) {
    let is_there = |name: &str| {
        let spec = context.layout.file(name);
        spec.is_none() || context.specs.contains(&spec)
    };
    for (row, title) in context.asks(&RULE) {
        // What the format misses, too, is told already.
        let about = FileRef::Named(row.file.clone());
        let told = plan.findings.iter().any(|(file, _)| *file == about);
        if told || is_there(&row.file) || !row.words().all(is_there) {
            continue;
        }
        let beside = match row.value.as_str() {
            "" => String::new(),
            other => format!(", though {other} is"),
        };
        let message = format!(
            "`{}` is not in the bundle{beside}; expected it, since {title} asks for it",
            row.file
        );
        plan.tell_named(rule, &row.file, Told::message(message));
    }
}
