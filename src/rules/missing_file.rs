//! See `missing_file.md`.

use super::Rule;
use crate::check::{BundleContext, BundlePlan};
use crate::finding::{Consequence, Told};

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::FileRefused,
    bundle: Some(check),
    ..Rule::new("missing-file", include_str!("missing_file.md"))
};

fn check(rule: &'static Rule, context: &BundleContext<'_>, plan: &mut BundlePlan) {
    for (at, spec) in context.layout.files.iter().enumerate() {
        if context.specs.contains(&Some(at)) {
            continue;
        }
        if spec.required {
            let what = match spec.title.as_str() {
                "" => String::new(),
                title => format!(" ({})", in_a_sentence(title)),
            };
            let name = &spec.name;
            let message = format!("`{name}` is not in the bundle; expected that file{what}");
            plan.tell_named(rule, &spec.name, Told::message(message));
            continue;
        }
        // A file that others name, in a bundle that is meant to be complete.
        let namers = context.layout.files.iter().filter(|namer| {
            context
                .file(&namer.name)
                .is_some_and(|file| context.is_bulk(file))
                && namer.fields.iter().any(|field| {
                    let to = field
                        .reference
                        .as_ref()
                        .is_some_and(|to| to.file == spec.name);
                    to && field.required == crate::layout::Required::Yes
                })
        });
        let namers: Vec<&str> = namers.map(|namer| namer.name.as_str()).collect();
        if !namers.is_empty() {
            let message = format!(
                "`{}` is not in the bundle, but {} name{} its records; expected all records that are named",
                spec.name,
                namers.join(", "),
                if namers.len() == 1 { "s" } else { "" },
            );
            plan.tell_named(rule, &spec.name, Told::message(message));
        }
    }
}

/// A title without its capital, unless that is part of a name.
fn in_a_sentence(title: &str) -> String {
    let mut letters = title.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => title.to_owned(),
    }
}
