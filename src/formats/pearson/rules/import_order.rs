//! See `import_order.md`.

use crate::check::{BundleContext, BundlePlan};
use crate::finding::{Authority, Consequence, Severity, Told};
use crate::order::sort_by_key;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Info,
    consequence: Consequence::Note,
    authority: Authority::Vendor,
    bundle: Some(check),
    ..Rule::new("import-order", include_str!("import_order.md"))
};

/// Data types that others need in the system, those that are needed first before the others. Of the
/// types that are not here, those of students come last.
const FIRST: [&str; 2] = [
    "pearson-organizations",
    "pearson-organization-participation",
];

fn check(rule: &'static Rule, context: &BundleContext<'_>, plan: &mut BundlePlan) {
    let files = context.specs.iter().enumerate();
    let files = files.filter_map(|(at, spec)| {
        let spec = &context.layout.files[(*spec)?];
        let first = FIRST.iter().position(|format| *format == spec.format);
        // A list of proposals, or of accounts, is about organizations and no student.
        let is_students = spec.field("StateStudentIdentifier").is_some();
        Some((first.or(is_students.then_some(FIRST.len()))?, at))
    });
    let mut files: Vec<(usize, usize)> = files.collect();
    sort_by_key(&mut files, |file| *file);
    let steps: Vec<String> = files
        .chunk_by(|one, other| one.0 == other.0)
        .map(|step| {
            let names = step.iter().map(|(_, at)| context.peeks[*at].name.as_str());
            names.collect::<Vec<&str>>().join("`, `")
        })
        .collect();
    let (Some((_, last)), [_, _, ..]) = (files.last(), steps.as_slice()) else {
        return;
    };
    let message = format!(
        "`{}` is how these are imported; expected organizations first, then participation, then students, as a record of an organization that is not there, or does not take part, is refused",
        steps.join("`, then `")
    );
    plan.tell_file(rule, *last, None, Told::message(message));
}
