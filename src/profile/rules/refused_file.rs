//! See `refused_file.md`.

use super::asked;
use crate::check::{BundleContext, BundlePlan};
use crate::finding::{Consequence, Told};
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::FileRefused,
    bundle: Some(check),
    ..asked("refused-file", include_str!("refused_file.md"))
};

fn check(rule: &'static Rule, context: &BundleContext<'_>, plan: &mut BundlePlan) {
    for (row, title) in context.asks(&RULE) {
        for (at, spec) in context.specs.iter().enumerate() {
            let name = spec.map(|spec| context.layout.files[spec].name.as_str());
            if let Some(name) = name.filter(|name| row.words().all(|known| known != *name)) {
                let taken = row.words().collect::<Vec<_>>().join(", ");
                let message = format!(
                    "`{name}` is in the bundle; expected only {taken}, since {title} takes no other"
                );
                plan.tell_file(rule, at, None, Told::message(message));
            }
        }
    }
}
