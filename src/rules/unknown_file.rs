//! See `unknown_file.md`.

use std::cmp::Reverse;

use super::{Rule, header};
use crate::check::{BundleContext, BundlePlan, MOST_OF_A_KIND, Skipped, has_room};
use crate::finding::{Consequence, Fix, Remedy, Safety, Severity, Told};
use crate::layout::{FileSpec, Layout};
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
        if let Some(kind) = surplus(context.layout, context.specs, peek) {
            let TooMany { what, most } = TooMany::of(kind);
            let message = format!(
                "`{}` is {what}, and is not checked; expected {most}, and the other by itself",
                peek.name
            );
            plan.skipped.push(Skipped {
                rule: None,
                file: peek.name.clone(),
                reason: format!("it is {what}"),
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

/// The kind that a file is one too many of, where its labels tell.
pub fn surplus<'a>(
    layout: &'a Layout,
    specs: &[Option<usize>],
    peek: &Peek,
) -> Option<&'a FileSpec> {
    let files = layout.files.iter().enumerate();
    let full = files.filter(|(at, spec)| spec.any_name && !has_room(layout, specs, *at));
    let like = full.map(|(at, spec)| (header::likeness(spec, peek), Reverse(at), spec));
    let is_like = |known: usize| known > 2 && known * 2 >= peek.labels.len();
    let like = like.filter(|(like, ..)| is_like(like.known));
    like.max_by_key(|(like, at, _)| (*like, *at))
        .map(|(.., spec)| spec)
}

/// That there are more files than may be.
pub struct TooMany {
    /// What one more file is.
    pub what: String,
    /// How many there may be.
    pub most: String,
}

impl TooMany {
    /// The words for one more file of this kind.
    pub fn of(kind: &FileSpec) -> TooMany {
        let called = kind.called();
        match kind.many {
            true => TooMany {
                what: format!(
                    "a file of {called} beyond the {MOST_OF_A_KIND} that are read at once"
                ),
                most: "no more".to_owned(),
            },
            false => TooMany {
                what: format!("a second file of {called}"),
                most: "one of a kind".to_owned(),
            },
        }
    }
}

fn leave_out() -> Fix {
    Fix {
        title: "Leave the file out".to_owned(),
        safety: Safety::Review,
        remedy: Remedy::DropFile,
    }
}
