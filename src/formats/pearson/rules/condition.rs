//! What fields of one record ask of each other, from `conditions.csv`: where `field` has one of
//! `values` (in a test of `subject`), one of the fields `needs` has one of `needs_values`. `*` stands
//! for any value, `-` for none. Without `needs` the value itself is what is told, with `message`.

use super::kit::{cell, column, rows, subject, words};
use crate::check::{FileContext, Out, RecordCheck, Rows, View};
use crate::finding::Told;

/// The word in `needs` for the subject of the test.
const SUBJECT: &str = "subject";

struct Clause {
    name: String,
    field: usize,
    values: Vec<String>,
    subjects: Vec<String>,
    needs: Needs,
}

enum Needs {
    Nothing(String),
    Subject(Vec<String>),
    One(Vec<(usize, String)>, Vec<String>),
}

/// Clauses about one field: it is read once for all of them.
struct Clauses {
    field: usize,
    title: String,
    /// The field that names the test.
    test: Option<usize>,
    all: Vec<Clause>,
}

fn meets(values: &[String], text: Option<&str>) -> bool {
    values.iter().any(|value| match value.as_str() {
        "*" => text.is_some(),
        "-" => text.is_none(),
        value => text == Some(value),
    })
}

/// Values in words, as what is expected.
fn choice(values: &[String]) -> String {
    let words = values.iter().map(|value| match value.as_str() {
        "*" => "a value".to_owned(),
        "-" => "nothing".to_owned(),
        value => format!("`{value}`"),
    });
    words.collect::<Vec<_>>().join(" or ")
}

impl Clauses {
    fn check(&self, record: &View<'_>, text: Option<&str>, out: &mut Out<'_, '_>) {
        for clause in &self.all {
            if meets(&clause.values, text)
                && let Some(why) = self.fault(clause, record)
            {
                out.field(record.index(), clause.field, || {
                    let evidence = text.unwrap_or(&self.title);
                    Told::message(format!("`{evidence}` {why} ({})", clause.name))
                });
            }
        }
    }

    fn fault(&self, clause: &Clause, record: &View<'_>) -> Option<String> {
        let code = || self.test.and_then(|test| record.text(test));
        if !clause.subjects.is_empty() && !meets(&clause.subjects, Some(subject(&code()?)?)) {
            return None;
        }
        match &clause.needs {
            Needs::Nothing(message) => Some(message.clone()),
            Needs::Subject(wanted) => {
                let code = code()?;
                let is_met = meets(wanted, Some(subject(&code)?));
                (!is_met).then(|| {
                    let wanted = wanted.join(" or ");
                    format!("does not go with TestCode `{code}`; expected a test of {wanted}")
                })
            }
            Needs::One(fields, wanted) => {
                let mut all = fields.iter().map(|(field, _)| *field);
                let is_met = |field| meets(wanted, record.text(field).as_deref());
                if all.clone().any(is_met) || !all.all(|field| record.is_sound(field)) {
                    return None;
                }
                let stands = fields
                    .iter()
                    .map(|(field, name)| match record.text(*field) {
                        Some(text) => format!("{name} `{text}`"),
                        None => format!("an empty {name}"),
                    });
                let stands: Vec<String> = stands.collect();
                let there = if fields.len() > 1 {
                    "in one of them"
                } else {
                    "there"
                };
                let (stands, wanted) = (stands.join(" and "), choice(wanted));
                Some(format!(
                    "does not go with {stands}; expected {wanted} {there}"
                ))
            }
        }
    }
}

impl RecordCheck for Clauses {
    fn check(&self, rows: &Rows<'_>, out: &mut Out<'_, '_>) {
        // Of most cells it is seen at once that no clause speaks of them.
        let values = || self.all.iter().flat_map(|clause| &clause.values);
        let is_meant = |text: &[u8]| {
            values().any(|value| match value.as_str() {
                "*" => !text.is_empty(),
                "-" => text.is_empty(),
                value => value.as_bytes() == text,
            })
        };
        let mut check = |record: &View<'_>, text: &[u8]| {
            if is_meant(text)
                && let Ok(text) = std::str::from_utf8(text)
            {
                let text = Some(text).filter(|text| !text.is_empty());
                Clauses::check(self, record, text, out);
            }
        };
        let of_text = values().any(|value| value != "-");
        match (is_meant(b""), of_text) {
            (true, true) => rows.sound(self.field, check),
            (true, false) => rows.empty(self.field, |record| check(record, b"")),
            (false, _) => rows.filled(self.field, check),
        }
    }
}

/// The checks for the clauses of one rule, as far as the file has the columns that they speak of.
pub fn compile(rule: &str, file: &FileContext<'_>) -> Vec<Box<dyn RecordCheck>> {
    let mut all: Vec<Clauses> = Vec::new();
    for row in rows("conditions") {
        if cell(&row, 0) != rule {
            continue;
        }
        let Some((field, clause)) = clause(&row, file) else {
            continue;
        };
        let known = all.iter().position(|clauses| clauses.field == field);
        let at = known.unwrap_or_else(|| {
            all.push(Clauses {
                field,
                title: file.spec.fields[field].name.clone(),
                test: column(file.plan, "TestCode"),
                all: Vec::new(),
            });
            all.len() - 1
        });
        all[at].all.push(clause);
    }
    let all = all.into_iter();
    all.map(|clauses| Box::new(clauses) as Box<dyn RecordCheck>)
        .collect()
}

fn clause(row: &csv::StringRecord, file: &FileContext<'_>) -> Option<(usize, Clause)> {
    let field = column(file.plan, cell(row, 2))?;
    let needs = words(row, 5);
    let wanted = words(row, 6);
    let needs = match needs.first() {
        None => Needs::Nothing(cell(row, 7).to_owned()),
        Some(needs) if needs == SUBJECT => Needs::Subject(wanted),
        Some(_) => {
            let fields = needs.iter().filter_map(|name| {
                let field = column(file.plan, name)?;
                Some((field, file.spec.fields[field].name.clone()))
            });
            let fields: Vec<_> = fields.collect();
            if fields.is_empty() {
                return None;
            }
            Needs::One(fields, wanted)
        }
    };
    let clause = Clause {
        name: cell(row, 1).to_owned(),
        field,
        values: words(row, 3),
        subjects: words(row, 4),
        needs,
    };
    Some((field, clause))
}
