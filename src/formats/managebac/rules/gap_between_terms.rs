//! See `gap_between_terms.md`.

use super::terms;
use crate::finding::{Authority, Severity};
use crate::formats::oneroster::rules::kit::written;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    authority: Authority::Vendor,
    join: Some(|context, plan| {
        let join = terms::classes(context, plan, |terms, facts, class| {
            let mut covered = i64::MAX;
            for term in terms.days(facts, class) {
                // The end may be the last day or, as in OneRoster, the day after it.
                if term.start > covered.saturating_add(1) {
                    return Some(format!(
                        "leave a gap from {} to {}; expected terms that follow each other",
                        written(covered),
                        written(term.start)
                    ));
                }
                covered = match covered {
                    i64::MAX => term.end,
                    covered => covered.max(term.end),
                };
            }
            None
        });
        join.into_iter().collect()
    }),
    ..Rule::new("gap-between-terms", include_str!("gap_between_terms.md"))
};
