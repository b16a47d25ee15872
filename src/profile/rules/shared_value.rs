//! See `shared_value.md`.

use super::asked;
use crate::check::{
    BundleContext, BundlePlan, DomainId, Facts, Join, Mark, Out, Suspects, View, print,
};
use crate::finding::Told;
use crate::rules::{Rule, nth};

/// The rule.
pub static RULE: Rule = Rule {
    join: Some(compile),
    ..asked("shared-value", include_str!("shared_value.md"))
};

struct Single {
    file: usize,
    column: u32,
    name: String,
    domain: DomainId,
    own: Mark,
    title: String,
}

impl Join for Single {
    fn file(&self) -> usize {
        self.file
    }

    fn suspects(&self, facts: &Facts) -> Suspects {
        Suspects::with(facts, self.domain, |key| key.has_twice(self.own))
    }

    fn place(&self, facts: &Facts, record: &View<'_>, out: &mut Out<'_, '_>) {
        if let Some(value) = record.at(self.column)
            && let Some(known) = facts[self.domain.0].get(print([value.as_bytes()]))
            && known.has_twice(self.own)
            && known.first() != record.number()
        {
            let Single { name, title, .. } = self;
            out.cell(record.index(), self.column, || {
                let first = nth(known.first());
                Told::message(format!(
                    "`{value}` is the {name} of {first}, too; expected another, since {title} wants it once"
                ))
            });
        }
    }
}

fn compile(context: &BundleContext<'_>, plan: &mut BundlePlan) -> Vec<Box<dyn Join>> {
    let rows = context.asks(&RULE).filter_map(|(row, title)| {
        let file = context.file(&row.file).filter(|at| context.is_bulk(*at))?;
        let column = plan.files[file].as_ref()?.column(&row.field)?;
        let planner = &mut plan.planner;
        let domain = planner.domain(&row.file, &[&row.field]);
        Some(Box::new(Single {
            file,
            column,
            name: row.field.clone(),
            domain,
            own: planner.own(domain, &row.file, &[&row.field], None),
            title: title.to_owned(),
        }) as Box<dyn Join>)
    });
    rows.collect()
}
