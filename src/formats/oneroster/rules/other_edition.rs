//! See `other_edition.md`.

use super::manifest::properties;
use crate::check::{BundleContext, BundlePlan, FileContext, RecordCheck};
use crate::finding::{Authority, Consequence, Severity, Told};
use crate::formats::oneroster::manifest;
use crate::formats::oneroster::version::Version;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Info,
    consequence: Consequence::Note,
    authority: Authority::Practice,
    poisons: false,
    record: Some(compile),
    bundle: Some(|rule, context, plan| {
        check(rule, context, plan);
    }),
    ..Rule::new("other-edition", include_str!("other_edition.md"))
};

fn compile(file: &FileContext<'_>) -> Vec<Box<dyn RecordCheck>> {
    let version = Version::of(file.bundle.layout);
    properties(file, move |name, value| {
        let other = name == "oneroster.version" && version.editions()[1..].contains(&value);
        other.then(|| {
            let number = version.number();
            Told::message(format!(
                "`{value}` is an edition of OneRoster {number}; expected {number}, \
                 and checked as that"
            ))
        })
    })
}

/// The column of users.csv that 1.2.1 has no more.
const GONE: &str = "resourceSourcedIds";

/// Tells users whose header is that of another edition than the manifest says.
fn check(rule: &'static Rule, context: &BundleContext<'_>, plan: &mut BundlePlan) -> Option<()> {
    let at = context.file("users.csv")?;
    let users = plan.files[at].as_ref()?;
    let gone = users.spec().field(GONE)?;
    let there = |field: usize| users.position(field).is_some();
    // A header that lacks other labels, too, is of no edition.
    if !(0..users.spec().fields.len()).all(|field| field == gone || there(field)) {
        return None;
    }
    let what = match (there(gone), manifest(context.peeks, "oneroster.version")) {
        (false, None | Some("1.2")) => "is not in the header, as in 1.2.1; expected it in 1.2",
        (true, Some("1.2.1")) => "is in the header, as in 1.2; expected it to be gone in 1.2.1",
        _ => return None,
    };
    let message = format!("`{GONE}` {what}, and checked as either");
    let line = context.peeks[at].line;
    plan.tell_file(rule, at, Some(line), Told::message(message));
    Some(())
}
