//! See `agent_of_wrong_role.md`.

use super::people::People;
use crate::check::{BundleContext, BundlePlan, Facts, Join, Print, Suspects};
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

/// Which of two roles a user has: student, parent.
type Kind = [bool; 2];

/// Students name parents, and parents students. Which of them a user is, is known only after all files
/// were read: so it is kept who names whom.
fn compile(context: &BundleContext<'_>, plan: &mut BundlePlan) -> Option<Box<dyn Join>> {
    let (name, names) = ("users.csv", ["sourcedId", "agentSourcedIds"]);
    let (file, [id, agents]) = fields(context, plan, name, names)?;
    let people = People::new(context, plan)?;
    let marks = ["student", "parent"].map(|role| people.with(plan, role));
    let planner = &mut plan.planner;
    planner.links(people.users, name, &names[..1], names[1]);
    // A user without a role that counts is told of as that.
    let kind = move |facts: &Facts, user: Print| -> Option<Kind> {
        let user = people.get(facts, user);
        let user = user.filter(|user| people.is_usable(facts, user))?;
        Some(marks.map(|mark| user.has(mark)))
    };
    Some(relation(
        file,
        move |facts| {
            let links = facts[people.users.0].links();
            let wrong = links.filter(|(user, agent)| {
                let agent = kind(facts, *agent);
                agent.is_some_and(|agent| fault(kind(facts, *user), agent).is_some())
            });
            Suspects::of(people.users, wrong.map(|(user, _)| user))
        },
        move |facts, record, out| {
            let (Some(id), Some(agents_of)) = (record.text(id), record.text(agents)) else {
                return;
            };
            let user = kind(facts, key([&id]));
            let mut told = agents_of.split(',').map(str::trim).filter_map(|agent| {
                let fault = fault(user, kind(facts, key([agent]))?)?;
                Some(format!("`{agent}` is {fault}"))
            });
            if let Some(message) = told.next() {
                out.field(record.index(), agents, || Told::message(message));
            }
        },
    ))
}

/// What is wrong with an agent of a user. Of users who are both, or neither, nothing is said.
fn fault(user: Option<Kind>, agent: Kind) -> Option<&'static str> {
    match (user, agent) {
        (_, [false, false]) => Some(
            "neither a parent nor a student in roles.csv; \
             expected the parents of a student, or the students of a parent",
        ),
        (Some([true, false]), [true, false]) => {
            Some("a student in roles.csv, and so is the user; expected the parents of a student")
        }
        (Some([false, true]), [false, true]) => {
            Some("a parent in roles.csv, and so is the user; expected the students of a parent")
        }
        _ => None,
    }
}
