//! See `misdirected_reference.md`.

use super::Rule;
use super::dangling_reference::{Naming, namings, words};
use crate::check::{BundleContext, BundlePlan, Facts, Join, Known, Mark, Out, Suspects, View};
use crate::finding::Told;
use crate::layout::Condition;

/// The rule.
pub static RULE: Rule = Rule {
    join: Some(compile),
    ..Rule::new(
        "misdirected-reference",
        include_str!("misdirected_reference.md"),
    )
};

struct OfKind {
    naming: Naming,
    /// The target is of the right kind.
    right: Mark,
    /// What kind the target is can be read.
    told: Mark,
    expected: String,
}

impl Join for OfKind {
    fn file(&self) -> usize {
        self.naming.file
    }

    fn suspects(&self, facts: &Facts) -> Suspects {
        let Naming {
            domain, named, own, ..
        } = self.naming;
        Suspects::with(facts, domain, |key| {
            key.has(named) && self.is_wrong(key, own)
        })
    }

    fn place(&self, facts: &Facts, record: &View<'_>, out: &mut Out<'_, '_>) {
        let Naming {
            domain,
            own,
            column,
            target,
            ..
        } = &self.naming;
        self.naming.each(record, |key, print| {
            let known = facts[domain.0].get(print);
            if known.is_some_and(|known| self.is_wrong(&known, *own)) {
                out.cell(record.index(), *column, || {
                    Told::message(format!(
                        "`{key}` is another kind of record in {}; expected one {}",
                        target.file, self.expected
                    ))
                });
            }
        });
    }
}

impl OfKind {
    /// Whether it is there and of another kind. Where its kind is blank, or some cell of its record
    /// cannot be trusted, that is told of it, and not of all who name it.
    fn is_wrong(&self, key: &Known<'_>, own: Mark) -> bool {
        key.has(own) && key.has(self.told) && !key.has(self.right)
    }
}

fn compile(context: &BundleContext<'_>, plan: &mut BundlePlan) -> Vec<Box<dyn Join>> {
    let mut joins: Vec<Box<dyn Join>> = Vec::new();
    for naming in namings(context, plan) {
        let Some(condition) = naming.target.condition.clone() else {
            continue;
        };
        let (file, field) = (naming.target.file.clone(), naming.target.field.clone());
        let known = context.file(&file).and_then(|at| plan.files[at].as_ref());
        if known.is_none_or(|known| known.column(&condition.field).is_none()) {
            continue;
        }
        let expected = words(&condition);
        let any = Condition {
            field: condition.field.clone(),
            values: Vec::new(),
        };
        let mut own = |condition| {
            let planner = &mut plan.planner;
            planner.own(naming.domain, &file, &[&field], Some(condition))
        };
        let (right, told) = (own(condition), own(any));
        joins.push(Box::new(OfKind {
            naming,
            right,
            told,
            expected,
        }));
    }
    joins
}
