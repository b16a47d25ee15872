//! See `refused_zip.md`.

use super::asked;
use crate::check::{BundleContext, BundlePlan};
use crate::finding::{Consequence, Told};
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::FileRefused,
    bundle: Some(check),
    ..asked("refused-zip", include_str!("refused_zip.md"))
};

fn check(rule: &'static Rule, context: &BundleContext<'_>, plan: &mut BundlePlan) {
    for (row, title) in context.asks(&RULE) {
        for (path, size) in &context.wrapping.zips {
            let name = path.rsplit('/').next().unwrap_or(path);
            let most = row.value.strip_suffix(" MB").and_then(|mb| mb.parse().ok());
            let message = match most.map(|mb: u64| mb * 1_000_000) {
                Some(most) if *size > most => format!(
                    "`{name}` has {size} bytes; expected at most {}, the most that {title} takes",
                    row.value
                ),
                None if name != row.value => format!(
                    "`{name}` is the name of the zip; expected `{}`, the one that {title} looks for",
                    row.value
                ),
                _ => continue,
            };
            plan.tell_named(rule, path, Told::message(message));
        }
    }
}
