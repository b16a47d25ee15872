//! See `several_primary_roles.md`.

use super::kit::{fields, is, key, relation};
use crate::check::{BundleContext, BundlePlan, DomainId, Join, Mark, Suspects};
use crate::finding::{Consequence, Told};
use crate::rules::{Rule, nth};

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::AcceptedButWrong,
    join: Some(|context, plan| compile(context, plan).into_iter().collect()),
    ..Rule::new(
        "several-primary-roles",
        include_str!("several_primary_roles.md"),
    )
};

/// The pairs of user and organization that have a role: whether any, and whether a primary one.
pub fn pairs(plan: &mut BundlePlan) -> (DomainId, Mark, Mark) {
    let planner = &mut plan.planner;
    let pair = ["userSourcedId", "orgSourcedId"];
    let domain = planner.domain("roles.csv", &pair);
    let any = planner.own(domain, "roles.csv", &pair, None);
    let primary = planner.own(domain, "roles.csv", &pair, is("roleType", &["primary"]));
    (domain, any, primary)
}

fn compile(context: &BundleContext<'_>, plan: &mut BundlePlan) -> Option<Box<dyn Join>> {
    let names = ["userSourcedId", "orgSourcedId", "roleType"];
    let (file, [user, org, kind]) = fields(context, plan, "roles.csv", names)?;
    let (domain, _, primary) = pairs(plan);
    Some(relation(
        file,
        move |facts| Suspects::with(facts, domain, |pair| pair.has_twice(primary)),
        move |facts, record, out| {
            if record.text(kind).as_deref() == Some("primary")
                && let (Some(user), Some(org)) = (record.text(user), record.text(org))
                && let Some(pair) = facts[domain.0].get(key([&user, &org]))
                && pair.has_twice(primary)
                && pair.first() != record.number()
            {
                out.field(record.index(), kind, || {
                    Told::message(format!(
                        "`primary` is not the only primary role of `{user}` at `{org}`; \
                         expected one there, as in {}",
                        nth(pair.first())
                    ))
                });
            }
        },
    ))
}
