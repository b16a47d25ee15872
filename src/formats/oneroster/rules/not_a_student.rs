//! See `not_a_student.md`.

use super::kit::{fields, is, key, relation};
use crate::check::{BundleContext, BundlePlan, Join, Known, Suspects};
use crate::finding::Told;
use crate::formats::oneroster::version::Version;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    join: Some(|context, plan| compile(context, plan).into_iter().collect()),
    ..Rule::new("not-a-student", include_str!("not_a_student.md"))
};

fn compile(context: &BundleContext<'_>, plan: &mut BundlePlan) -> Option<Box<dyn Join>> {
    let (file, [student]) = fields(context, plan, "results.csv", ["studentSourcedId"])?;
    // Where the roles of users stand.
    let (roles, id) = match Version::of(context.layout) {
        Version::V1P1 => ("users.csv", "sourcedId"),
        Version::V1P2 => ("roles.csv", "userSourcedId"),
    };
    let (_, [_, role]) = fields(context, plan, roles, [id, "role"])?;
    let spec = &context.layout.files[context.layout.file(roles)?];
    let codes = spec.fields[role].kind.codes()?.codes();
    let others = codes.iter().map(|code| code.code.as_str());
    let others: Vec<&str> = others.filter(|role| *role != "student").collect();
    let planner = &mut plan.planner;
    let users = planner.domain("users.csv", &["sourcedId"]);
    let graded = planner.named(users, "results.csv", &["studentSourcedId"], None);
    // A role that cannot be read may be a student's: it has to be one of the others.
    let other = planner.named(users, roles, &[id], is("role", &others));
    let learns = planner.named(users, roles, &[id], is("role", &["student"]));
    let user = ["userSourcedId"];
    let enrolled = planner.named(users, "enrollments.csv", &user, is("role", &["student"]));
    let strange =
        move |known: &Known<'_>| known.has(other) && !known.has(learns) && !known.has(enrolled);
    Some(relation(
        file,
        move |facts| Suspects::with(facts, users, |known| known.has(graded) && strange(known)),
        move |facts, record, out| {
            if let Some(id) = record.text(student)
                && facts[users.0].get(key([&id])).is_some_and(|k| strange(&k))
            {
                out.field(record.index(), student, || {
                    Told::message(format!("`{id}` is no student in {roles}; expected one"))
                });
            }
        },
    ))
}
