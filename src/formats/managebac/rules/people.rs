//! What the rules about people share: which roles roles.csv gives each user.

use crate::check::{
    BundleContext, BundlePlan, DomainId, Facts, Join, Known, Mark, Print, Suspects, pair,
};
use crate::finding::Told;
use crate::formats::oneroster::rules::kit::{fields, is, key, relation};

/// The roles that ManageBac takes; records with others are skipped (MB-RO-1).
pub const ROLES: [&str; 4] = ["student", "parent", "teacher", "systemAdministrator"];

/// What roles.csv tells of users.
#[derive(Clone, Copy)]
pub struct People {
    /// All users.
    pub users: DomainId,
    /// The user has a role, whichever.
    pub any: Mark,
    /// The user has a primary role.
    pub primary: Mark,
    /// The user has a role that ManageBac takes.
    taken: Mark,
    /// Users with their roles.
    pub pairs: DomainId,
    /// The user has that role, and it is primary.
    pub is: Mark,
}

impl People {
    /// Asks for what roles.csv tells, if it is at hand and whole.
    pub fn new(context: &BundleContext<'_>, plan: &mut BundlePlan) -> Option<People> {
        let file = "roles.csv";
        fields(context, plan, file, ["userSourcedId", "roleType", "role"])?;
        let planner = &mut plan.planner;
        let users = planner.domain("users.csv", &["sourcedId"]);
        let mut mark = |when| planner.named(users, file, &["userSourcedId"], when);
        let any = mark(None);
        let primary = mark(is("roleType", &["primary"]));
        let taken = mark(is("role", &ROLES));
        let names = ["userSourcedId", "role"];
        let pairs = planner.domain(file, &names);
        Some(People {
            users,
            any,
            primary,
            taken,
            pairs,
            is: planner.own(pairs, file, &names, is("roleType", &["primary"])),
        })
    }

    /// A mark on the users that have this role, primary or not.
    pub fn with(self, plan: &mut BundlePlan, role: &str) -> Mark {
        let when = is("role", &[role]);
        plan.planner
            .named(self.users, "roles.csv", &["userSourcedId"], when)
    }

    /// Whether the user has a primary role that ManageBac takes.
    pub fn is_usable(self, facts: &Facts, user: &Known<'_>) -> bool {
        let has = |role: &&str| {
            let pair = facts[self.pairs.0].get(pair(user.print, key([*role])));
            pair.is_some_and(|pair| pair.has(self.is))
        };
        // Of one role alone, the marks tell all.
        user.has(self.primary)
            && user.has(self.taken)
            && (!user.has_twice(self.any) || ROLES.iter().any(has))
    }

    /// Tells the field that names a user of whom something strange is known.
    pub fn relation(
        self,
        file: usize,
        field: usize,
        strange: impl Fn(&Facts, &Known<'_>) -> bool + Copy + Send + Sync + 'static,
        told: fn(&str) -> Told,
    ) -> Box<dyn Join> {
        relation(
            file,
            move |facts| Suspects::with(facts, self.users, |user| strange(facts, user)),
            move |facts, record, out| {
                if let Some(user) = record.text(field)
                    && self
                        .get(facts, key([&user]))
                        .is_some_and(|known| strange(facts, &known))
                {
                    out.field(record.index(), field, || told(&user));
                }
            },
        )
    }

    /// What is known of the user with this key.
    pub fn get(self, facts: &Facts, user: Print) -> Option<Known<'_>> {
        facts[self.users.0].get(user)
    }
}
