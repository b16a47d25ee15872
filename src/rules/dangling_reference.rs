//! See `dangling_reference.md`.

use super::Rule;
use crate::check::{
    BundleContext, BundlePlan, DomainId, Facts, Join, Mark, Out, Print, Skipped, Suspects, View,
    print,
};
use crate::finding::Told;
use crate::layout::{Condition, Reference};
use crate::slip::slip;

/// The rule.
pub static RULE: Rule = Rule {
    join: Some(compile),
    ..Rule::new("dangling-reference", include_str!("dangling_reference.md"))
};

/// A column whose cells name keys of a file at hand.
pub(super) struct Naming {
    pub file: usize,
    pub column: u32,
    pub target: Reference,
    pub domain: DomainId,
    /// Records of the target have the key.
    pub own: Mark,
    /// This column names it.
    pub named: Mark,
}

impl Naming {
    /// Calls `f` with each key that the record names.
    pub fn each(&self, record: &View<'_>, mut f: impl FnMut(&str, Print)) {
        let Some(value) = record.at(self.column) else {
            return;
        };
        let field = record.plan().fields[self.column as usize];
        let Some(field) = field else { return };
        for item in record.plan().spec().fields[field]
            .kind
            .items(value.as_bytes())
        {
            if let Ok(item) = std::str::from_utf8(item)
                && !item.trim().is_empty()
            {
                f(item.trim(), print([item.trim().as_bytes()]));
            }
        }
    }
}

/// All columns whose references the files at hand can resolve.
pub(super) fn namings(context: &BundleContext<'_>, plan: &mut BundlePlan) -> Vec<Naming> {
    let mut namings = Vec::new();
    for spec in &context.layout.files {
        let Some(file) = context.file(&spec.name) else {
            continue;
        };
        for field in &spec.fields {
            let Some(target) = &field.reference else {
                continue;
            };
            let Some(to) = context.file(&target.file) else {
                continue;
            };
            let column = |plan: &BundlePlan, file: usize, name: &str| {
                plan.files[file].as_ref().and_then(|plan| plan.column(name))
            };
            let Some(column_from) = column(plan, file, &field.name) else {
                continue;
            };
            if !context.is_bulk(file)
                || !context.is_bulk(to)
                || column(plan, to, &target.field).is_none()
            {
                continue;
            }
            let domain = plan.planner.domain(&target.file, &[&target.field]);
            let own = plan
                .planner
                .own(domain, &target.file, &[&target.field], None);
            let named = plan.planner.named(domain, &spec.name, &[&field.name], None);
            namings.push(Naming {
                file,
                column: column_from,
                target: target.clone(),
                domain,
                own,
                named,
            });
        }
    }
    namings
}

struct Resolved(Naming);

impl Join for Resolved {
    fn file(&self) -> usize {
        self.0.file
    }

    fn suspects(&self, facts: &Facts) -> Suspects {
        let Naming {
            domain, named, own, ..
        } = self.0;
        Suspects::with(facts, domain, |key| key.has(named) && !key.has(own))
    }

    fn place(&self, facts: &Facts, record: &View<'_>, out: &mut Out<'_, '_>) {
        let Naming {
            domain,
            own,
            column,
            target,
            ..
        } = &self.0;
        let has = |print| {
            let known = facts[domain.0].get(print);
            known.is_some_and(|known| known.has(*own))
        };
        let is_there = |other: &str| has(print([other.as_bytes()]));
        self.0.each(record, |key, print| {
            if has(print) {
                return;
            }
            let slipped = slip(key, *column, is_there);
            let but = match &slipped {
                Some((slip, there)) => {
                    out.slip((domain.0, *slip), print, *column, (key, there));
                    format!(", but `{there}` is")
                }
                None => {
                    out.blame(domain.0, print, *column, key);
                    String::new()
                }
            };
            out.cell(record.index(), *column, || {
                Told::message(format!(
                    "`{key}` is not in {}{but}; expected a record with this {}",
                    target.file, target.field
                ))
            });
        });
    }
}

fn compile(context: &BundleContext<'_>, plan: &mut BundlePlan) -> Vec<Box<dyn Join>> {
    tell_unresolvable(context, plan);
    let joins = namings(context, plan).into_iter();
    joins
        .map(|naming| Box::new(Resolved(naming)) as Box<dyn Join>)
        .collect()
}

/// Lists the references that the files at hand cannot resolve.
fn tell_unresolvable(context: &BundleContext<'_>, plan: &mut BundlePlan) {
    for spec in &context.layout.files {
        let Some(file) = context.file(&spec.name) else {
            continue;
        };
        let mut told: Vec<&str> = Vec::new();
        for target in spec
            .fields
            .iter()
            .filter_map(|field| field.reference.as_ref())
        {
            if told.contains(&target.file.as_str()) {
                continue;
            }
            let lost = match context.file(&target.file) {
                None => context.peeks.iter().any(|peek| peek.name == target.file),
                Some(to) => {
                    context.is_bulk(file)
                        && plan.files[to]
                            .as_ref()
                            .is_none_or(|plan| plan.column(&target.field).is_none())
                }
            };
            if lost {
                told.push(&target.file);
                plan.skipped.push(Skipped {
                    rule: Some(RULE.name),
                    file: spec.name.clone(),
                    reason: format!("{} of {} could not be read", target.field, target.file),
                });
            }
        }
    }
}

/// The condition of a reference, in words.
pub(super) fn words(condition: &Condition) -> String {
    format!(
        "whose {} is {}",
        condition.field,
        condition.values.join(" or ")
    )
}
