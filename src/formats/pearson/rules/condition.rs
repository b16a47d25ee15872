//! What fields of one record ask of each other, from `conditions.csv`: where `field` has one of
//! `values` (in a test of `subject`), one of the fields `needs` has one of `needs_values`. `*` stands
//! for any value, `-` for none. Without `needs` the value itself is what is told, with `message`.

use super::kit::{self, Row, cell, column, rows, subject, words};
use crate::check::{
    BundleContext, BundlePlan, FileContext, FilePlan, Out, RecordCheck, Rows, View,
};
use crate::finding::Told;
use crate::rules::Rule;
use crate::types::same;

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

/// Calls `f` with the place in the batch of each record of which the sound cell in a field meets the
/// values.
fn each(rows: &Rows<'_>, field: usize, values: &[String], mut f: impl FnMut(usize)) {
    let is = |wanted: &str| values.iter().any(|value| value == wanted);
    let is_any = is("*");
    if is_any || values.iter().any(|value| value != "-") {
        rows.filled(field, |record, text| {
            if is_any || values.iter().any(|value| same(value.as_bytes(), text)) {
                f(record);
            }
        });
    }
    if is("-") {
        rows.empty(field, f);
    }
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
    /// The records to look at: the clause speaks of them, and none of the fields it names meets it.
    fn open(&self, clause: &Clause, rows: &Rows<'_>) -> Vec<usize> {
        let mut open = Vec::new();
        each(rows, self.field, &clause.values, |record| open.push(record));
        if let Needs::One(fields, wanted) = &clause.needs {
            for (field, _) in fields {
                if open.is_empty() {
                    break;
                }
                let mut met = vec![false; rows.count()];
                each(rows, *field, wanted, |record| met[record] = true);
                open.retain(|record| !met[*record]);
            }
        }
        open
    }

    fn check(&self, clause: &Clause, record: &View<'_>, out: &mut Out<'_, '_>) {
        let text = record.text(self.field);
        if meets(&clause.values, text.as_deref())
            && let Some(why) = self.fault(clause, record)
        {
            out.field(record.index(), clause.field, || {
                let evidence = text.as_deref().unwrap_or(&self.title);
                Told::message(format!("`{evidence}` {why} ({})", clause.name))
            });
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
        for clause in &self.all {
            for record in self.open(clause, rows) {
                Clauses::check(self, clause, &rows.view(record), out);
            }
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

fn clause(row: &Row, file: &FileContext<'_>) -> Option<(usize, Clause)> {
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

/// Has a person look before columns are added empty of which the rule would then have something to
/// tell: of a column that is not there it tells nothing.
pub fn review(rule: &'static Rule, _: &BundleContext<'_>, plan: &mut BundlePlan) {
    let clauses: Vec<Row> = rows("conditions").collect();
    for at in 0..plan.files.len() {
        let mine = clauses.iter().filter(|row| cell(row, 0) == rule.name);
        kit::review(plan, at, |file| {
            mine.flat_map(|row| asked(row, file)).collect()
        });
    }
}

/// The fields without a column that a clause would find fault with, were they empty.
fn asked(row: &Row, file: &FilePlan) -> Vec<usize> {
    let spec = file.spec();
    let is_met = |at| meets(&words(row, at), None);
    let needs = words(row, 5);
    let is_there = |name: &String| name == SUBJECT || column(file, name).is_some();
    let mut asked: Vec<usize> = Vec::new();
    if is_met(3) {
        asked.extend(kit::field(spec, cell(row, 2)));
    }
    // One of those that are needed is enough, and one that is there is looked at already.
    let is_read = is_met(3) || column(file, cell(row, 2)).is_some();
    if is_read && !is_met(6) && !needs.iter().any(is_there) {
        asked.extend(needs.iter().filter_map(|name| kit::field(spec, name)));
    }
    asked
}
