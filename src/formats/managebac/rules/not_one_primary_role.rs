//! See `not_one_primary_role.md`.

use super::people::People;
use crate::check::{BundleContext, BundlePlan, Facts, Join, Suspects};
use crate::finding::{Authority, Told};
use crate::formats::oneroster::rules::kit::{fields, is, key, relation};
use crate::rules::{Rule, nth};

/// The rule.
pub static RULE: Rule = Rule {
    authority: Authority::Vendor,
    join: Some(|context, plan| compile(context, plan).unwrap_or_default()),
    ..Rule::new(
        "not-one-primary-role",
        include_str!("not_one_primary_role.md"),
    )
};

fn compile(context: &BundleContext<'_>, plan: &mut BundlePlan) -> Option<Vec<Box<dyn Join>>> {
    let (name, names) = ("roles.csv", ["userSourcedId", "roleType"]);
    let (file, [user, kind]) = fields(context, plan, name, names)?;
    let people = People::new(context, plan)?;
    let planner = &mut plan.planner;
    let roles = planner.domain(name, &names[..1]);
    let primary = planner.own(roles, name, &names[..1], is("roleType", &["primary"]));
    let several = relation(
        file,
        move |facts| Suspects::with(facts, roles, |user| user.has_twice(primary)),
        move |facts, record, out| {
            if record.text(kind).as_deref() == Some("primary")
                && let Some(id) = record.text(user)
                && let Some(known) = facts[roles.0].get(key([&id]))
                && known.has_twice(primary)
                && known.first() != record.number()
            {
                out.field(record.index(), kind, || {
                    Told::message(format!(
                        "`primary` is not the only primary role of `{id}`; \
                         expected one, as in {}",
                        nth(known.first())
                    ))
                });
            }
        },
    );
    let none = move |facts: &Facts, id: &str| {
        let user = people.get(facts, key([id]));
        user.is_some_and(|user| !user.has(people.primary))
    };
    let none = relation(
        file,
        move |facts| {
            Suspects::with(facts, people.users, |user| {
                user.has(people.any) && !user.has(people.primary)
            })
        },
        move |facts, record, out| {
            if record.text(kind).as_deref() == Some("secondary")
                && let Some(id) = record.text(user)
                && none(facts, &id)
            {
                out.field(record.index(), kind, || {
                    Told::message(format!(
                        "`secondary`, and no role of `{id}` is primary; expected one that is"
                    ))
                });
            }
        },
    );
    Some(vec![several, none])
}
