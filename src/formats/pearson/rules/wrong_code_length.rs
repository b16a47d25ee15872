//! See `wrong_code_length.md`.

use super::kit::column;
use super::lengths::States;
use crate::check::{BundleContext, BundlePlan, FileContext, Measured, Out, RecordCheck, Rows};
use crate::finding::{Fix, Safety, Told};
use crate::report::words::plural;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    poisons: false,
    bundle: Some(measure),
    record: Some(|file| compile(file).into_iter().collect()),
    ..Rule::new("wrong-code-length", include_str!("wrong_code_length.md"))
};

/// Fields with the kind of code that they hold: of districts, schools, students.
const FIELDS: [(&str, usize); 7] = [
    ("TestingDistrictCode", 0),
    ("TestingSchoolCode", 1),
    ("ResponsibleDistrictCode", 0),
    ("ResponsibleSchoolCode", 1),
    ("ShipReportDistrictCode", 0),
    ("ShipReportSchoolCode", 1),
    ("StateStudentIdentifier", 2),
];

/// Fields that hold codes, with the kind of each.
struct Lengths {
    states: States,
    fields: Vec<(usize, usize)>,
}

impl RecordCheck for Lengths {
    fn check(&self, rows: &Rows<'_>, out: &mut Out<'_, '_>) {
        let states = self.states.of(rows);
        for (field, kind) in &self.fields {
            rows.filled(*field, |record, text| {
                if let Some((state, lengths)) = states[record]
                    && !(text.len() == lengths[*kind] && text.is_ascii())
                    && let Ok(text) = std::str::from_utf8(text)
                    && text.chars().count() != lengths[*kind]
                {
                    let told = || told(text, state, lengths[*kind]);
                    out.field(record, *field, told);
                }
            });
        }
    }
}

/// Where codes are measured, what else would tell that zeros are lost stays quiet.
fn measure(_: &'static Rule, context: &BundleContext<'_>, plan: &mut BundlePlan) {
    for at in 0..plan.files.len() {
        let measured = plan.files[at].as_deref().and_then(|file| {
            let file = &FileContext {
                bundle: context,
                file: at,
                spec: file.spec(),
                plan: file,
            };
            let Lengths { states, fields } = lengths(file)?;
            let columns = fields
                .iter()
                .filter_map(|(field, _)| file.plan.position(*field));
            Some(Measured {
                columns: columns.collect(),
                by: states.known(),
            })
        });
        plan.measure(at, measured.unwrap_or_default());
    }
}

fn compile(file: &FileContext<'_>) -> Option<Box<dyn RecordCheck>> {
    Some(Box::new(lengths(file)?))
}

fn lengths(file: &FileContext<'_>) -> Option<Lengths> {
    let fields = FIELDS
        .iter()
        .filter_map(|(name, kind)| Some((column(file.plan, name)?, *kind)));
    let fields: Vec<(usize, usize)> = fields.collect();
    let states = States::new(file).filter(|_| !fields.is_empty())?;
    Some(Lengths { states, fields })
}

fn told(text: &str, state: &str, wanted: usize) -> Told {
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    let is_short = digits && text.len() < wanted;
    let lost = if is_short {
        ", so zeros at its beginning may be lost"
    } else {
        ""
    };
    let has = plural(text.chars().count() as u64, "character");
    let message = format!("`{text}` has {has}{lost}; expected {wanted}, as all of {state} have");
    let padded = || Fix::write(format!("{text:0>wanted$}"), Safety::Review);
    Told::message(message).with(is_short.then(padded))
}
