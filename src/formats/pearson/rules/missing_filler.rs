//! See `missing_filler.md`.

use crate::check::{BundleContext, BundlePlan, FilePlan};
use crate::finding::{Authority, Consequence, Severity, Told};
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Info,
    consequence: Consequence::Note,
    authority: Authority::Practice,
    bundle: Some(check),
    ..Rule::new("missing-filler", include_str!("missing_filler.md"))
};

const FILLER: &str = "Filler";

fn check(rule: &'static Rule, context: &BundleContext<'_>, plan: &mut BundlePlan) {
    for (at, peek) in context.peeks.iter().enumerate() {
        let lacks = plan.files[at].as_deref().is_some_and(lacks_fillers);
        if let (true, Some(spec)) = (lacks, context.specs[at]) {
            let message = format!(
                "`{}` has no `{FILLER}`, and published headers of {} have some between other columns; expected as many as the template of your programme has, where it has them",
                peek.name, context.layout.files[spec].title
            );
            plan.tell_file(rule, at, Some(peek.line), Told::message(message));
        }
    }
}

/// Whether the layout has fillers and the file has none.
fn lacks_fillers(file: &FilePlan) -> bool {
    let filler = file.spec().field(FILLER);
    filler.is_some_and(|filler| file.position(filler).is_none())
}
