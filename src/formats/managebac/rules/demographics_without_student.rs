//! See `demographics_without_student.md`.

use super::people::People;
use crate::check::{BundleContext, BundlePlan, Facts, Join, Known};
use crate::finding::{Authority, Told};
use crate::formats::oneroster::rules::kit::fields;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    authority: Authority::Vendor,
    join: Some(|context, plan| compile(context, plan).into_iter().collect()),
    ..Rule::new(
        "demographics-without-student",
        include_str!("demographics_without_student.md"),
    )
};

fn compile(context: &BundleContext<'_>, plan: &mut BundlePlan) -> Option<Box<dyn Join>> {
    let name = "demographics.csv";
    let (file, [id]) = fields(context, plan, name, ["sourcedId"])?;
    let people = People::new(context, plan)?;
    let student = people.with(plan, "student");
    let named = plan.planner.named(people.users, name, &["sourcedId"], None);
    // A user without a role that counts is told of as that.
    let strange = move |facts: &Facts, user: &Known<'_>| {
        user.has(named) && !user.has(student) && people.is_usable(facts, user)
    };
    Some(people.relation(file, id, strange, |user| {
        Told::message(format!("`{user}` is no student in roles.csv; expected one"))
    }))
}
