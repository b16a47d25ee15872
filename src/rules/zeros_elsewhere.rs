//! For `lost-zeros`: keys that have lost their zeros in every record, which the zeros in another
//! column tell. Looks for them only where the first records show them, so that all others cost
//! nothing.

use super::lost_zeros::is_number;
use crate::check::{FileContext, Out, RecordCheck, Rows};
use crate::finding::Told;
use crate::layout::Field;
use crate::types::Type;

/// A key, and another field that has it with its zeros.
struct Elsewhere {
    key: usize,
    other: usize,
    name: String,
}

impl RecordCheck for Elsewhere {
    fn check(&self, rows: &Rows<'_>, out: &mut Out<'_, '_>) {
        rows.views(|record| {
            if let (Some(key), Some(other)) = (record.text(self.key), record.text(self.other))
                && let Some(whole) = with_zeros(&key, &other)
            {
                out.field(record.index(), self.key, || {
                    Told::message(format!(
                        "`{key}` is `{whole}` in {}; expected the same number, which seems to have lost its zeros",
                        self.name
                    ))
                });
            }
        });
    }
}

/// The checks for a file whose key is also in another column.
pub fn compile(file: &FileContext<'_>) -> Vec<Box<dyn RecordCheck>> {
    elsewhere(file)
        .map(|check| Box::new(check) as Box<dyn RecordCheck>)
        .into_iter()
        .collect()
}

fn elsewhere(file: &FileContext<'_>) -> Option<Elsewhere> {
    let key = file.spec.key()?;
    let key_column = file.plan.position(key)? as usize;
    let rows = &file.bundle.peeks[file.file].rows;
    let holds = |field: &Field| {
        let text = matches!(field.kind.item(), Type::String | Type::Identifier);
        text && field.reference.is_none() && !field.is_family()
    };
    let others = file.spec.fields.iter().enumerate();
    let mut others = others.filter(|(at, field)| *at != key && holds(field));
    others.find_map(|(other, field)| {
        let column = file.plan.position(other)? as usize;
        let cells = rows.iter().filter_map(|(_, row)| {
            let (key, cell) = (row.get(key_column)?.trim(), row.get(column)?);
            (!key.is_empty() && cell.bytes().any(|b| b.is_ascii_digit())).then_some((key, cell))
        });
        let (mut other_number, mut longer) = (0, 0);
        for (key, cell) in cells {
            match with_zeros(key, cell) {
                Some(_) => longer += 1,
                // Those that never had zeros are the same in both.
                None => other_number += usize::from(!numbers(cell).any(|number| number == key)),
            }
        }
        (longer >= 2 && longer >= other_number * 3).then(|| Elsewhere {
            key,
            other,
            name: field.name.clone(),
        })
    })
}

/// The number in a text that is this one with zeros before it.
fn with_zeros<'a>(key: &str, text: &'a str) -> Option<&'a str> {
    if key.starts_with('0') || !is_number(key.as_bytes()) {
        return None;
    }
    numbers(text).find(|number| number.len() > key.len() && number.trim_start_matches('0') == key)
}

fn numbers(text: &str) -> impl Iterator<Item = &str> {
    let numbers = text.split(|c: char| !c.is_ascii_digit());
    numbers.filter(|number| !number.is_empty())
}
