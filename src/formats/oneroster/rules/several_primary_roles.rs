//! See `several_primary_roles.md`.

use super::kit::{fields, is, key, relation};
use crate::check::{BundleContext, BundlePlan, DomainId, Join, Mark};
use crate::finding::{Consequence, Told};
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::AcceptedButWrong,
    join: Some(|context, plan| compile(context, plan).into_iter().collect()),
    ..Rule::new(
        "several-primary-roles",
        include_str!("several_primary_roles.md"),
    )
};

/// The pairs of user and organisation that have a primary role.
pub fn primary(plan: &mut BundlePlan) -> (DomainId, Mark) {
    let planner = &mut plan.planner;
    let pair = ["userSourcedId", "orgSourcedId"];
    let domain = planner.domain("roles.csv", &["userSourcedId", "orgSourcedId", "primary"]);
    let own = planner.own(domain, "roles.csv", &pair, is("roleType", &["primary"]));
    (domain, own)
}

fn compile(context: &BundleContext<'_>, plan: &mut BundlePlan) -> Option<Box<dyn Join>> {
    let names = ["userSourcedId", "orgSourcedId", "roleType"];
    let (file, [user, org, kind]) = fields(context, plan, "roles.csv", names)?;
    let (domain, own) = primary(plan);
    Some(relation(
        file,
        move |facts| facts[domain.0].all().any(|pair| pair.has_twice(own)),
        move |facts, record, out| {
            if record.text(kind).as_deref() == Some("primary")
                && let (Some(user), Some(org)) = (record.text(user), record.text(org))
                && let Some(pair) = facts[domain.0].get(key([&user, &org]))
                && pair.has_twice(own)
                && pair.first() != record.number()
            {
                out.field(record.index(), kind, || {
                    Told::message(format!(
                        "`primary` again for `{user}` at `{org}`, as in record {}; \
                         expected one primary role there",
                        pair.first() + 1
                    ))
                });
            }
        },
    ))
}
