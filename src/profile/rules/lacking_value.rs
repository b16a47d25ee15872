//! See `lacking_value.md`.

use super::asked;
use super::kit::{When, of_file};
use crate::check::{FileContext, Out, RecordCheck, Rows};
use crate::finding::Told;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    record: Some(compile),
    ..asked("lacking-value", include_str!("lacking_value.md"))
};

struct Filled {
    field: usize,
    name: String,
    when: Option<When>,
    title: String,
}

impl RecordCheck for Filled {
    fn check(&self, rows: &Rows<'_>, out: &mut Out<'_, '_>) {
        let Filled { field, name, .. } = self;
        rows.views(|record| {
            let holds = |when: &When| when.holds(record.text(when.field).as_deref());
            if record.is_sound(*field)
                && record.text(*field).is_none()
                && self.when.as_ref().is_none_or(holds)
            {
                let place = self.when.as_ref().map_or_else(String::new, When::words);
                let title = &self.title;
                out.field(record.index(), *field, || {
                    Told::message(format!(
                        "`{name}` is empty{place}; expected a value, since {title} asks for one"
                    ))
                });
            }
        });
    }
}

fn compile(file: &FileContext<'_>) -> Vec<Box<dyn RecordCheck>> {
    let rows = of_file(&RULE, file).filter_map(|(row, when, title)| {
        Some(Box::new(Filled {
            field: file.spec.field(&row.field)?,
            name: row.field.clone(),
            when,
            title: title.to_owned(),
        }) as Box<dyn RecordCheck>)
    });
    rows.collect()
}
