//! See `role_in_wrong_org.md`.

use crate::check::{BundleContext, BundlePlan, Join, Known, Suspects};
use crate::finding::{Authority, Consequence, Severity, Told};
use crate::formats::oneroster::rules::kit::{fields, is, key, relation};
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::AcceptedButWrong,
    authority: Authority::Vendor,
    join: Some(|context, plan| compile(context, plan).into_iter().collect()),
    ..Rule::new("role-in-wrong-org", include_str!("role_in_wrong_org.md"))
};

/// The roles of everyone else than students.
const OTHERS: [&str; 3] = ["parent", "teacher", "systemAdministrator"];

fn compile(context: &BundleContext<'_>, plan: &mut BundlePlan) -> Option<Box<dyn Join>> {
    let (file, [role, at]) = fields(context, plan, "roles.csv", ["role", "orgSourcedId"])?;
    let (name, ids) = ("orgs.csv", ["sourcedId"]);
    fields(context, plan, name, ["sourcedId", "type"])?;
    let planner = &mut plan.planner;
    let orgs = planner.domain(name, &ids);
    let own = planner.own(orgs, name, &ids, None);
    let mut kind = |kinds: &[&str]| planner.own(orgs, name, &ids, is("type", kinds));
    let (school, no_program) = (kind(&["school"]), kind(&["school", "district"]));
    let mut named = |roles| planner.named(orgs, "roles.csv", &["orgSourcedId"], is("role", roles));
    let (students, others) = (named(&["student"]), named(&OTHERS));
    // Organizations of other types may be year groups, which students may be in, too.
    let no_students = move |org: &Known<'_>| org.has(no_program);
    let no_others = move |org: &Known<'_>| org.has(own) && !org.has(school);
    Some(relation(
        file,
        move |facts| {
            Suspects::with(facts, orgs, |org| {
                org.has(students) && no_students(org) || org.has(others) && no_others(org)
            })
        },
        move |facts, record, out| {
            let (Some(role), Some(id)) = (record.text(role), record.text(at)) else {
                return;
            };
            let org = facts[orgs.0].get(key([&id]));
            let expected = match &*role {
                "student" if org.is_some_and(|org| no_students(&org)) => {
                    "no program; expected the program of the student"
                }
                other if OTHERS.contains(&other) && org.is_some_and(|org| no_others(&org)) => {
                    "no school; expected the school, as for everyone but students"
                }
                _ => return,
            };
            out.field(record.index(), at, || {
                Told::message(format!("`{id}` is {expected}"))
            });
        },
    ))
}
