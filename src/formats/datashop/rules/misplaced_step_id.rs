//! See `misplaced_step_id.md`.

use crate::check::{BundleContext, BundlePlan};
use crate::finding::{Consequence, Told};
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::RecordDropped,
    bundle: Some(check),
    ..Rule::new("misplaced-step-id", include_str!("misplaced_step_id.md"))
};

fn check(rule: &'static Rule, _: &BundleContext<'_>, plan: &mut BundlePlan) {
    for at in 0..plan.files.len() {
        let finding = plan.files[at].as_ref().and_then(|file| {
            let column = file.column("Step ID").filter(|column| *column > 0)?;
            let message = format!(
                "`{}` is column {}; expected the first one, since DataShop reads steps from there wherever the label stands",
                file.labels[column as usize],
                column + 1
            );
            Some(file.about_label(rule, column, Told::message(message)))
        });
        if let Some(finding) = finding {
            plan.tell_header(at, finding);
        }
    }
}
