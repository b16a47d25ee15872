//! See `class_without_teacher.md`.

use super::kit::{fields, is, key, relation};
use crate::check::{BundleContext, BundlePlan, Join, Suspects};
use crate::finding::Told;
use crate::profile::rules::asked;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    join: Some(|context, plan| compile(context, plan).into_iter().collect()),
    ..asked(
        "class-without-teacher",
        include_str!("class_without_teacher.md"),
    )
};

fn compile(context: &BundleContext<'_>, plan: &mut BundlePlan) -> Option<Box<dyn Join>> {
    let (_, title) = context.asks(&RULE).next()?;
    let (title, enrollments) = (title.to_owned(), "enrollments.csv");
    let (file, [id]) = fields(context, plan, "classes.csv", ["sourcedId"])?;
    fields(context, plan, enrollments, ["classSourcedId", "role"])?;
    let planner = &mut plan.planner;
    let classes = planner.domain("classes.csv", &["sourcedId"]);
    let own = planner.own(classes, "classes.csv", &["sourcedId"], None);
    let teaches = is("role", &["teacher"]);
    let taught = planner.named(classes, enrollments, &["classSourcedId"], teaches);
    Some(relation(
        file,
        move |facts| Suspects::with(facts, classes, |class| class.has(own) && !class.has(taught)),
        move |facts, record, out| {
            if let Some(class) = record.text(id)
                && let Some(known) = facts[classes.0].get(key([&class]))
                && !known.has(taught)
            {
                out.field(record.index(), id, || {
                    Told::message(format!(
                        "`{class}` has no teacher in enrollments.csv; expected one, \
                         since {title} makes no class without"
                    ))
                });
            }
        },
    ))
}
