//! See `refused_value.md`.

use super::asked;
use super::kit::{When, of_file};
use super::taken::Taken;
use crate::check::{FileContext, Out, RecordCheck, Rows};
use crate::finding::{Consequence, Told};
use crate::rules::Rule;
use crate::types::Type;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::ValueDropped,
    record: Some(compile),
    ..asked("refused-value", include_str!("refused_value.md"))
};

struct Refused {
    column: u32,
    name: String,
    kind: Type,
    taken: Taken,
    when: Option<When>,
    title: String,
}

impl RecordCheck for Refused {
    fn check(&self, rows: &Rows<'_>, out: &mut Out<'_, '_>) {
        let Refused { name, title, .. } = self;
        rows.views(|record| {
            let holds = |when: &When| when.holds(record.text(when.field).as_deref());
            if let Some(text) = record.at(self.column)
                && let Some(odd) = self.taken.odd(&self.kind, &text)
                && self.when.as_ref().is_none_or(holds)
            {
                let place = self.when.as_ref().map_or_else(String::new, When::words);
                out.cell(record.index(), self.column, || {
                    let expected = self.taken.expected();
                    Told::message(format!(
                        "`{odd}` in {name}{place} is not what {title} takes; expected {expected}"
                    ))
                });
            }
        });
    }
}

fn compile(file: &FileContext<'_>) -> Vec<Box<dyn RecordCheck>> {
    let rows = of_file(&RULE, file).filter_map(|(row, when, title)| {
        let field = file.spec.field(&row.field);
        // A column of one's own is none of the layout's.
        let own = || {
            file.plan
                .labels
                .iter()
                .position(|label| *label == row.field)
        };
        let column = match field {
            Some(field) => file.plan.position(field)?,
            None => own()? as u32,
        };
        let kind = field.map_or(Type::String, |field| file.spec.fields[field].kind.clone());
        Some(Box::new(Refused {
            column,
            name: row.field.clone(),
            kind,
            taken: Taken::read(&row.value)?,
            when,
            title: title.to_owned(),
        }) as Box<dyn RecordCheck>)
    });
    rows.collect()
}
