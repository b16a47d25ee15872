//! See `user_without_role.md`.

use super::kit::{fields, key, relation};
use crate::check::{BundleContext, BundlePlan, Join, Suspects};
use crate::finding::{Severity, Told};
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    join: Some(|context, plan| compile(context, plan).into_iter().collect()),
    ..Rule::new("user-without-role", include_str!("user_without_role.md"))
};

fn compile(context: &BundleContext<'_>, plan: &mut BundlePlan) -> Option<Box<dyn Join>> {
    let (file, [id]) = fields(context, plan, "users.csv", ["sourcedId"])?;
    fields(context, plan, "roles.csv", ["userSourcedId"])?;
    let planner = &mut plan.planner;
    let users = planner.domain("users.csv", &["sourcedId"]);
    let own = planner.own(users, "users.csv", &["sourcedId"], None);
    let named = planner.named(users, "roles.csv", &["userSourcedId"], None);
    Some(relation(
        file,
        move |facts| Suspects::with(facts, users, |user| user.has(own) && !user.has(named)),
        move |facts, record, out| {
            if let Some(user) = record.text(id)
                && !facts[users.0]
                    .get(key([&user]))
                    .is_some_and(|user| user.has(named))
            {
                out.field(record.index(), id, || {
                    Told::message(format!(
                        "`{user}` has no record in roles.csv; expected at least one"
                    ))
                });
            }
        },
    ))
}
