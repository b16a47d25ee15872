//! See `refused_label.md`.

use super::asked;
use crate::check::{BundleContext, BundlePlan, FileRef};
use crate::finding::{Consequence, Finding, Place, Told};
use crate::layout::Extra;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::FileRefused,
    bundle: Some(check),
    ..asked("refused-label", include_str!("refused_label.md"))
};

fn check(rule: &'static Rule, context: &BundleContext<'_>, plan: &mut BundlePlan) {
    for (row, title) in context.asks(&RULE) {
        let mut findings = Vec::new();
        let files = plan.files.iter().enumerate();
        for (at, file) in files.filter_map(|(at, file)| Some((at, file.as_ref()?))) {
            let about = row.file.is_empty() || row.file == file.spec().name;
            for (column, label) in file.labels.iter().enumerate() {
                // A label that the format refuses is told already.
                let allowed = match &file.spec().extra {
                    Extra::None => false,
                    Extra::Any => true,
                    Extra::Prefixed(prefix) => label.starts_with(prefix),
                };
                if about && allowed && file.fields[column].is_none() {
                    let message = format!(
                        "`{label}` is a column of your own; expected none, since {title} takes only those of the format"
                    );
                    let column = Some(column as u32);
                    let place = Place {
                        line: Some(context.peeks[at].line),
                        record: None,
                        column,
                        field: column,
                    };
                    let finding = Finding::whole(rule, place, Told::message(message));
                    let value = Some(label.clone());
                    findings.push((FileRef::At(at), Finding { value, ..finding }));
                }
            }
        }
        plan.findings.extend(findings);
    }
}
