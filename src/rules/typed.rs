//! The check behind every rule about a type: strict reading, and what the value most likely meant.

use crate::check::{CellCheck, FileContext, Out, same};
use crate::finding::{Fix, Told};
use crate::layout::Field;
use crate::records::Column;
use crate::types::{Type, list};

struct Typed {
    kind: Type,
    rule: &'static str,
    column: u32,
    name: String,
}

impl Typed {
    fn told(&self, text: &[u8], evidence: &[u8]) -> Told {
        let text = String::from_utf8_lossy(text);
        let evidence = String::from_utf8_lossy(evidence);
        let mend = self.kind.mend(&text);
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

impl CellCheck for Typed {
    fn check(&self, column: &Column<'_>, out: &mut Out<'_, '_>) {
        // Codes, dates and the like repeat; nothing is asked twice in a row.
        let mut accepted = Vec::new();
        column.each(|record, text| {
            if same(&accepted, text) {
                return;
            }
            if self.kind.accepts(text) {
                text.clone_into(&mut accepted);
            } else if let Some(fault) = self.kind.fault(text)
                && fault.rule == self.rule
            {
                out.cell(record, self.column, || self.told(text, fault.evidence));
            }
        });
    }
}

/// Compiles the check for fields whose faults the rule reports.
pub fn compile(
    rule: &'static str,
    field: &Field,
    column: u32,
    _: &FileContext<'_>,
) -> Option<Box<dyn CellCheck>> {
    let is_list = matches!(field.kind, Type::List(_)) && rule == list::RULE;
    if field.kind.rule() != rule && !is_list || field.kind == Type::String {
        return None;
    }
    let (kind, name) = (field.kind.clone(), field.name.clone());
    Some(Box::new(Typed {
        kind,
        rule,
        column,
        name,
    }))
}
