//! See `primary_org_without_role.md`.

use super::enrolled_without_role::homes;
use super::kit::{fields, key, relation};
use crate::check::{BundleContext, BundlePlan, Facts, Join, Print};
use crate::finding::{Authority, Consequence, Severity, Told};
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::AcceptedButWrong,
    authority: Authority::Practice,
    join: Some(|context, plan| compile(context, plan).into_iter().collect()),
    ..Rule::new(
        "primary-org-without-role",
        include_str!("primary_org_without_role.md"),
    )
};

fn compile(context: &BundleContext<'_>, plan: &mut BundlePlan) -> Option<Box<dyn Join>> {
    let names = ["sourcedId", "primaryOrgSourcedId"];
    let (file, [id, org]) = fields(context, plan, "users.csv", names)?;
    fields(
        context,
        plan,
        "roles.csv",
        ["userSourcedId", "orgSourcedId"],
    )?;
    let homes = homes(plan);
    let pairs = plan.planner.domain("users.csv", &names);
    plan.planner
        .links(pairs, "users.csv", &names[..1], names[1]);
    // A user without any role is told of once, and as that.
    let strange = move |facts: &Facts, user: Print, org: Print| {
        let homes = &facts[homes.0];
        homes.links_of(user).next().is_some() && !homes.is_linked(user, org)
    };
    Some(relation(
        file,
        move |facts| {
            let mut pairs = facts[pairs.0].links();
            pairs.any(|(user, org)| strange(facts, user, org))
        },
        move |facts, record, out| {
            if let (Some(user), Some(at)) = (record.text(id), record.text(org))
                && strange(facts, key([&user]), key([&at]))
            {
                out.field(record.index(), org, || {
                    Told::message(format!(
                        "`{at}` is where `{user}` has no role in roles.csv; expected one there"
                    ))
                });
            }
        },
    ))
}
