//! See `enrolled_without_role.md`.

use super::kit::{fields, key, relation};
use crate::check::{BundleContext, BundlePlan, DomainId, Facts, Join, Print};
use crate::finding::{Authority, Consequence, Severity, Told};
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::AcceptedButWrong,
    authority: Authority::Practice,
    join: Some(|context, plan| compile(context, plan).into_iter().collect()),
    ..Rule::new(
        "enrolled-without-role",
        include_str!("enrolled_without_role.md"),
    )
};

/// Organisations above a school that are looked at.
const LEVELS: usize = 8;

/// Links from users to the organisations at which they have a role.
pub fn homes(plan: &mut BundlePlan) -> DomainId {
    let domain = plan
        .planner
        .domain("roles.csv", &["userSourcedId", "orgSourcedId"]);
    plan.planner
        .links(domain, "roles.csv", &["userSourcedId"], "orgSourcedId");
    domain
}

/// Whether a user who has roles has one at the school or above it.
fn belongs(facts: &Facts, homes: DomainId, tree: DomainId, user: Print, school: Print) -> bool {
    let above = |org: &Print| facts[tree.0].links_of(*org).next();
    let mut line = std::iter::successors(Some(school), above).take(LEVELS);
    let homes = &facts[homes.0];
    homes.links_of(user).next().is_none() || line.any(|org| homes.is_linked(user, org))
}

fn compile(context: &BundleContext<'_>, plan: &mut BundlePlan) -> Option<Box<dyn Join>> {
    let names = ["userSourcedId", "schoolSourcedId"];
    let (file, [user, school]) = fields(context, plan, "enrollments.csv", names)?;
    fields(
        context,
        plan,
        "roles.csv",
        ["userSourcedId", "orgSourcedId"],
    )?;
    let homes = homes(plan);
    let planner = &mut plan.planner;
    let tree = planner.domain("orgs.csv", &["sourcedId", "parentSourcedId"]);
    planner.links(tree, "orgs.csv", &["sourcedId"], "parentSourcedId");
    let pairs = planner.domain("enrollments.csv", &names);
    planner.links(pairs, "enrollments.csv", &names[..1], names[1]);
    Some(relation(
        file,
        move |facts| {
            let mut pairs = facts[pairs.0].links();
            pairs.any(|(user, school)| !belongs(facts, homes, tree, user, school))
        },
        move |facts, record, out| {
            if let (Some(id), Some(at)) = (record.text(user), record.text(school))
                && !belongs(facts, homes, tree, key([&id]), key([&at]))
            {
                out.field(record.index(), user, || {
                    Told::message(format!(
                        "`{id}` has no role at `{at}` in roles.csv; \
                         expected one at the school of the enrollment"
                    ))
                });
            }
        },
    ))
}
