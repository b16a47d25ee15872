//! See `byte_order_mark.md`.

use super::Rule;
use crate::check::{BundleContext, BundlePlan};
use crate::decode::Start;
use crate::finding::{Consequence, Fix, Remedy, Safety, Severity, Told};
use crate::layout::Mark;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::FileRefused,
    bundle: Some(check),
    ..Rule::new("byte-order-mark", include_str!("byte_order_mark.md"))
};

fn check(rule: &'static Rule, context: &BundleContext<'_>, plan: &mut BundlePlan) {
    for (at, peek) in context.peeks.iter().enumerate() {
        let Some(file) = &plan.files[at] else {
            continue;
        };
        if peek.start == Start::Marked && file.spec().mark != Mark::Allowed {
            let label = peek.labels.first().map_or("", String::as_str);
            let message = format!(
                "`\u{FEFF}{label}` begins with a byte-order mark, which nobody sees and receivers take for a part of the label; expected the label alone"
            );
            let told = Told::message(message).with(Some(Fix {
                title: "Leave out the byte-order mark".to_owned(),
                safety: Safety::Safe,
                remedy: Remedy::Encoding,
            }));
            let mut finding = file.about_label(rule, 0, told);
            if file.spec().mark == Mark::Doubtful {
                finding.severity = Severity::Warning;
            }
            plan.tell_header(at, finding);
        }
    }
}
