//! See `lone_value.md`.

use crate::check::{FileContext, Out, RecordCheck, Rows};
use crate::finding::Told;
use crate::formats::datashop::FILE;
use crate::formats::datashop::headings::{self, Heading, Kind};
use crate::formats::datashop::pairs::{is_first, pairs};
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    record: Some(compile),
    ..Rule::new("lone-value", include_str!("lone_value.md"))
};

/// A column whose values need one in another.
struct Second {
    column: u32,
    label: String,
    /// Columns of which one has to have a value.
    firsts: Vec<u32>,
    first: String,
}

impl RecordCheck for Second {
    fn check(&self, rows: &Rows<'_>, out: &mut Out<'_, '_>) {
        rows.views(|record| {
            let Some(value) = record.at(self.column) else {
                return;
            };
            if self.firsts.iter().all(|first| record.key(*first).is_none()) {
                out.cell(record.index(), self.column, || {
                    let Second { label, first, .. } = self;
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
    let pairs = pairs(&headings);
    let second = |heading: &Heading| {
        let first = pairs.firsts[heading.column as usize];
        let (firsts, first) = firsts(&headings, heading, first);
        (!firsts.is_empty()).then(|| {
            Box::new(Second {
                column: heading.column,
                label: heading.label.clone(),
                firsts,
                first,
            }) as Box<dyn RecordCheck>
        })
    };
    headings.iter().filter_map(second).collect()
}

/// The columns that a value of this one needs, and their label. Of KCs any of the same model will do.
fn firsts(headings: &[Heading], heading: &Heading, own: Option<usize>) -> (Vec<u32>, String) {
    let first = |is: &dyn Fn(&&Heading) -> bool| {
        let all = || headings.iter().filter(|other| is(other));
        let label = all()
            .next()
            .map_or(String::new(), |first| first.label.clone());
        (all().map(|first| first.column).collect(), label)
    };
    match heading.kind {
        Kind::Category => first(&|other| is_first(other, heading) || is_meant(other, heading)),
        _ => first(&|other| own == Some(other.column as usize)),
    }
}

/// Whether the KC is that of a category which lost its blank.
fn is_meant(other: &Heading, category: &Heading) -> bool {
    other.kind == Kind::Kc
        && category.meant().is_some()
        && other.name.as_deref() == category.meant()
}
