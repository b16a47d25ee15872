//! See `refused_format.md`.

use super::asked;
use crate::check::{BundleContext, BundlePlan};
use crate::finding::{Consequence, Told};
use crate::formats;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::FileRefused,
    bundle: Some(check),
    ..asked("refused-format", include_str!("refused_format.md"))
};

fn check(rule: &'static Rule, context: &BundleContext<'_>, plan: &mut BundlePlan) {
    let Some(profile) = context.profile else {
        return;
    };
    let (title, over) = (&profile.title, profile.over.title);
    let zip = context.wrapping.zips.first().map(|zip| &zip.0);
    let name = zip.or(context.peeks.first().map(|peek| &peek.name));
    let name = name.map_or("", String::as_str);
    let expected = title.formats.iter();
    let expected = expected.map(|id| formats::find(id).map_or(id.as_str(), |known| known.title));
    let expected: Vec<&str> = expected.collect();
    let (what, who) = (expected.join(" or "), &title.title);
    // A product that takes no files says so in the words of its row.
    if !profile.takes() && context.asks(&RULE).next().is_none() {
        let does = match title.kind.as_str() {
            "exporter" => "writes",
            _ => "takes",
        };
        let message = format!("`{over}` is not known as what {who} {does}; expected {what}");
        plan.tell_named(rule, name, Told::message(message));
    }
    for (row, who) in context.asks(&RULE) {
        let message = format!(
            "`{over}` in files is not what {who} takes; expected {}",
            row.value
        );
        plan.tell_named(rule, name, Told::message(message));
    }
}
