//! See `uncertain_type.md`.

use std::cmp::Reverse;
use std::collections::HashSet;

use crate::check::{BundleContext, BundlePlan};
use crate::finding::{Authority, Consequence, Severity, Told};
use crate::formats::pearson::claim::begins;
use crate::layout::FileSpec;
use crate::order::sort_by_key;
use crate::peek::Peek;
use crate::rules::Rule;
use crate::rules::header::{self, Likeness};

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::AcceptedButWrong,
    authority: Authority::Practice,
    bundle: Some(check),
    ..Rule::new("uncertain-type", include_str!("uncertain_type.md"))
};

/// So many other data types are named.
const NAMED: usize = 3;

fn check(rule: &'static Rule, context: &BundleContext<'_>, plan: &mut BundlePlan) {
    for (at, peek) in context.peeks.iter().enumerate() {
        let Some(spec) = context.specs[at].filter(|_| peek.foreign.is_none()) else {
            continue;
        };
        let rivals = rivals(context, peek, spec);
        if rivals.is_empty() {
            continue;
        }
        let spec = &context.layout.files[spec];
        let named = rivals.iter().take(NAMED);
        let named: Vec<String> = named
            .map(|(like, rival)| format!("{} ({})", rival.title, like.known))
            .collect();
        let message = format!(
            "`{}` is taken for {} by {} labels, and as good as many are those of {}; expected a header that tells which: until then no fix is safe",
            peek.name,
            spec.title,
            header::likeness(spec, peek).known,
            named.join(", ")
        );
        plan.tell_file(rule, at, Some(peek.line), Told::message(message));
        plan.doubt(at);
    }
}

/// The other data types that the header may as well be of, the nearest first, each with its nearest
/// layout; none where it tells.
fn rivals<'a>(
    context: &'a BundleContext<'_>,
    peek: &Peek,
    spec: usize,
) -> Vec<(Likeness, &'a FileSpec)> {
    let files = &context.layout.files;
    let (spec, like) = (&files[spec], header::likeness(&files[spec], peek));
    if context.named == Some(spec.format.as_str()) {
        return Vec::new();
    }
    let others = files.iter().filter(|other| other.format != spec.format);
    let others = others.map(|other| (header::likeness(other, peek), other));
    let mut rivals: Vec<_> = others
        .filter(|(other, _)| other.known * 10 >= like.known * 9)
        .collect();
    // A whole header is what it says, unless records go on behind it; so is one that is short of
    // columns, where no other type has all that it cannot do without, or begins like that.
    let columns = header::columns(spec);
    let is_cut = like.known < columns && rivals.iter().any(|(_, rival)| begins(rival, peek));
    let is_nearly_whole = like.known * 5 >= columns * 4;
    let lacks = |like: &Likeness| like.missing.0 > 0;
    let is_enough = !lacks(&like) && rivals.iter().all(|(rival, _)| lacks(rival));
    let goes_on = peek.goes_on(peek.labels.len());
    if !goes_on && !is_cut && (is_nearly_whole || is_enough) {
        rivals.clear();
    }
    sort_by_key(&mut rivals, |(like, _)| Reverse(like.known));
    let mut types = HashSet::new();
    rivals.retain(|(_, rival)| types.insert(&rival.format));
    rivals
}
