//! Users by their roles.

use super::kit::{fields, is, key};
use crate::check::{BundleContext, BundlePlan, DomainId, Facts, Known, Mark};

/// The file of all users.
pub const USERS: &str = "users.csv";

/// Who has one of some roles: in roles.csv, or in users.csv where the version has it there.
#[derive(Clone)]
pub struct Members {
    /// The domain of all users.
    pub users: DomainId,
    marks: Vec<Mark>,
    /// The roles in words.
    pub role: String,
}

impl Members {
    /// Has gathered who has one of these roles. `None` where neither file tells roles.
    pub fn gather<'a>(
        roles: impl Iterator<Item = &'a str>,
        context: &BundleContext<'_>,
        plan: &mut BundlePlan,
    ) -> Option<Members> {
        let roles: Vec<&str> = roles.collect();
        let mut marks = Vec::new();
        let at_users = fields(context, plan, USERS, ["sourcedId", "role"]);
        let at_roles = fields(context, plan, "roles.csv", ["userSourcedId", "role"]);
        let planner = &mut plan.planner;
        let users = planner.domain(USERS, &["sourcedId"]);
        if at_users.is_some() {
            marks.push(planner.own(users, USERS, &["sourcedId"], is("role", &roles)));
        }
        if at_roles.is_some() {
            let when = is("role", &roles);
            marks.push(planner.named(users, "roles.csv", &["userSourcedId"], when));
        }
        let role = roles.join(" or ");
        (!marks.is_empty()).then_some(Members { users, marks, role })
    }

    /// Whether what is known of a user says so.
    pub fn are(&self, user: &Known<'_>) -> bool {
        self.marks.iter().any(|mark| user.has(*mark))
    }

    /// Whether the user with this sourcedId has one of the roles.
    pub fn has(&self, facts: &Facts, user: &str) -> bool {
        let known = facts[self.users.0].get(key([user]));
        known.is_some_and(|user| self.are(&user))
    }
}
