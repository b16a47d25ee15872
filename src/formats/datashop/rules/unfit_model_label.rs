//! See `unfit_model_label.md`.

use crate::check::{BundleContext, BundlePlan};
use crate::finding::{Consequence, Finding, Told};
use crate::formats::datashop::headings::{self, Heading, Kind};
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::FileRefused,
    bundle: Some(check),
    ..Rule::new("unfit-model-label", include_str!("unfit_model_label.md"))
};

/// Characters that a model's name may have.
const LONGEST: usize = 50;

fn check(rule: &'static Rule, _: &BundleContext<'_>, plan: &mut BundlePlan) {
    for at in 0..plan.files.len() {
        let Some(file) = &plan.files[at] else {
            continue;
        };
        let models = headings::read(file).into_iter();
        let models = models.filter(|heading| heading.kind == Kind::Kc);
        let faults = models.filter_map(|heading| Some((heading.column, fault(&heading)?)));
        let findings: Vec<Finding> = faults
            .map(|(column, message)| file.about_label(rule, column, Told::message(message)))
            .collect();
        for finding in findings {
            plan.tell_header(at, finding);
        }
    }
}

/// What is wrong with a model's label.
fn fault(heading: &Heading) -> Option<String> {
    let label = &heading.label;
    if !label.starts_with("KC") {
        return Some(format!(
            "`{label}` is passed over by DataShop; expected KC in capitals"
        ));
    }
    let name = heading.name.as_deref().unwrap_or_default();
    let fits = |c: &char| c.is_alphanumeric() || c.is_whitespace() || matches!(c, '_' | '-');
    if let Some(strange) = name.chars().find(|c| !fits(c)) {
        return Some(format!(
            "`{strange}` is in the name of the model `{name}`; expected letters, digits, blanks, `_` and `-`"
        ));
    }
    let length = name.chars().count();
    (length > LONGEST).then(|| {
        format!(
            "`{name}` is the name of a model with {length} characters; expected at most {LONGEST}"
        )
    })
}
