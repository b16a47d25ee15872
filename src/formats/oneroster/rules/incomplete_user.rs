//! See `incomplete_user.md`.

use super::kit::{fields, key, relation};
use super::members::{Members, USERS};
use crate::check::{BundleContext, BundlePlan, Join, Suspects};
use crate::finding::Told;
use crate::profile::Row;
use crate::profile::rules::asked;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    join: Some(|context, plan| {
        let rows = context.asks(&RULE);
        rows.filter_map(|(row, title)| match row.field.as_str() {
            "" => without_record(row, title.to_owned(), context, plan),
            _ => without_value(row, title.to_owned(), context, plan),
        })
        .collect()
    }),
    ..asked("incomplete-user", include_str!("incomplete_user.md"))
};

/// Users of whom there is no record in another file.
fn without_record(
    row: &Row,
    title: String,
    context: &BundleContext<'_>,
    plan: &mut BundlePlan,
) -> Option<Box<dyn Join>> {
    let (file, [id]) = fields(context, plan, USERS, ["sourcedId"])?;
    fields(context, plan, &row.file, ["sourcedId"])?;
    let members = Members::gather(row.words(), context, plan)?;
    let planner = &mut plan.planner;
    let there = planner.named(members.users, &row.file, &["sourcedId"], None);
    let other = row.file.clone();
    let all = members.clone();
    Some(relation(
        file,
        move |facts| Suspects::with(facts, all.users, |user| !user.has(there) && all.are(user)),
        move |facts, record, out| {
            if let Some(user) = record.text(id)
                && members.has(facts, &user)
                && !facts[members.users.0]
                    .get(key([&user]))
                    .is_some_and(|k| k.has(there))
            {
                out.field(record.index(), id, || {
                    let role = &members.role;
                    Told::message(format!(
                        "`{user}`, a {role}, has no record in {other}; expected one, since {title} asks for it"
                    ))
                });
            }
        },
    ))
}

/// Users whose record in a file lacks a value.
fn without_value(
    row: &Row,
    title: String,
    context: &BundleContext<'_>,
    plan: &mut BundlePlan,
) -> Option<Box<dyn Join>> {
    let (file, [id, field]) = fields(context, plan, &row.file, ["sourcedId", &row.field])?;
    let members = Members::gather(row.words(), context, plan)?;
    let name = row.field.clone();
    let all = members.clone();
    Some(relation(
        file,
        move |facts| {
            let mut users = facts[all.users.0].all();
            Suspects::any(users.any(|user| all.are(&user)))
        },
        move |facts, record, out| {
            if record.is_sound(field)
                && record.text(field).is_none()
                && let Some(user) = record.text(id)
                && members.has(facts, &user)
            {
                out.field(record.index(), field, || {
                    let role = &members.role;
                    Told::message(format!(
                        "`{name}` of `{user}`, a {role}, is empty; expected a value, since {title} asks for one"
                    ))
                });
            }
        },
    ))
}
