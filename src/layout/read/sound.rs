//! What rows of layout.csv say that cannot hold, each told at its cell.

use std::collections::{HashMap, HashSet};

use super::row::Row;
use crate::Error;
use crate::layout::{Field, FileSpec, Key, Layout, Required};

/// Labels with a `*` in a layout, at most: each is held against each label of a header.
const MOST_FAMILIES: usize = 1_000;

/// Sees that no label is that of two fields of a layout that was read from these rows.
pub(super) fn labels(rows: &[Row], layout: &Layout) -> Result<(), Error> {
    let files = layout.files.iter();
    let files: HashMap<&str, &FileSpec> = files.map(|file| (file.name.as_str(), file)).collect();
    let file = |row: &Row| files.get(row.get("file")).copied();
    let mut fields = HashMap::new();
    let mut families = 0;
    for row in rows {
        let Some(spec) = file(row) else { continue };
        let name = row.get("field");
        let labels = std::iter::once(name.to_owned()).chain(row.list("aliases"));
        families += labels.filter(|label| label.contains('*')).count();
        if families > MOST_FAMILIES {
            let told = format!("more than {MOST_FAMILIES} labels have a `*`; expected fewer");
            return Err(row.told("field", &told));
        }
        let label = spec.case.fold(name).into_owned();
        if fields.insert((&spec.name, label), name).is_some() {
            return Err(row.wrong("field", "a name that no other field of the file has"));
        }
    }
    for row in rows {
        let Some(spec) = file(row) else { continue };
        let name = row.get("field");
        for alias in row.list("aliases") {
            let label = spec.case.fold(&alias).into_owned();
            let other = fields.insert((&spec.name, label), name);
            if let Some(other) = other.filter(|other| *other != name) {
                let told = format!("`{alias}` is a label of `{other}`, too; expected one field");
                return Err(row.told("aliases", &told));
            }
        }
    }
    Ok(())
}

/// Sees that no cell of a field has to be filled and empty at once.
pub(super) fn cells(row: &Row, field: &Field) -> Result<(), Error> {
    let both = match (&field.required, &field.prohibited) {
        (Required::Yes | Required::When(_), Required::Yes) => true,
        (Required::When(one), Required::When(other)) => {
            let mut values = one.values.iter();
            one.field == other.field && values.any(|value| other.values.contains(value))
        }
        _ => false,
    };
    match both {
        true => Err(row.wrong("prohibited", "possible for a field that is required then")),
        false => Ok(()),
    }
}

/// Sees that what fields name identifies a record.
pub(super) fn references(rows: &[Row], layout: &Layout) -> Result<(), Error> {
    let keys = layout.files.iter().flat_map(|file| {
        let fields = file.fields.iter().filter(|field| field.key != Key::None);
        let alone = file.keys.iter().filter(|key| key.len() == 1).flatten();
        let names = fields.map(|field| &field.name).chain(alone);
        names.map(|name| format!("{}/{name}", file.name))
    });
    let keys: HashSet<String> = keys.collect();
    let no_key = |row: &&Row| {
        let text = row.get("reference");
        let target = text.split_once(" when ").map_or(text, |(target, _)| target);
        !text.is_empty() && !keys.contains(target)
    };
    let expected = "the key of a file; expected one of its fields that is `key` or `unique`";
    rows.iter()
        .find(no_key)
        .map_or(Ok(()), |row| Err(row.wrong("reference", expected)))
}
