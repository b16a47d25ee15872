//! See `missing_primary_role.md`.

use super::kit::{fields, key, relation};
use super::several_primary_roles::pairs;
use crate::check::{BundleContext, BundlePlan, Join, Suspects};
use crate::finding::{Consequence, Severity, Told};
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::AcceptedButWrong,
    join: Some(|context, plan| compile(context, plan).into_iter().collect()),
    ..Rule::new(
        "missing-primary-role",
        include_str!("missing_primary_role.md"),
    )
};

fn compile(context: &BundleContext<'_>, plan: &mut BundlePlan) -> Option<Box<dyn Join>> {
    let names = ["userSourcedId", "orgSourcedId", "roleType"];
    let (file, [user, org, kind]) = fields(context, plan, "roles.csv", names)?;
    let (pairs, any, primary) = pairs(plan);
    Some(relation(
        file,
        move |facts| Suspects::with(facts, pairs, |pair| pair.has(any) && !pair.has(primary)),
        move |facts, record, out| {
            if record.text(kind).as_deref() == Some("secondary")
                && let (Some(user), Some(org)) = (record.text(user), record.text(org))
                && let Some(pair) = facts[pairs.0].get(key([&user, &org]))
                && pair.first() == record.number()
                && !pair.has(primary)
            {
                out.field(record.index(), kind, || {
                    Told::message(format!(
                        "`secondary`, and no role of `{user}` at `{org}` is primary; \
                         expected one that is"
                    ))
                });
            }
        },
    ))
}
