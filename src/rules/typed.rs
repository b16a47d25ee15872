//! The check behind every rule about a type: strict reading, and what the value most likely meant.

use super::day_order::DayOrder;
use crate::check::{CellCheck, FileContext, Out};
use crate::finding::{Fix, Safety, Told};
use crate::layout::Field;
use crate::records::Column;
use crate::types::date::{Swappable, swappable};
use crate::types::{Mend, Type, list, same};

struct Typed {
    kind: Type,
    rule: &'static str,
    column: u32,
    name: String,
    /// The order of day and month that the file's first records prove.
    order: DayOrder,
}

impl Typed {
    fn told(&self, text: &[u8], evidence: &[u8], mend: Option<Mend>) -> Told {
        let text = String::from_utf8_lossy(text);
        let evidence = String::from_utf8_lossy(evidence);
        if let Some(both) = swappable(&self.kind, &text, self.order.of_cell(&text)) {
            return self.told_swappable(&text, both);
        }
        let kind = match &self.kind {
            Type::List(item) if self.rule != list::RULE => item,
            kind => kind,
        };
        let message = match (kind, kind.mend(&evidence)) {
            (Type::List(_), _) => {
                let why = match text.split(',').any(|item| item.trim().is_empty()) {
                    true => "is a list with an empty item; expected a value beside every comma",
                    false => "is a list with blanks beside its commas; expected commas alone",
                };
                format!("`{evidence}` {why}")
            }
            (Type::Boolean, _) => format!(
                "`{evidence}` is not one of the two values of {}; expected true or false",
                self.name
            ),
            (Type::Code(_) | Type::OpenCode(_), Some(mend)) => format!(
                "`{evidence}` is not one of the codes of {}; did you mean `{}`?",
                self.name, mend.text
            ),
            (Type::Code(_) | Type::OpenCode(_), None) => {
                format!(
                    "`{evidence}` is not one of the codes of {}; expected {}",
                    self.name,
                    kind.expected()
                )
            }
            _ => format!(
                "`{evidence}` is not {}; expected {}",
                kind.noun(),
                kind.expected()
            ),
        };
        Told::message(message).with(mend.map(|mend| Fix::write(mend.text, mend.safety)))
    }
}

impl Typed {
    /// What to say of a cell in which day and month could be swapped.
    fn told_swappable(&self, text: &str, both: Swappable) -> Told {
        let [one, other] = both.days;
        let why = self.order.why(text);
        let expected = self.kind.expected();
        let message = format!("`{text}` could be {one} or {other}, {why}; expected {expected}");
        let fix = both.mend.map(|mend| Fix::write(mend.text, mend.safety));
        Told::message(message).with(fix)
    }
}

/// Whether all cells of a column, which is of this type, are as it asks.
#[inline(always)]
pub fn fits(kind: &Type, column: &Column<'_>) -> bool {
    column.fits(|column| kind.accepts_all(column.texts()))
}

/// Refused values whose meaning is kept at hand while a batch is checked.
const KEPT: usize = 16;

impl CellCheck for Typed {
    fn check(&self, column: &Column<'_>, out: &mut Out<'_, '_>) {
        if fits(&self.kind, column) {
            return;
        }
        // Identifiers are never rewritten unseen: what was meant need be known only where it is told.
        let never_certain = *self.kind.item() == Type::Identifier;
        let mut refused: Vec<(&[u8], Option<Mend>)> = Vec::new();
        column.each(|record, text| {
            let Some(fault) = self.kind.fault(text).filter(|f| f.rule == self.rule) else {
                return;
            };
            if never_certain {
                let mend = || self.kind.mend(&String::from_utf8_lossy(text));
                let told = || self.told(text, fault.evidence, mend());
                return out.cell(record, self.column, told);
            }
            let known = refused.iter().position(|(known, _)| same(known, text));
            let known = known.unwrap_or_else(|| {
                refused.truncate(KEPT - 1);
                refused.push((text, self.kind.mend(&String::from_utf8_lossy(text))));
                refused.len() - 1
            });
            let mend = &refused[known].1;
            let told = || self.told(text, fault.evidence, mend.clone());
            match mend {
                Some(mend) if mend.safety == Safety::Safe => {
                    out.meant(record, self.column, &mend.text, told);
                }
                _ => out.cell(record, self.column, told),
            }
        });
    }
}

/// Compiles the check for fields whose faults the rule reports.
pub fn compile(
    rule: &'static str,
    field: &Field,
    column: u32,
    file: &FileContext<'_>,
) -> Option<Box<dyn CellCheck>> {
    let is_list = matches!(field.kind, Type::List(_)) && rule == list::RULE;
    if field.kind.rule() != rule && !is_list || field.kind == Type::String {
        return None;
    }
    let (kind, name) = (field.kind.clone(), file.plan.name(field, column));
    let order = DayOrder::of(&kind, column, file);
    Some(Box::new(Typed {
        kind,
        rule,
        column,
        name,
        order,
    }))
}
