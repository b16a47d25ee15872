//! See `lone_value.md`.

use std::collections::BTreeMap;

use crate::check::{FileContext, Out, RecordCheck, Rows};
use crate::finding::Told;
use crate::formats::datashop::FILE;
use crate::formats::datashop::headings::{self, Heading, Kind};
use crate::formats::datashop::pairs::{Families, pairs};
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    record: Some(compile),
    ..Rule::new("lone-value", include_str!("lone_value.md"))
};

/// Columns whose values need one in another.
struct Seconds {
    /// Their places and labels.
    columns: Vec<(u32, String)>,
    /// Columns of which one has to have a value.
    firsts: Vec<u32>,
    /// The label of these.
    first: String,
}

impl RecordCheck for Seconds {
    fn check(&self, rows: &Rows<'_>, out: &mut Out<'_, '_>) {
        rows.views(|record| {
            let columns = self.columns.iter();
            let values = columns.filter_map(|(column, label)| Some((*column, label, record.at(*column)?)));
            let mut values = values.peekable();
            if values.peek().is_none()
                || self.firsts.iter().any(|first| record.key(*first).is_some())
            {
                return;
            }
            for (column, label, value) in values {
                out.cell(record.index(), column, || {
                    let first = &self.first;
                    Told::message(format!(
                        "`{value}` is the {label} of nothing, as {first} is empty; expected both or none, or the importer refuses the file"
                    ))
                });
            }
        });
    }
}

fn compile(context: &FileContext<'_>) -> Vec<Box<dyn RecordCheck>> {
    if context.spec.name != FILE {
        return Vec::new();
    }
    let headings = headings::read(context.plan);
    let (families, pairs) = (Families::of(&headings), pairs(&headings));
    // Categories are told together, by the models that they have or, without their blank, mean: of KCs
    // any of the model will do.
    let mut groups: BTreeMap<_, Vec<&Heading>> = BTreeMap::new();
    for (at, heading) in headings.iter().enumerate() {
        let first = pairs.firsts[at];
        let meant = heading.meant().filter(|meant| !meant.is_empty());
        let group = match heading.kind {
            Kind::Category => (None, Some(heading.model()), meant),
            _ if first.is_some() => (first, None, None),
            _ => continue,
        };
        groups.entry(group).or_default().push(heading);
    }
    let mut checks: Vec<Box<dyn RecordCheck>> = Vec::new();
    for ((first, model, meant), seconds) in groups {
        let models = model.into_iter().chain(meant);
        let kcs = models.flat_map(|model| families.kcs(model)).copied();
        let mut firsts: Vec<usize> = first.into_iter().chain(kcs).collect();
        firsts.sort_unstable();
        let Some(first) = firsts.first() else {
            continue;
        };
        let columns = seconds.iter().map(|one| (one.column, one.label.clone()));
        checks.push(Box::new(Seconds {
            columns: columns.collect(),
            first: headings[*first].label.clone(),
            firsts: firsts.iter().map(|first| *first as u32).collect(),
        }));
    }
    checks
}
