//! What the rules about the manifest share: its properties, and what the files tell of their mode.

use super::kit;
use crate::check::{BundleContext, FileContext, RecordCheck};
use crate::finding::{Fix, Safety, Told};
use crate::layout::Required;

/// Its name.
pub const MANIFEST: &str = "manifest.csv";

/// A check of each property by its name and value; speaks of the value. Where a fix is safe, later
/// rules read what it writes.
pub fn properties<F>(file: &FileContext<'_>, check: F) -> Vec<Box<dyn RecordCheck>>
where
    F: Fn(&str, &str) -> Option<Told> + Send + Sync + 'static,
{
    let Some([name, value]) = kit::of_file(file, MANIFEST, ["propertyName", "value"]) else {
        return Vec::new();
    };
    vec![kit::records(move |record, out| {
        if let (Some(name), Some(text)) = (record.text(name), record.text(value))
            && let Some(told) = check(&name, &text)
        {
            let certain = told.fix.clone().filter(|fix| fix.safety == Safety::Safe);
            let column = record.plan().position(value);
            match column.zip(certain.as_ref().and_then(Fix::replacement)) {
                Some((column, meaning)) => out.meant(record.index(), column, meaning, || told),
                None => out.field(record.index(), value, || told),
            }
        }
    })]
}

/// The file that a property such as `file.users` is about.
pub fn file_of(property: &str) -> Option<String> {
    let stem = property.strip_prefix("file.")?;
    Some(format!("{stem}.csv"))
}

/// The properties that every manifest has: those whose value the table requires.
pub fn mandatory(context: &BundleContext<'_>) -> Vec<String> {
    let spec = context.layout.file(MANIFEST);
    let spec = spec.map(|spec| &context.layout.files[spec]);
    let value = spec.and_then(|spec| Some(&spec.fields[spec.field("value")?].required));
    match value {
        Some(Required::When(condition)) => condition.values.clone(),
        _ => Vec::new(),
    }
}

/// Whether the layout's file of this name is in the bundle, readable or not.
pub fn is_there(context: &BundleContext<'_>, name: &str) -> bool {
    let spec = context.layout.file(name);
    spec.is_some() && context.specs.contains(&spec)
}

/// What the first records of a file say of its mode: those of a delta have a status.
pub fn mode_of(context: &BundleContext<'_>, name: &str) -> &'static str {
    let Some(file) = context.file(name).map(|at| &context.peeks[at]) else {
        return "absent";
    };
    let status = file.labels.iter().position(|label| label == "status");
    let filled = |row: &Vec<String>| {
        let cell = status.and_then(|status| row.get(status));
        cell.is_some_and(|cell| !cell.trim().is_empty())
    };
    if file.rows.iter().any(|(_, row)| filled(row)) {
        "delta"
    } else {
        "bulk"
    }
}
