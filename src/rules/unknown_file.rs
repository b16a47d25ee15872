//! See `unknown_file.md`.

use super::{Rule, header};
use crate::check::{BundleContext, BundlePlan, Skipped};
use crate::finding::{Consequence, Fix, Remedy, Safety, Severity, Told};
use crate::layout::FileSpec;
use crate::peek::Peek;
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
        if context.specs[at].is_some() || context.own.contains(&at) {
            continue;
        }
        if peek.labels == LABELS {
            let message = format!(
                "`{}` is the log of a repair, which Hallpass wrote; expected only files of this format",
                peek.name
            );
            let told = Told::message(message).with(Some(leave_out()));
            plan.tell_graded(rule, at, Severity::Info, told);
            continue;
        }
        if let Some(kind) = second(context, peek) {
            let message = format!(
                "`{}` is a second file of {kind}, and is not checked; expected one of a kind, and the other by itself",
                peek.name
            );
            plan.skipped.push(Skipped {
                rule: None,
                file: peek.name.clone(),
                reason: format!("it is a second file of {kind}"),
            });
            plan.tell_file(rule, at, None, Told::message(message));
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
        // Without the only files that there are, nothing is left that a receiver could take.
        if context.specs.iter().all(Option::is_none) {
            plan.tell_graded(rule, at, Severity::Error, Told::message(message));
            continue;
        }
        plan.tell_file(
            rule,
            at,
            None,
            Told::message(message).with(Some(leave_out())),
        );
    }
}

/// What a file would be if there were not one of the kind already, where the labels tell.
fn second<'a>(context: &'a BundleContext<'_>, peek: &Peek) -> Option<&'a str> {
    let taken = context.specs.iter().flatten();
    let taken = taken.map(|spec| &context.layout.files[*spec]);
    let like = |spec: &&FileSpec| {
        let known = header::likeness(spec, peek).known;
        known > 2 && known * 2 >= peek.labels.len()
    };
    let mut kinds = taken.filter(|spec| spec.any_name).filter(like);
    kinds.next().map(|spec| spec.called())
}

fn leave_out() -> Fix {
    Fix {
        title: "Leave the file out".to_owned(),
        safety: Safety::Review,
        remedy: Remedy::DropFile,
    }
}
