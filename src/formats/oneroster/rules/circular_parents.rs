//! See `circular_parents.md`.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use super::kit::{fields, key, relation};
use crate::check::{BundleContext, BundlePlan, Domain, Join, Print, Suspects};
use crate::finding::Told;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    join: Some(|context, plan| {
        let files = ["academicSessions.csv", "orgs.csv"].into_iter();
        files
            .filter_map(|name| compile(context, plan, name))
            .collect()
    }),
    ..Rule::new("circular-parents", include_str!("circular_parents.md"))
};

/// The records from which the way up leads back to them. Each is walked over once.
fn circles(tree: &Domain) -> HashSet<Print> {
    let mut walked: HashMap<Print, Print> = HashMap::new();
    let mut circles = HashSet::new();
    // Of several parents, none is known to be the right one.
    let above = |at: &Print| tree.links_of(*at, 1).next();
    for (start, _) in tree.links() {
        if walked.contains_key(&start) {
            continue;
        }
        let mut end = Some(start);
        while let Some(at) = end.filter(|at| !walked.contains_key(at)) {
            walked.insert(at, start);
            end = above(&at);
        }
        // The way ended where it had been itself: all from there on go round.
        if let Some(met) = end.filter(|met| walked[met] == start) {
            let mut round = std::iter::successors(Some(met), above);
            circles.extend(round.by_ref().take(1));
            circles.extend(round.take_while(|at| *at != met));
        }
    }
    circles
}

fn compile(
    context: &BundleContext<'_>,
    plan: &mut BundlePlan,
    name: &'static str,
) -> Option<Box<dyn Join>> {
    let names = ["sourcedId", "parentSourcedId"];
    let (file, [id, parent]) = fields(context, plan, name, names)?;
    let tree = plan.planner.domain(name, &names);
    plan.planner.links(tree, name, &names[..1], names[1]);
    let known = OnceLock::new();
    Some(relation(
        file,
        move |facts| Suspects::any(!circles(&facts[tree.0]).is_empty()),
        move |facts, record, out| {
            let circles = known.get_or_init(|| circles(&facts[tree.0]));
            if let (Some(id), Some(up)) = (record.text(id), record.text(parent))
                && circles.contains(&key([&id]))
            {
                out.field(record.index(), parent, || {
                    let message = if id == up {
                        format!("`{up}` is its own parent; expected another record, or nothing")
                    } else {
                        format!(
                            "`{up}` is itself below `{id}`; \
                             expected a parent that is not, or nothing"
                        )
                    };
                    Told::message(message)
                });
            }
        },
    ))
}
