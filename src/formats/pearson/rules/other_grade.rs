//! See `other_grade.md`.

use super::kit::column;
use crate::check::{FileContext, RecordCheck};
use crate::finding::{Consequence, Severity, Told};
use crate::formats::oneroster::rules::kit::records;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::AcceptedButWrong,
    poisons: false,
    record: Some(|file| compile(file).into_iter().collect()),
    ..Rule::new("other-grade", include_str!("other_grade.md"))
};

/// The grade that a test code names: the two digits behind MAT or ELA.
fn grade(code: &str) -> Option<&str> {
    let grade = code.strip_prefix("MAT").or(code.strip_prefix("ELA"))?;
    let digits = grade.len() == 2 && grade.bytes().all(|b| b.is_ascii_digit());
    digits.then_some(grade)
}

fn compile(file: &FileContext<'_>) -> Option<Box<dyn RecordCheck>> {
    let test = column(file.plan, "TestCode")?;
    let own = column(file.plan, "GradeLevelWhenAssessed")?;
    Some(records(move |record, out| {
        if let (Some(code), Some(own_grade)) = (record.text(test), record.text(own))
            && let Some(grade) = grade(&code)
            && grade != own_grade
        {
            out.field(record.index(), own, || {
                Told::message(format!(
                    "`{own_grade}` is not the grade of the test `{code}`; expected `{grade}`, \
                     unless the student sits the test of another grade (SR-R12)"
                ))
            });
        }
    }))
}
