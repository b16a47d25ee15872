//! See `missing_file.md`.

use super::Rule;
use crate::check::{BundleContext, BundlePlan};
use crate::finding::{Consequence, Told};
use crate::layout::{Confidence, FileSpec, Required};

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
            plan.soften(spec.confidence);
            continue;
        }
        // A file that others name, in a bundle that is meant to be complete.
        let namers = context.layout.files.iter().filter(|namer| {
            let file = context.file(&namer.name);
            file.is_some_and(|file| context.is_bulk(file)) && naming(namer, spec).next().is_some()
        });
        let namers: Vec<&FileSpec> = namers.collect();
        if !namers.is_empty() {
            let names: Vec<&str> = namers.iter().map(|namer| namer.name.as_str()).collect();
            let message = format!(
                "`{}` is not in the bundle, but {} name{} its records; expected all records that are named",
                spec.name,
                names.join(", "),
                if names.len() == 1 { "s" } else { "" },
            );
            plan.tell_named(rule, &spec.name, Told::message(message));
            let mut naming = namers.iter().flat_map(|namer| naming(namer, spec));
            let sure = naming.find(|confidence| *confidence == Confidence::High);
            plan.soften(sure.unwrap_or(Confidence::Medium));
        }
    }
}

/// How sure the fields of a file are that have to name records of another.
fn naming(namer: &FileSpec, named: &FileSpec) -> impl Iterator<Item = Confidence> {
    let fields = namer.fields.iter().filter(|field| {
        let mut to = field.reference.iter();
        field.required == Required::Yes && to.any(|to| to.file == named.name)
    });
    fields.map(|field| field.confidence)
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
