//! See `other_grade.md`.

use super::kit::column;
use crate::check::{FileContext, Out, RecordCheck, Rows};
use crate::finding::{Consequence, Severity, Told};
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
fn grade(code: &[u8]) -> Option<&[u8]> {
    match code {
        [b'M', b'A', b'T', grade @ ..] | [b'E', b'L', b'A', grade @ ..]
            if grade.len() == 2 && grade.iter().all(u8::is_ascii_digit) =>
        {
            Some(grade)
        }
        _ => None,
    }
}

/// The fields of the test and of the student's own grade.
struct Grades {
    test: usize,
    own: usize,
}

impl RecordCheck for Grades {
    fn check(&self, rows: &Rows<'_>, out: &mut Out<'_, '_>) {
        rows.pairs([self.test, self.own], |record, code, own| {
            if let Some(grade) = grade(code)
                && grade != own
            {
                let [grade, own, code] = [grade, own, code].map(String::from_utf8_lossy);
                out.field(record, self.own, || {
                    Told::message(format!(
                        "`{own}` is not the grade of the test `{code}`; expected `{grade}`, \
                         unless the student sits the test of another grade (SR-R12)"
                    ))
                });
            }
        });
    }
}

fn compile(file: &FileContext<'_>) -> Option<Box<dyn RecordCheck>> {
    Some(Box::new(Grades {
        test: column(file.plan, "TestCode")?,
        own: column(file.plan, "GradeLevelWhenAssessed")?,
    }))
}
