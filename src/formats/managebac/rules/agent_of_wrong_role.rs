//! See `agent_of_wrong_role.md`.

use super::people::People;
use crate::check::{BundleContext, BundlePlan, Facts, Join, Known, Suspects};
use crate::finding::{Authority, Consequence, Told};
use crate::formats::oneroster::rules::kit::{fields, key, relation};
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::ValueDropped,
    authority: Authority::Vendor,
    join: Some(|context, plan| compile(context, plan).into_iter().collect()),
    ..Rule::new(
        "agent-of-wrong-role",
        include_str!("agent_of_wrong_role.md"),
    )
};

/// Students name parents, and parents students. That is known of each user only after all files were
/// read; that some agent is neither is known without reading users.csv again.
fn compile(context: &BundleContext<'_>, plan: &mut BundlePlan) -> Option<Box<dyn Join>> {
    let name = "users.csv";
    let (file, [agents]) = fields(context, plan, name, ["agentSourcedIds"])?;
    let people = People::new(context, plan)?;
    let (student, parent) = (people.with(plan, "student"), people.with(plan, "parent"));
    let planner = &mut plan.planner;
    let named = planner.named(people.users, name, &["agentSourcedIds"], None);
    // A user without a role that counts is told of as that.
    let strange = move |facts: &Facts, user: &Known<'_>| {
        user.has(named) && !user.has(student) && !user.has(parent) && people.is_usable(facts, user)
    };
    Some(relation(
        file,
        move |facts| Suspects::with(facts, people.users, |user| strange(facts, user)),
        move |facts, record, out| {
            let Some(text) = record.text(agents) else {
                return;
            };
            let is_strange = |id: &&str| {
                let user = people.get(facts, key([id]));
                user.is_some_and(|user| strange(facts, &user))
            };
            if let Some(id) = text.split(',').map(str::trim).find(is_strange) {
                out.field(record.index(), agents, || {
                    Told::message(format!(
                        "`{id}` is neither a parent nor a student in roles.csv; \
                         expected the parents of a student, or the students of a parent"
                    ))
                });
            }
        },
    ))
}
