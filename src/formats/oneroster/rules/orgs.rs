//! What the rules about organizations share: which stand above which.

use crate::check::{BundlePlan, DomainId, Facts, Print};

/// Organizations above a school that are looked at, with itself.
const LEVELS: usize = 8;

/// The parents of all organizations.
#[derive(Clone, Copy)]
pub struct Tree(DomainId);

impl Tree {
    /// Has the parents of all organizations gathered.
    pub fn gather(plan: &mut BundlePlan) -> Tree {
        let (file, names) = ("orgs.csv", ["sourcedId", "parentSourcedId"]);
        let domain = plan.planner.domain(file, &names);
        plan.planner.links(domain, file, &names[..1], names[1]);
        Tree(domain)
    }

    /// The organization and those above it, from the nearest.
    pub fn line(self, facts: &Facts, org: Print) -> impl Iterator<Item = Print> {
        let above = move |org: &Print| facts[self.0.0].links_of(*org, 1).next();
        std::iter::successors(Some(org), above).take(LEVELS)
    }
}
