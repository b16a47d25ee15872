//! See `misnamed_file.md`.

use super::Rule;
use crate::check::{BundleContext, BundlePlan};
use crate::finding::{Consequence, Fix, Remedy, Safety, Told};

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::FileRefused,
    bundle: Some(check),
    ..Rule::new("misnamed-file", include_str!("misnamed_file.md"))
};

fn check(rule: &'static Rule, context: &BundleContext<'_>, plan: &mut BundlePlan) {
    for (at, peek) in context.peeks.iter().enumerate() {
        let Some(spec) = context.specs[at].map(|spec| &context.layout.files[spec]) else {
            continue;
        };
        if spec.is_called(&peek.name) || context.wrapping.unnamed.contains(&at) {
            continue;
        }
        if let Some(ending) = spec.ending() {
            let stem = peek
                .name
                .rsplit_once('.')
                .map_or(&*peek.name, |parts| parts.0);
            let name = format!("{stem}{ending}");
            let message = format!(
                "`{}` is not how a file of this format is called; expected a name that ends in `{ending}`",
                peek.name
            );
            let told = Told::message(message).with(Some(rename(name, Safety::Safe)));
            plan.tell_file(rule, at, None, told);
            plan.soften(spec.confidence);
            continue;
        }
        // Only the case, or a known slip: the file is what it says. Otherwise its header told.
        let known = peek.name.eq_ignore_ascii_case(&spec.name)
            || spec
                .synonyms
                .iter()
                .any(|name| name.eq_ignore_ascii_case(&peek.name));
        let safety = if known { Safety::Safe } else { Safety::Review };
        let message = match peek.name.rsplit_once('/') {
            Some((folder, name)) if spec.is_called(name) => format!(
                "`{}` lies in the folder `{folder}`; expected `{name}` in no folder",
                peek.name
            ),
            _ => format!(
                "`{}` is not the name of a file of this format; expected `{}`",
                peek.name, spec.name
            ),
        };
        let told = Told::message(message).with(Some(rename(spec.name.clone(), safety)));
        plan.tell_file(rule, at, None, told);
        plan.soften(spec.confidence);
    }
}

fn rename(name: String, safety: Safety) -> Fix {
    Fix {
        title: format!("Name it {name}"),
        safety,
        remedy: Remedy::Rename(name),
    }
}
