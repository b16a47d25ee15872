//! See `lone_value.md`.

use crate::check::{FileContext, Out, RecordCheck, Rows};
use crate::finding::Told;
use crate::formats::datashop::FILE;
use crate::formats::datashop::headings::{self, Heading, Kind};
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
    let second = |heading: &Heading| {
        let (firsts, first) = firsts(&headings, heading);
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
fn firsts(headings: &[Heading], heading: &Heading) -> (Vec<u32>, String) {
    let first = |is: &dyn Fn(&&Heading) -> bool| {
        let all = || headings.iter().filter(|other| is(other));
        let label = all()
            .next()
            .map_or(String::new(), |first| first.label.clone());
        (all().map(|first| first.column).collect(), label)
    };
    match (heading.kind, heading.field.as_str()) {
        (Kind::Category, _) => {
            first(&|other| other.kind == Kind::Kc && other.model() == heading.model())
        }
        (_, "Feedback Classification") => first(&|other| other.field == "Feedback Text"),
        (_, "Condition Type") => {
            first(&|other| other.field == "Condition Name" && other.column + 1 == heading.column)
        }
        _ => (Vec::new(), String::new()),
    }
}
