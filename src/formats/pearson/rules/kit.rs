//! What the rules of this folder share: fields under the names that other programmes give them, the
//! rows of our tables, the subjects of tests.

use crate::check::{BundleContext, BundlePlan, FilePlan, nth_of_kind};
use crate::finding::Safety;
use crate::layout::FileSpec;
use crate::peek::plain;
use crate::rules::{self, missing_label};
use crate::tables;

/// The field of that name, or the one that people call so: programmes rename columns.
pub fn field(spec: &FileSpec, name: &str) -> Option<usize> {
    let meant = plain(name);
    let called = |label: &String| plain(label) == meant;
    spec.field(name).or_else(|| {
        let fields = spec.fields.iter();
        fields
            .clone()
            .position(|field| called(&field.name))
            .or_else(|| fields.clone().position(|f| f.synonyms.iter().any(called)))
    })
}

/// The same, where the file has a column for it.
pub fn column(file: &FilePlan, name: &str) -> Option<usize> {
    let field = field(file.spec(), name)?;
    file.position(field)?;
    Some(field)
}

/// The fields of all these names by the names that their file gives them, if it has columns for all.
pub fn names(file: &FilePlan, names: &[String]) -> Option<Vec<String>> {
    let fields = names.iter().map(|name| {
        let field = column(file, name)?;
        Some(file.spec().fields[field].name.clone())
    });
    fields.collect()
}

/// A row of a table.
pub type Row = Vec<String>;

/// The rows of a table of this format.
pub fn rows(name: &str) -> impl Iterator<Item = Row> {
    let text = tables::find(&format!("pearson/{name}.csv")).unwrap_or_default();
    tables::rows(text).into_iter().skip(1)
}

/// A cell of a row.
pub fn cell(row: &Row, at: usize) -> &str {
    row.get(at).map_or("", String::as_str)
}

/// The words of a cell.
pub fn words(row: &Row, at: usize) -> Vec<String> {
    let words = cell(row, at).split('|').filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// The subject of a test, as our tables call it; nothing for a code of which it is not known.
pub fn subject(code: &str) -> Option<&'static str> {
    let begins = |starts: &[&str]| starts.iter().any(|start| code.starts_with(start));
    Some(match code {
        _ if begins(&["MAT", "ALG0", "GEO0"]) => "math",
        _ if begins(&["ELA"]) => "ela",
        _ if begins(&["SLA"]) => "csla",
        _ if begins(&["SC"]) => "science",
        _ if begins(&["SS"]) => "social",
        _ => return None,
    })
}

/// The names of the files at hand of this family, for [`nth`].
pub fn all(context: &BundleContext<'_>) -> Vec<String> {
    let files = context.many().into_iter();
    files.map(|at| context.peeks[at].name.clone()).collect()
}

/// What a record is called that has this number in the facts: by its file, too, where that is not that
/// of the record that has the other number.
pub fn nth(files: &[String], number: u64, beside: u64) -> String {
    let (file, nth) = nth_of_kind(number);
    match files.get(file) {
        Some(name) if file != nth_of_kind(beside).0 => format!("{} of `{name}`", rules::nth(nth)),
        _ => rules::nth(nth),
    }
}

/// Has a person look before columns are added empty for some fields of a file at hand.
pub fn review(plan: &mut BundlePlan, at: usize, fields: impl FnOnce(&FilePlan) -> Vec<usize>) {
    let Some(file) = plan.files[at].as_deref() else {
        return;
    };
    let slots = fields(file).into_iter().map(|field| file.slot(field));
    let slots: Vec<u32> = slots.collect();
    for finding in plan.header_findings(at) {
        if finding.rule.name == missing_label::RULE.name
            && finding
                .place
                .field
                .is_some_and(|slot| slots.contains(&slot))
            && let Some(fix) = &mut finding.told.fix
        {
            fix.safety = fix.safety.max(Safety::Review);
        }
    }
}
