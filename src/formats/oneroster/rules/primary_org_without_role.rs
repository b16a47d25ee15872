//! See `primary_org_without_role.md`.

use super::enrolled_without_role::Homes;
use super::kit::{fields, key, relation};
use crate::check::{BundleContext, BundlePlan, Join};
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
    let homes = Homes::new(context, plan)?;
    let named = homes.named(plan, "users.csv", &names);
    Some(relation(
        file,
        move |facts| homes.lack(facts, named),
        move |facts, record, out| {
            // A user without any role is told of once, and as that.
            if let (Some(user), Some(at)) = (record.text(id), record.text(org))
                && homes.knows(facts, &user)
                && !homes.has(facts, &user, key([&at]))
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
