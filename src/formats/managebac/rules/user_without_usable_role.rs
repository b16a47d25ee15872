//! See `user_without_usable_role.md`.

use super::people::{People, ROLES};
use crate::check::{BundleContext, BundlePlan, Facts, Join, Known};
use crate::finding::{Authority, Told};
use crate::formats::oneroster::rules::kit::fields;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    authority: Authority::Vendor,
    join: Some(|context, plan| compile(context, plan).into_iter().collect()),
    ..Rule::new(
        "user-without-usable-role",
        include_str!("user_without_usable_role.md"),
    )
};

fn compile(context: &BundleContext<'_>, plan: &mut BundlePlan) -> Option<Box<dyn Join>> {
    let (file, [id]) = fields(context, plan, "users.csv", ["sourcedId"])?;
    let people = People::new(context, plan)?;
    let own = plan
        .planner
        .own(people.users, "users.csv", &["sourcedId"], None);
    // That none of several roles is primary is told where they stand.
    let strange = move |facts: &Facts, user: &Known<'_>| {
        user.has(own)
            && (user.has(people.primary) || !user.has(people.any))
            && !people.is_usable(facts, user)
    };
    Some(people.relation(file, id, strange, |user| {
        Told::message(format!(
            "`{user}` has no role in roles.csv that ManageBac takes; \
             expected a primary role that is one of {}",
            ROLES.join(", ")
        ))
    }))
}
