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

/// Keys that no two records of a file may share, of one field or several.
pub(super) struct Unique {
    file: usize,
    columns: Vec<u32>,
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
        let parts = self.columns.iter().map(|column| record.key(*column));
        let Some(parts) = parts.collect::<Option<Vec<_>>>() else {
            return;
        };
        let key = print(parts.iter().map(|part| part.as_bytes()));
        let Some(known) = facts[self.domain.0].get(key) else {
            return;
        };
        if known.has_twice(self.own) && known.first() != record.number() {
            out.cell(record.index(), self.columns[0], || {
                let (value, name, first) = (parts.join("`, `"), &self.name, nth(known.first()));
                Told::message(format!(
                    "`{value}` is already the {name} of {first}; expected another"
                ))
            });
        }
    }
}

/// The check that no two records of a file share the values of these fields.
pub(crate) fn shared(
    context: &BundleContext<'_>,
    plan: &mut BundlePlan,
    file: &str,
    fields: &[&str],
) -> Option<Box<dyn Join>> {
    let at = context.file(file)?;
    let known = plan.files[at].as_ref()?;
    let columns = fields.iter().map(|field| known.column(field));
    let columns = columns.collect::<Option<_>>()?;
    let domain = plan.planner.domain(file, fields);
    let own = plan.planner.own(domain, file, fields, None);
    Some(Box::new(Unique {
        file: at,
        columns,
        name: fields.join(", "),
        domain,
        own,
    }))
}

/// The checks for all fields that are keys in this way.
pub(super) fn unique(
    context: &BundleContext<'_>,
    plan: &mut BundlePlan,
    key: Key,
) -> Vec<Box<dyn Join>> {
    let files = context.layout.files.iter();
    let keys = files.flat_map(|spec| {
        let keys = spec.fields.iter().filter(|field| field.key == key);
        keys.map(|field| (&spec.name, &field.name))
    });
    keys.filter_map(|(file, field)| shared(context, plan, file, &[field]))
        .collect()
}

fn compile(context: &BundleContext<'_>, plan: &mut BundlePlan) -> Vec<Box<dyn Join>> {
    let mut joins = unique(context, plan, Key::Key);
    for spec in &context.layout.files {
        for key in &spec.keys {
            let fields: Vec<&str> = key.iter().map(String::as_str).collect();
            joins.extend(shared(context, plan, &spec.name, &fields));
        }
    }
    joins
}
