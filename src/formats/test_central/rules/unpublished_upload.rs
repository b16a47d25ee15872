//! See `unpublished_upload.md`.

use crate::check::{BundleContext, BundlePlan, FileRef, Skipped};
use crate::finding::{Authority, Consequence, Severity, Told};
use crate::peek::{Peek, plain};
use crate::rules::{Rule, header};

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Info,
    consequence: Consequence::Note,
    authority: Authority::Practice,
    bundle: Some(check),
    ..Rule::new("unpublished-upload", include_str!("unpublished_upload.md"))
};

/// What names of files say, without blanks and signs, and the upload that it is then.
const UPLOADS: [(&str, &str); 4] = [
    ("testquestion", "test questions"),
    ("questiondefinition", "test questions"),
    ("testdefinition", "test definitions"),
    ("group", "groups"),
];

fn check(rule: &'static Rule, context: &BundleContext<'_>, plan: &mut BundlePlan) {
    for (at, peek) in context.peeks.iter().enumerate() {
        let named = plain(&peek.name);
        let upload = UPLOADS.iter().find(|(name, _)| named.contains(name));
        let Some((_, upload)) = upload.filter(|_| !is_candidates(context, at, peek)) else {
            continue;
        };
        // What others found there was said of columns that it does not have.
        plan.files[at] = None;
        plan.findings.retain(|(file, _)| *file != FileRef::At(at));
        let reason = format!("the columns of uploads of {upload} were never published");
        let message = format!(
            "`{}` is named as an upload of {upload}, whose columns were never published; expected its layout, given with --layout",
            peek.name
        );
        plan.tell_file(rule, at, None, Told::message(message));
        plan.skipped.push(Skipped {
            rule: None,
            file: peek.name.clone(),
            reason,
        });
    }
}

/// Whether it holds candidates, whatever it is called.
fn is_candidates(context: &BundleContext<'_>, at: usize, peek: &Peek) -> bool {
    let spec = context.specs[at].map(|spec| &context.layout.files[spec]);
    spec.is_some_and(|spec| {
        header::fits_by_position(spec, peek) || header::likeness(spec, peek).known > 1
    })
}
