//! See `required_value.md`.

use super::Rule;
use crate::check::{CellCheck, FileContext, Holds, Out, RecordCheck, Rows};
use crate::finding::Told;
use crate::layout::Field;
use crate::records::Column;

/// The rule.
pub static RULE: Rule = Rule {
    cell: Some(always),
    record: Some(sometimes),
    ..Rule::new("required-value", include_str!("required_value.md"))
};

fn told(name: &str) -> Told {
    Told::message(format!(
        "`{name}` is empty; expected a value in every record"
    ))
}

struct Always {
    name: String,
    column: u32,
}

impl CellCheck for Always {
    fn check(&self, column: &Column<'_>, out: &mut Out<'_, '_>) {
        if !column.has_gaps() {
            return;
        }
        column.each_untrimmed(|record, _, text| {
            if text.is_empty() {
                out.cell(record, self.column, || told(&self.name));
            }
        });
    }

    fn needs(&self) -> u32 {
        self.column + 1
    }
}

fn always(field: &Field, column: u32, context: &FileContext<'_>) -> Option<Box<dyn CellCheck>> {
    (context.holds(&field.required) == Holds::Always).then(|| {
        Box::new(Always {
            name: context.plan.name(field, column),
            column,
        }) as Box<dyn CellCheck>
    })
}

struct When {
    name: String,
    field: usize,
    condition: usize,
    condition_name: String,
    values: Vec<String>,
    needs: u32,
}

impl RecordCheck for When {
    fn check(&self, rows: &Rows<'_>, out: &mut Out<'_, '_>) {
        rows.views(|record| {
            if let Some(value) = record.text(self.condition)
                && self.values.iter().any(|known| *known == value)
                && record.is_sound(self.field)
                && record.text(self.field).is_none()
            {
                out.field(record.index(), self.field, || {
                    Told::message(format!(
                        "`{}` is empty; expected a value where {} is `{value}`",
                        self.name, self.condition_name
                    ))
                });
            }
        });
    }

    fn needs(&self) -> u32 {
        self.needs
    }
}

fn sometimes(context: &FileContext<'_>) -> Vec<Box<dyn RecordCheck>> {
    let mut checks: Vec<Box<dyn RecordCheck>> = Vec::new();
    for (field, known) in context.spec.fields.iter().enumerate() {
        if let Holds::If(condition, values) = context.holds(&known.required) {
            let condition_name = context.spec.fields[condition].name.clone();
            let name = known.name.clone();
            checks.push(Box::new(When {
                name,
                field,
                condition,
                condition_name,
                values,
                needs: context.plan.position(field).map_or(0, |column| column + 1),
            }));
        }
    }
    checks
}
