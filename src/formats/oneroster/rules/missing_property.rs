//! See `missing_property.md`.

use super::manifest::{MANIFEST, file_of, is_there, mandatory, mode_of};
use super::new_manifest;
use crate::check::{BundleContext, BundlePlan};
use crate::finding::{Consequence, Fix, Remedy, Safety, Told};
use crate::formats::oneroster::version::Version;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::FileRefused,
    bundle: Some(|rule, context, plan| match context.file(MANIFEST) {
        Some(at) => drop(check(rule, at, context, plan)),
        None => new_manifest::offer(context, plan),
    }),
    ..Rule::new("missing-property", include_str!("missing_property.md"))
};

fn check(
    rule: &'static Rule,
    at: usize,
    context: &BundleContext<'_>,
    plan: &mut BundlePlan,
) -> Option<()> {
    let known = plan.files[at].as_ref()?;
    let (name, value) = (known.column("propertyName")?, known.column("value")?);
    let (name, value, width) = (name as usize, value as usize, known.labels.len());
    let kind = &known.spec().fields[known.spec().field("propertyName")?].kind;
    let rows = context.peeks[at].rows.iter();
    let written = rows.filter_map(|(_, row)| row.get(name)).map(|n| n.trim());
    // A property that is there by another spelling is told of by its spelling.
    let present: Vec<String> = written
        .map(|text| kind.mend(text).map_or(text.to_owned(), |mend| mend.text))
        .collect();
    // What is missing may stand in a cell that runs over lines because a quote is open.
    let mut cells = context.peeks[at].rows.iter().flat_map(|(_, row)| row);
    let swallowed = match cells.any(|cell| cell.contains(['\n', '\r'])) {
        true => Safety::Review,
        false => Safety::Safe,
    };
    for property in mandatory(context) {
        if present.contains(&property) {
            continue;
        }
        let (mode, safety) = expected(context, &property);
        let safety = safety.max(swallowed);
        let mut row = vec![String::new(); width];
        (row[name], row[value]) = (property.clone(), mode.to_owned());
        let message = format!("`{property}` is not in the manifest; expected a record for it");
        let fix = Fix {
            title: format!("Add {property},{mode}"),
            safety,
            remedy: Remedy::Append(vec![row]),
        };
        plan.tell_file(rule, at, None, Told::message(message).with(Some(fix)));
    }
    Some(())
}

/// The value that the property most likely has, and how sure that is.
pub(super) fn expected(context: &BundleContext<'_>, property: &str) -> (&'static str, Safety) {
    match file_of(property) {
        Some(name) if is_there(context, &name) => match mode_of(context, &name) {
            // It cannot be read: most files are complete.
            "absent" => ("bulk", Safety::Review),
            mode => (mode, Safety::Review),
        },
        Some(_) => ("absent", Safety::Safe),
        None if property == "manifest.version" => ("1.0", Safety::Safe),
        None => (Version::of(context.layout).number(), Safety::Review),
    }
}
