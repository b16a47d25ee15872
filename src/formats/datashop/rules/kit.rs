//! What several rules have in common.

use crate::check::{BundleContext, BundlePlan, CellCheck, FileContext, Out};
use crate::finding::{Finding, Fix, Place, Safety, Severity, Told};
use crate::formats::datashop::FILE;
use crate::formats::datashop::headings::{self, Heading};
use crate::layout::Field;
use crate::records::Column;
use crate::rules::Rule;
use crate::tables;
use crate::types::{CodeList, same};

/// A code list of the format; none where it is broken, which a test would tell.
pub fn list(name: &str) -> Option<CodeList> {
    CodeList::read(tables::find(&format!("datashop/codes/{name}.csv"))?).ok()
}

/// The transaction files at hand, with their labels. Those without any known label have no header;
/// only to the importer it is one all the same.
pub fn transactions(context: &BundleContext<'_>, plan: &BundlePlan) -> Vec<(usize, Vec<Heading>)> {
    let files = (0..context.peeks.len()).filter_map(|at| {
        let file = plan.files[at].as_ref()?;
        let known = context.profile.is_some() || file.fields.iter().any(Option::is_some);
        let is = file.spec().name == FILE && known;
        is.then(|| (at, headings::read(file)))
    });
    files.collect()
}

/// A finding about one of the labels.
pub fn label(
    plan: &mut BundlePlan,
    file: usize,
    heading: &Heading,
    (rule, severity): (&'static Rule, Severity),
    told: Told,
) {
    if let Some(known) = &plan.files[file] {
        let finding = known.about_label(rule, heading.column, told);
        plan.tell_header(
            file,
            Finding {
                severity,
                ..finding
            },
        );
    }
}

/// A finding about the header, because of a field that has no column.
pub fn missing(
    plan: &mut BundlePlan,
    file: usize,
    field: &str,
    (rule, severity): (&'static Rule, Severity),
    message: String,
) {
    if let Some(known) = &plan.files[file] {
        let place = Place {
            line: Some(known.line),
            field: known.spec().field(field).map(|field| known.slot(field)),
            ..Place::default()
        };
        let finding = Finding::whole(rule, place, Told::message(message));
        plan.tell_header(
            file,
            Finding {
                severity,
                ..finding
            },
        );
    }
}

/// What is said of a label with another that should stand there; the repaired file has it, if it is
/// as sure as that.
pub fn rename(message: String, label: Option<String>, safety: Safety) -> Told {
    Told::message(message).with(label.map(|label| Fix::write(label, safety)))
}

/// Tells cells that are faulty. Cells repeat: nothing is looked at twice in a row.
pub struct Cells<Is, Say> {
    pub column: u32,
    /// Whether a cell is faulty.
    pub is: Is,
    /// What to say of it.
    pub say: Say,
}

impl<Is, Say> CellCheck for Cells<Is, Say>
where
    Is: Fn(&[u8]) -> bool + Send + Sync,
    Say: Fn(&str) -> Told + Send + Sync,
{
    fn check(&self, column: &Column<'_>, out: &mut Out<'_, '_>) {
        let mut last: (&[u8], bool) = (b"", false);
        column.each(|record, text| {
            if !same(last.0, text) {
                last = (text, (self.is)(text));
            }
            if last.1 {
                out.cell(record, self.column, || {
                    (self.say)(&String::from_utf8_lossy(text))
                });
            }
        });
    }
}

/// Tells cells that are empty.
pub struct Filled {
    pub column: u32,
    /// What the field is called.
    pub name: String,
    /// Why a value is expected.
    pub advice: &'static str,
}

impl CellCheck for Filled {
    fn check(&self, column: &Column<'_>, out: &mut Out<'_, '_>) {
        if !column.has_gaps() {
            return;
        }
        column.each_untrimmed(|record, _, text| {
            if text.is_empty() {
                out.cell(record, self.column, || {
                    let Filled { name, advice, .. } = self;
                    Told::message(format!("`{name}` is empty; expected a value, {advice}"))
                });
            }
        });
    }

    fn needs(&self) -> u32 {
        self.column + 1
    }
}

/// Whether the field is one of these of a transaction file.
pub fn is_one(field: &Field, file: &FileContext<'_>, names: &[&str]) -> bool {
    file.spec.name == FILE && names.contains(&field.name.as_str())
}

/// Whether a transaction file has a column for the field.
pub fn has(file: &FileContext<'_>, field: &str) -> bool {
    file.plan.column(field).is_some()
}
