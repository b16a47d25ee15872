//! See `surplus_columns.md`.

use crate::check::{BundleContext, BundlePlan};
use crate::finding::{Authority, Consequence, Severity, Told};
use crate::formats::pearson::claim;
use crate::rules::{Rule, extra_label};

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::FileRefused,
    authority: Authority::Practice,
    bundle: Some(check),
    ..Rule::new("surplus-columns", include_str!("surplus_columns.md"))
};

/// Surplus columns from which on they are told together; so many are named.
const MANY: usize = 10;

fn check(rule: &'static Rule, context: &BundleContext<'_>, plan: &mut BundlePlan) {
    for (at, peek) in context.peeks.iter().enumerate() {
        let surplus =
            |finding: &crate::finding::Finding| finding.rule.name == extra_label::RULE.name;
        let labels = plan.header_findings(at).iter().filter(|f| surplus(f));
        let labels: Vec<String> = labels.filter_map(|f| f.value.clone()).collect();
        if labels.len() < MANY {
            continue;
        }
        plan.take_header_findings(at, |finding| !surplus(finding));
        let all = labels.iter().map(String::as_str);
        let whose = claim::results(all).map(|whose| {
            format!(", and nearly all are those of a file of results such as that of {whose}")
        });
        let mut named = labels[..MANY].join(", ");
        if labels.len() > MANY {
            named += ", …";
        }
        let message = format!(
            "`{}` is the first of {} columns that an import of {} does not have{}: {named}; expected its columns alone",
            labels[0],
            labels.len(),
            context.specs[at].map_or("it", |spec| &context.layout.files[spec].title),
            whose.unwrap_or_default(),
        );
        plan.tell_file(rule, at, Some(peek.line), Told::message(message));
    }
}
