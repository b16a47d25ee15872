//! See `empty_profile.md`.

use super::kit::column;
use crate::check::{FileContext, Out, RecordCheck, Rows};
use crate::finding::{Authority, Consequence, Severity, Told};
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Info,
    consequence: Consequence::Note,
    authority: Authority::Practice,
    poisons: false,
    record: Some(|file| compile(file).into_iter().collect()),
    ..Rule::new("empty-profile", include_str!("empty_profile.md"))
};

const FILE: &str = "personal-needs-profile.csv";

/// The field behind which all are accommodations.
const BEFORE: &str = "Retest";

/// A profile, by the field of its test and those of accommodations that have a column.
struct Profile {
    test: usize,
    needs: Vec<usize>,
}

impl RecordCheck for Profile {
    fn check(&self, rows: &Rows<'_>, out: &mut Out<'_, '_>) {
        rows.filled(self.test, |at, test| {
            let record = rows.view(at);
            let is_empty = |need| record.is_sound(need) && record.text(need).is_none();
            if self.needs.iter().all(|need| is_empty(*need)) {
                out.field(at, self.test, || {
                    let test = String::from_utf8_lossy(test);
                    Told::message(format!(
                        "`{test}` is a test without any accommodation, so the record has no effect; expected one (PNP-I03)"
                    ))
                });
            }
        });
    }
}

fn compile(file: &FileContext<'_>) -> Option<Box<dyn RecordCheck>> {
    let last = (file.spec.name == FILE).then(|| file.spec.field(BEFORE))??;
    let needs = last + 1..file.spec.fields.len();
    Some(Box::new(Profile {
        test: column(file.plan, "TestCode")?,
        needs: needs
            .filter(|need| file.plan.position(*need).is_some())
            .collect(),
    }))
}
