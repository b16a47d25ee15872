//! See `rollup_file.md`.

use crate::check::{BundleContext, BundlePlan, FileRef};
use crate::finding::{Consequence, Told};
use crate::formats::datashop::{FILE, STEP_ID};
use crate::rules::{Rule, header};

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::FileRefused,
    bundle: Some(check),
    ..Rule::new("rollup-file", include_str!("rollup_file.md"))
};

fn check(rule: &'static Rule, context: &BundleContext<'_>, plan: &mut BundlePlan) {
    for (at, peek) in context.peeks.iter().enumerate() {
        let Some(spec) = plan.files[at].as_ref().map(|file| file.spec()) else {
            continue;
        };
        if spec.name == FILE {
            continue;
        }
        let transactions = context
            .layout
            .file(FILE)
            .map(|at| &context.layout.files[at]);
        let own = |label: &&String| {
            let shared = transactions.is_some_and(|file| header::knows(file, label));
            header::knows(spec, label) && !shared
        };
        let label = peek.labels.iter().find(own).map_or("", String::as_str);
        let advice = match spec.title.as_str() {
            "KC model" => "expected transactions; KC models are imported on the KC Models page",
            _ => "expected transactions: this table DataShop makes itself and never takes back",
        };
        let message = format!("`{label}` is a label of a {}; {advice}", lower(&spec.title));
        // Nothing else about it is worth saying.
        plan.findings.retain(|(file, _)| *file != FileRef::At(at));
        let is_model = spec.field(STEP_ID).is_some();
        plan.tell_file(rule, at, Some(peek.line), Told::message(message));
        // A conversion may take the KCs of a model into the transactions beside it.
        if !is_model {
            plan.files[at] = None;
        }
    }
}

/// A title inside a sentence.
fn lower(title: &str) -> String {
    title.replacen("Student", "student", 1)
}
