//! See `crowded_reference.md`.

use super::asked;
use crate::check::{BundleContext, BundlePlan, DomainId, Facts, Join, Out, Suspects, View, print};
use crate::finding::{Consequence, Told};
use crate::layout::Condition;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::AcceptedButWrong,
    join: Some(compile),
    ..asked("crowded-reference", include_str!("crowded_reference.md"))
};

struct Crowded {
    /// The file whose records are named.
    file: usize,
    column: u32,
    domain: DomainId,
    most: u64,
    /// Who names them.
    namers: String,
    title: String,
}

impl Join for Crowded {
    fn file(&self) -> usize {
        self.file
    }

    fn suspects(&self, facts: &Facts) -> Suspects {
        let mut keys = facts[self.domain.0].all();
        Suspects::any(keys.any(|key| key.times() > self.most))
    }

    fn place(&self, facts: &Facts, record: &View<'_>, out: &mut Out<'_, '_>) {
        if let Some(key) = record.at(self.column)
            && let Some(known) = facts[self.domain.0].get(print([key.as_bytes()]))
            && known.times() > self.most
        {
            out.cell(record.index(), self.column, || {
                Told::message(format!(
                    "`{key}` is named by {} {}; expected at most {}, says {}",
                    known.times(),
                    self.namers,
                    self.most,
                    self.title
                ))
            });
        }
    }
}

fn compile(context: &BundleContext<'_>, plan: &mut BundlePlan) -> Vec<Box<dyn Join>> {
    let rows = context.asks(&RULE).filter_map(|(row, title)| {
        let spec = &context.layout.files[context.layout.file(&row.file)?];
        let target = spec.fields[spec.field(&row.field)?].reference.as_ref()?;
        context.file(&row.file).filter(|at| context.is_bulk(*at))?;
        let file = context.file(&target.file)?;
        let column = plan.files[file].as_ref()?.column(&target.field)?;
        let whose = match &row.when {
            Some(Condition { field, values }) => {
                format!(" whose {field} is {}", values.join(" or "))
            }
            None => String::new(),
        };
        // A domain of its own, in which nothing else is counted.
        let domain = plan
            .planner
            .domain(&row.file, &[&row.field, &whose, "times"]);
        plan.planner
            .named(domain, &row.file, &[&row.field], row.when.clone());
        Some(Box::new(Crowded {
            file,
            column,
            domain,
            most: row.value.parse().ok()?,
            namers: format!("records of {}{whose}", row.file),
            title: title.to_owned(),
        }) as Box<dyn Join>)
    });
    rows.collect()
}
