//! See `school_mismatch.md`.

use super::kit::{fields, key, relation};
use crate::check::{BundleContext, BundlePlan, Facts, Join, Print, Suspects, pair};
use crate::finding::{Authority, Consequence, Severity, Told};
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::AcceptedButWrong,
    authority: Authority::Practice,
    join: Some(|context, plan| compile(context, plan).into_iter().collect()),
    ..Rule::new("school-mismatch", include_str!("school_mismatch.md"))
};

/// Schools that a class may have, by mistake, for its enrollments to be looked at.
const SCHOOLS: usize = 16;

fn compile(context: &BundleContext<'_>, plan: &mut BundlePlan) -> Option<Box<dyn Join>> {
    let names = ["classSourcedId", "schoolSourcedId"];
    let (file, [class, school]) = fields(context, plan, "enrollments.csv", names)?;
    fields(context, plan, "classes.csv", ["sourcedId", names[1]])?;
    let resolves = fields(context, plan, "orgs.csv", ["sourcedId"]).is_some();
    let planner = &mut plan.planner;
    let orgs = planner.domain("orgs.csv", &["sourcedId"]);
    let org = planner.own(orgs, "orgs.csv", &["sourcedId"], None);
    let classes = planner.domain("classes.csv", &["sourcedId", names[1]]);
    planner.links(classes, "classes.csv", &["sourcedId"], names[1]);
    let own = planner.own(classes, "classes.csv", &["sourcedId", names[1]], None);
    let named = planner.named(classes, "enrollments.csv", &names, None);
    let strange = move |facts: &Facts, class: Print, school: Print| {
        let classes = &facts[classes.0];
        // A school that does not exist is the fault of the class.
        let is_known = |school: Print| {
            let known = facts[orgs.0].get(school);
            !resolves || known.is_some_and(|known| known.has(org))
        };
        let fits = classes
            .get(pair(class, school))
            .is_some_and(|pair| pair.has(own));
        !fits && classes.links_of(class, SCHOOLS).any(is_known)
    };
    Some(relation(
        file,
        move |facts| Suspects::with(facts, classes, |pair| pair.has(named) && !pair.has(own)),
        move |facts, record, out| {
            if let (Some(class), Some(id)) = (record.text(class), record.text(school))
                && strange(facts, key([&class]), key([&id]))
            {
                out.field(record.index(), school, || {
                    Told::message(format!(
                        "`{id}` is not the school of class `{class}`; expected the one in classes.csv"
                    ))
                });
            }
        },
    ))
}
