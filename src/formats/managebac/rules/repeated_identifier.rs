//! See `repeated_identifier.md`.

use crate::check::{
    BundleContext, BundlePlan, DomainId, Facts, Join, Mark, Print, Suspects, print,
};
use crate::finding::{Authority, Told};
use crate::formats::oneroster::rules::kit::relation;
use crate::rules::{Rule, nth};

/// The rule.
pub static RULE: Rule = Rule {
    authority: Authority::Vendor,
    join: Some(compile),
    ..Rule::new(
        "repeated-identifier",
        include_str!("repeated_identifier.md"),
    )
};

const ID: &str = "sourcedId";

/// Its records are about users and share their identifiers.
const EXEMPT: &str = "demographics.csv";

/// The identifiers of a file. They are gathered as its keys anyway: nothing is kept twice.
#[derive(Clone)]
struct Ids {
    file: String,
    domain: DomainId,
    own: Mark,
}

impl Ids {
    fn has(&self, facts: &Facts, id: Print) -> bool {
        let known = facts[self.domain.0].get(id);
        known.is_some_and(|known| known.has(self.own))
    }

    /// The identifiers that another file has, too.
    fn shared(&self, facts: &Facts, other: &Ids) -> Vec<Print> {
        let mut shared = facts[self.domain.0].shared(&facts[other.domain.0]);
        shared.retain(|id| self.has(facts, *id) && other.has(facts, *id));
        shared
    }
}

fn compile(context: &BundleContext<'_>, plan: &mut BundlePlan) -> Vec<Box<dyn Join>> {
    let mut joins: Vec<Box<dyn Join>> = Vec::new();
    let mut before: Vec<Ids> = Vec::new();
    for spec in context.layout.files.iter().filter(|f| f.name != EXEMPT) {
        let file = context.file(&spec.name);
        let known = file.and_then(|at| plan.files[at].as_ref());
        let Some((file, column)) = file.zip(known.and_then(|known| known.column(ID))) else {
            continue;
        };
        let domain = plan.planner.domain(&spec.name, &[ID]);
        let ids = Ids {
            file: spec.name.clone(),
            domain,
            own: plan.planner.own(domain, &spec.name, &[ID], None),
        };
        before.push(ids.clone());
        let others = before[..before.len() - 1].to_vec();
        let same = others.clone();
        joins.push(relation(
            file,
            move |facts| {
                let shared = same.iter().flat_map(|other| ids.shared(facts, other));
                Suspects::of(domain, shared)
            },
            move |facts, record, out| {
                let Some(value) = record.key(column) else {
                    return;
                };
                let id = print([value.as_bytes()]);
                if let Some(other) = others.iter().find(|other| other.has(facts, id))
                    && let Some(known) = facts[other.domain.0].get(id)
                {
                    out.cell(record.index(), column, || {
                        Told::message(format!(
                            "`{value}` is already the {ID} of {} in {}; \
                             expected one that no other file has",
                            nth(known.first()),
                            other.file
                        ))
                    });
                }
            },
        ));
    }
    joins
}
