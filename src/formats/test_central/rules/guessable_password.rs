//! See `guessable_password.md`.

use crate::check::{FileContext, Out, RecordCheck, Rows};
use crate::finding::{Authority, Consequence, Severity, Told};
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::AcceptedButWrong,
    authority: Authority::Practice,
    poisons: false,
    record: Some(compile),
    ..Rule::new("guessable-password", include_str!("guessable_password.md"))
};

/// What others know of a person.
const KNOWN: [&str; 3] = ["uid", "nmf", "nml"];

struct Guessable {
    password: usize,
    known: Vec<(&'static str, usize)>,
}

impl RecordCheck for Guessable {
    fn check(&self, rows: &Rows<'_>, out: &mut Out<'_, '_>) {
        rows.filled(self.password, |record, password| {
            let view = rows.view(record);
            let same = |(_, field): &&(&str, usize)| {
                let text = view.text(*field);
                text.is_some_and(|text| text.as_bytes().eq_ignore_ascii_case(password))
            };
            if let Some((name, _)) = self.known.iter().find(same) {
                out.field(record, self.password, || {
                    let password = String::from_utf8_lossy(password);
                    Told::message(format!("`{password}` is the {name} of its record, too; expected a password that nobody can guess"))
                });
            }
        });
    }
}

fn compile(file: &FileContext<'_>) -> Vec<Box<dyn RecordCheck>> {
    let field = |name| file.spec.field(name);
    let Some(password) = field("pwd") else {
        return Vec::new();
    };
    let known = KNOWN
        .into_iter()
        .filter_map(|name| Some((name, field(name)?)));
    vec![Box::new(Guessable {
        password,
        known: known.collect(),
    })]
}
