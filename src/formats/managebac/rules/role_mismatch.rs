//! See `role_mismatch.md`.

use super::people::People;
use crate::check::{BundleContext, BundlePlan, Facts, Join, Suspects};
use crate::finding::{Authority, Told};
use crate::formats::oneroster::rules::kit::{fields, key, relation};
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    authority: Authority::Vendor,
    join: Some(|context, plan| compile(context, plan).into_iter().collect()),
    ..Rule::new("role-mismatch", include_str!("role_mismatch.md"))
};

fn compile(context: &BundleContext<'_>, plan: &mut BundlePlan) -> Option<Box<dyn Join>> {
    let (name, names) = ("enrollments.csv", ["userSourcedId", "role"]);
    let (file, [user, role]) = fields(context, plan, name, names)?;
    let people = People::new(context, plan)?;
    let named = plan.planner.named(people.pairs, name, &names, None);
    // A user without a role that counts is told of as that.
    let strange = move |facts: &Facts, id: &str, role: &str| {
        let pair = facts[people.pairs.0].get(key([id, role]));
        let user = people.get(facts, key([id]));
        !pair.is_some_and(|pair| pair.has(people.is))
            && user.is_some_and(|user| people.is_usable(facts, &user))
    };
    Some(relation(
        file,
        move |facts| {
            Suspects::with(facts, people.pairs, |pair| {
                pair.has(named) && !pair.has(people.is)
            })
        },
        move |facts, record, out| {
            if let (Some(id), Some(is)) = (record.text(user), record.text(role))
                && strange(facts, &id, &is)
            {
                out.field(record.index(), role, || {
                    Told::message(format!(
                        "`{is}` is not the role of `{id}` in roles.csv; expected the same there"
                    ))
                });
            }
        },
    ))
}
