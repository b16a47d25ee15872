//! See `unfilled_column.md`.

use super::kit::{label, transactions};
use crate::check::{BundleContext, BundlePlan};
use crate::finding::{Consequence, Severity, Told};
use crate::formats::datashop::headings::{Heading, Kind};
use crate::profile::rules::asked;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Error,
    consequence: Consequence::FileRefused,
    bundle: Some(check),
    ..asked("unfilled-column", include_str!("unfilled_column.md"))
};

/// Records of which the importer looks at each.
const FEW: usize = 10;

fn check(rule: &'static Rule, context: &BundleContext<'_>, plan: &mut BundlePlan) {
    let asks = context.asks(&RULE).next().is_some();
    for (at, headings) in transactions(context, plan).into_iter().filter(|_| asks) {
        let rows = &context.peeks[at].rows;
        for heading in headings.iter().filter(|heading| is_needed(heading)) {
            let column = heading.column as usize;
            let is_empty =
                |cells: &[String]| cells.get(column).is_none_or(|cell| cell.trim().is_empty());
            let empty = rows.iter().filter(|(_, cells)| is_empty(cells)).count();
            let short = rows
                .iter()
                .filter(|(_, cells)| cells.len() <= column)
                .count();
            if short > 0 && (empty > FEW || empty == rows.len()) {
                let message = format!(
                    "`{}` has no value in {empty} of the first {} records; expected one in each: above ten the importer sees that cells are missing",
                    heading.label,
                    rows.len()
                );
                let severity = match heading.kind {
                    Kind::Level => Severity::Warning,
                    _ => Severity::Error,
                };
                label(plan, at, heading, (rule, severity), Told::message(message));
            }
        }
    }
}

fn is_needed(heading: &Heading) -> bool {
    let names = ["Anon Student Id", "Session Id", "Problem Name"];
    heading.kind == Kind::Level || names.contains(&heading.field.as_str())
}
