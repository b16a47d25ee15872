//! See `unknown_file.md`.

use super::Rule;
use crate::check::{BundleContext, BundlePlan, FileRef};
use crate::finding::{Consequence, Finding, Fix, Place, Remedy, Safety, Severity, Told};
use crate::report::change_log::LABELS;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::Note,
    bundle: Some(check),
    ..Rule::new("unknown-file", include_str!("unknown_file.md"))
};

fn check(rule: &'static Rule, context: &BundleContext<'_>, plan: &mut BundlePlan) {
    for (at, peek) in context.peeks.iter().enumerate() {
        if context.specs[at].is_some() {
            continue;
        }
        if peek.labels == LABELS {
            let message = format!(
                "`{}` is the log of a repair, which Hallpass wrote; expected only files of this format",
                peek.name
            );
            let told = Told::message(message).with(Some(leave_out()));
            let finding = Finding::whole(rule, Place::default(), told);
            let severity = Severity::Info;
            plan.findings.push((
                FileRef::At(at),
                Finding {
                    severity,
                    ..finding
                },
            ));
            continue;
        }
        let what = peek
            .foreign
            .map(|what| format!(", {what},"))
            .unwrap_or_default();
        let message = format!(
            "`{}`{what} is no file of this format; expected only its files",
            peek.name
        );
        plan.tell_file(
            rule,
            at,
            None,
            Told::message(message).with(Some(leave_out())),
        );
    }
}

fn leave_out() -> Fix {
    Fix {
        title: "Leave the file out".to_owned(),
        safety: Safety::Review,
        remedy: Remedy::DropFile,
    }
}
