//! See `enrolled_outside_orgs.md`.

use super::kit::{fields, filled, key, relation};
use super::orgs::Tree;
use crate::check::{BundleContext, BundlePlan, Facts, Join, Print, Suspects, pair};
use crate::finding::{Authority, Consequence, Severity, Told};
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::AcceptedButWrong,
    authority: Authority::Practice,
    join: Some(|context, plan| compile(context, plan).into_iter().collect()),
    ..Rule::new(
        "enrolled-outside-orgs",
        include_str!("enrolled_outside_orgs.md"),
    )
};

fn compile(context: &BundleContext<'_>, plan: &mut BundlePlan) -> Option<Box<dyn Join>> {
    let names = ["userSourcedId", "schoolSourcedId"];
    let (file, [user, school]) = fields(context, plan, "enrollments.csv", names)?;
    let homes = ["sourcedId", "orgSourcedIds"];
    fields(context, plan, "users.csv", homes)?;
    let tree = Tree::gather(plan);
    let planner = &mut plan.planner;
    let pairs = planner.domain("users.csv", &homes);
    let own = planner.own(pairs, "users.csv", &homes, None);
    let named = planner.named(pairs, "enrollments.csv", &names, None);
    let users = planner.domain("users.csv", &["sourcedId"]);
    let housed = planner.named(users, "users.csv", &["sourcedId"], filled("orgSourcedIds"));
    // An organization above the school will do. Of a user without any, that is told.
    let strange = move |facts: &Facts, user: Print, school: Print| {
        let is_housed = facts[users.0]
            .get(user)
            .is_some_and(|user| user.has(housed));
        let is_at = |org: Print| {
            facts[pairs.0]
                .get(pair(user, org))
                .is_some_and(|at| at.has(own))
        };
        is_housed && !tree.line(facts, school).any(is_at)
    };
    Some(relation(
        file,
        move |facts| Suspects::with(facts, pairs, |pair| pair.has(named) && !pair.has(own)),
        move |facts, record, out| {
            if let (Some(id), Some(at)) = (record.text(user), record.text(school))
                && strange(facts, key([&id]), key([&at]))
            {
                out.field(record.index(), school, || {
                    Told::message(format!(
                        "`{at}` is not among the orgSourcedIds of `{id}` in users.csv; \
                         expected the school of the enrollment there"
                    ))
                });
            }
        },
    ))
}
