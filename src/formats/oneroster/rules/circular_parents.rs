//! See `circular_parents.md`.

use super::kit::{fields, key, relation};
use crate::check::{BundleContext, BundlePlan, Domain, Join, Print};
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

/// Steps upwards that are looked at.
const STEPS: usize = 64;

/// Whether the way up from a record leads back to it.
fn returns(tree: &Domain, start: Print) -> bool {
    let mut way = std::iter::successors(Some(start), |at| tree.links_of(*at).next());
    way.next();
    way.take(STEPS).any(|at| at == start)
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
    Some(relation(
        file,
        move |facts| {
            let tree = &facts[tree.0];
            tree.links().any(|(below, _)| returns(tree, below))
        },
        move |facts, record, out| {
            if let (Some(id), Some(up)) = (record.text(id), record.text(parent))
                && returns(&facts[tree.0], key([&id]))
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
