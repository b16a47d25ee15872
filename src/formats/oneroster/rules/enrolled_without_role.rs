//! See `enrolled_without_role.md`.

use super::kit::{fields, key, relation};
use super::orgs::Tree;
use super::several_primary_roles;
use crate::check::{BundleContext, BundlePlan, DomainId, Facts, Join, Mark, Print, Suspects, pair};
use crate::finding::{Authority, Consequence, Severity, Told};
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::AcceptedButWrong,
    authority: Authority::Practice,
    join: Some(|context, plan| compile(context, plan).into_iter().collect()),
    ..Rule::new(
        "enrolled-without-role",
        include_str!("enrolled_without_role.md"),
    )
};

/// What roles.csv tells of users and organizations.
#[derive(Clone, Copy)]
pub struct Homes {
    users: DomainId,
    /// The user has some role.
    known: Mark,
    pairs: DomainId,
    /// The user has a role there.
    at: Mark,
}

impl Homes {
    /// Asks for what roles.csv tells, if it is at hand and whole.
    pub fn new(context: &BundleContext<'_>, plan: &mut BundlePlan) -> Option<Homes> {
        let names = ["userSourcedId", "orgSourcedId"];
        fields(context, plan, "roles.csv", names)?;
        let (pairs, at, _) = several_primary_roles::pairs(plan);
        let planner = &mut plan.planner;
        let users = planner.domain("users.csv", &["sourcedId"]);
        let known = planner.named(users, "roles.csv", &["userSourcedId"], None);
        Some(Homes {
            users,
            known,
            pairs,
            at,
        })
    }

    /// A mark on the pairs that records of a file name in two fields.
    pub fn named(self, plan: &mut BundlePlan, file: &str, pair: &[&str; 2]) -> Mark {
        plan.planner.named(self.pairs, file, pair, None)
    }

    /// The pairs that have the mark and are none of roles.csv.
    pub fn lack(self, facts: &Facts, named: Mark) -> Suspects {
        Suspects::with(facts, self.pairs, |pair| {
            pair.has(named) && !pair.has(self.at)
        })
    }

    /// Whether a user has a role at all.
    pub fn knows(self, facts: &Facts, user: &str) -> bool {
        let user = facts[self.users.0].get(key([user]));
        user.is_some_and(|user| user.has(self.known))
    }

    /// Whether a user has a role at an organization.
    pub fn has(self, facts: &Facts, user: &str, org: Print) -> bool {
        let pair = facts[self.pairs.0].get(pair(key([user]), org));
        pair.is_some_and(|pair| pair.has(self.at))
    }
}

fn compile(context: &BundleContext<'_>, plan: &mut BundlePlan) -> Option<Box<dyn Join>> {
    let names = ["userSourcedId", "schoolSourcedId"];
    let (file, [user, school]) = fields(context, plan, "enrollments.csv", names)?;
    let homes = Homes::new(context, plan)?;
    let named = homes.named(plan, "enrollments.csv", &names);
    let tree = Tree::gather(plan);
    // A role above the school will do.
    let belongs = move |facts: &Facts, user: &str, school: &str| {
        let mut line = tree.line(facts, key([school]));
        !homes.knows(facts, user) || line.any(|org| homes.has(facts, user, org))
    };
    Some(relation(
        file,
        move |facts| homes.lack(facts, named),
        move |facts, record, out| {
            if let (Some(id), Some(at)) = (record.text(user), record.text(school))
                && !belongs(facts, &id, &at)
            {
                out.field(record.index(), user, || {
                    Told::message(format!(
                        "`{id}` has no role at `{at}` in roles.csv; \
                         expected one at the school of the enrollment"
                    ))
                });
            }
        },
    ))
}
