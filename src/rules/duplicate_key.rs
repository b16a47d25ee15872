//! See `duplicate_key.md`.

use super::{Rule, nth};
use crate::check::{
    BundleContext, BundlePlan, DomainId, Facts, Join, Mark, Out, Suspects, View, print,
};
use crate::finding::Told;
use crate::layout::Key;

/// The rule.
pub static RULE: Rule = Rule {
    join: Some(compile),
    ..Rule::new("duplicate-key", include_str!("duplicate_key.md"))
};

/// Keys that no two records of a file may share.
pub(super) struct Unique {
    file: usize,
    column: u32,
    name: String,
    domain: DomainId,
    own: Mark,
}

impl Join for Unique {
    fn file(&self) -> usize {
        self.file
    }

    fn suspects(&self, facts: &Facts) -> Suspects {
        Suspects::with(facts, self.domain, |key| key.has_twice(self.own))
    }

    fn place(&self, facts: &Facts, record: &View<'_>, out: &mut Out<'_, '_>) {
        let Some(value) = record.key(self.column) else {
            return;
        };
        let Some(known) = facts[self.domain.0].get(print([value.as_bytes()])) else {
            return;
        };
        if known.has_twice(self.own) && known.first() != record.number() {
            out.cell(record.index(), self.column, || {
                let (name, first) = (&self.name, nth(known.first()));
                Told::message(format!(
                    "`{value}` is already the {name} of {first}; expected another"
                ))
            });
        }
    }
}

/// The checks for all fields that are keys in this way.
pub(super) fn unique(
    context: &BundleContext<'_>,
    plan: &mut BundlePlan,
    key: Key,
) -> Vec<Box<dyn Join>> {
    let mut joins: Vec<Box<dyn Join>> = Vec::new();
    for spec in &context.layout.files {
        let Some(file) = context.file(&spec.name) else {
            continue;
        };
        for field in spec.fields.iter().filter(|field| field.key == key) {
            let Some(column) = plan.files[file]
                .as_ref()
                .and_then(|plan| plan.column(&field.name))
            else {
                continue;
            };
            let domain = plan.planner.domain(&spec.name, &[&field.name]);
            let own = plan.planner.own(domain, &spec.name, &[&field.name], None);
            joins.push(Box::new(Unique {
                file,
                column,
                name: field.name.clone(),
                domain,
                own,
            }));
        }
    }
    joins
}

fn compile(context: &BundleContext<'_>, plan: &mut BundlePlan) -> Vec<Box<dyn Join>> {
    unique(context, plan, Key::Key)
}
