//! See `unknown_grade.md`.

use crate::check::{CellCheck, FileContext, Out};
use crate::finding::{Authority, Consequence, Fix, Safety, Severity, Told};
use crate::formats::oneroster::codes;
use crate::layout::Field;
use crate::records::Column;
use crate::rules::Rule;
use crate::types::{CodeList, Type};

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::ValueDropped,
    authority: Authority::Practice,
    cell: Some(compile),
    ..Rule::new("unknown-grade", include_str!("unknown_grade.md"))
};

struct Grades {
    column: u32,
    grade: Type,
    grades: Type,
}

impl CellCheck for Grades {
    fn check(&self, column: &Column<'_>, out: &mut Out<'_, '_>) {
        column.each(|record, text| {
            if let Some(fault) = self.grades.fault(text)
                && fault.rule == self.grade.rule()
            {
                out.cell(record, self.column, || self.told(text, fault.evidence));
            }
        });
    }
}

impl Grades {
    fn told(&self, text: &[u8], grade: &[u8]) -> Told {
        let (text, grade) = (
            String::from_utf8_lossy(text),
            String::from_utf8_lossy(grade),
        );
        let expected = match self.grade.mend(&grade) {
            Some(mend) => format!("did you mean `{}`?", mend.text),
            None => "expected one that the receiver knows, such as `KG`, `01` or `12`".to_owned(),
        };
        // Which codes are right was agreed with the receiver: nobody else can be sure.
        let mend = self.grades.mend(&text);
        Told::message(format!("`{grade}` is no usual grade; {expected}"))
            .with(mend.map(|mend| Fix::write(mend.text, Safety::Review)))
    }
}

fn compile(field: &Field, column: u32, _: &FileContext<'_>) -> Option<Box<dyn CellCheck>> {
    // A dialect may leave to the sender what stands there.
    if field.name != "grades" || field.kind == Type::String {
        return None;
    }
    let grade = Type::Code(CodeList::read(codes("grade")?).ok()?);
    let grades = Type::List(Box::new(grade.clone()));
    Some(Box::new(Grades {
        column,
        grade,
        grades,
    }))
}
