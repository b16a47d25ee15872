//! See `program_outside_school.md`.

use crate::check::{BundleContext, BundlePlan, Join, Known, Suspects};
use crate::finding::{Authority, Told};
use crate::formats::oneroster::rules::kit::{fields, is, key, relation};
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    authority: Authority::Vendor,
    join: Some(|context, plan| compile(context, plan).into_iter().collect()),
    ..Rule::new(
        "program-outside-school",
        include_str!("program_outside_school.md"),
    )
};

fn compile(context: &BundleContext<'_>, plan: &mut BundlePlan) -> Option<Box<dyn Join>> {
    let (name, names) = ("orgs.csv", ["sourcedId", "type", "parentSourcedId"]);
    let (file, [_, kind, parent]) = fields(context, plan, name, names)?;
    let planner = &mut plan.planner;
    let orgs = planner.domain(name, &["sourcedId"]);
    let own = planner.own(orgs, name, &["sourcedId"], None);
    let school = planner.own(orgs, name, &["sourcedId"], is("type", &["school"]));
    let program = is("type", &["ext:program"]);
    let named = planner.named(orgs, name, &["parentSourcedId"], program);
    let strange = move |org: &Known<'_>| org.has(named) && org.has(own) && !org.has(school);
    Some(relation(
        file,
        move |facts| Suspects::with(facts, orgs, strange),
        move |facts, record, out| {
            if record.text(kind).as_deref() == Some("ext:program")
                && let Some(id) = record.text(parent)
                && facts[orgs.0].get(key([&id])).is_some_and(|o| strange(&o))
            {
                out.field(record.index(), parent, || {
                    Told::message(format!(
                        "`{id}` is no school; expected the school that has the program"
                    ))
                });
            }
        },
    ))
}
