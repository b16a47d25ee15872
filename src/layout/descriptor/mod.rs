//! Reads a Data Package descriptor, of version 1 or 2: a package, one of its resources, or a Table
//! Schema alone. What it says that no check of ours can tell is kept in words, not dropped.

mod field;
mod kinds;
mod moment;
mod once;
#[cfg(test)]
mod tests;
mod write;

use std::collections::HashSet;

use serde_json::Value;

use super::read::{MOST_FIELDS, MOST_FILES, MOST_KEYS, file_of, whole};
use super::{
    Case, Extra, FileSpec, Key, Label, Labels, Layout, Order, Quotes, Reference, Required,
};
use crate::{Error, Result};
use field::field;
use once::Once;
pub use write::to_data_package;

/// The name of the file that a schema alone describes.
const ALONE: &str = "data.csv";

/// What reads a part of a descriptor: where it stands, and what was left unread so far.
struct Place<'a> {
    /// What the descriptor is called.
    name: &'a str,
    /// The file of the layout, once it is known.
    file: String,
    unread: &'a mut Vec<String>,
}

impl Place<'_> {
    fn wrong(&self, what: &str, expected: &str) -> Error {
        let Place { name, file, .. } = self;
        let of = if file.is_empty() {
            String::new()
        } else {
            format!(", {file}")
        };
        Error::usage(format!("{name}{of}: {what}; expected {expected}"))
    }

    /// Notes what is not checked.
    fn leave(&mut self, what: String) {
        let Place { name, file, .. } = self;
        let of = if file == ALONE {
            String::new()
        } else {
            format!("{file}, ")
        };
        self.unread.push(format!("{what} ({of}as {name} asks)"));
    }
}

/// The layout that a descriptor describes; `name` is what messages call it.
///
/// # Errors
/// The text is no JSON or no descriptor, or what it describes makes no layout; the message names the
/// file and the field.
pub fn from_descriptor(text: &str, name: &str) -> Result<Layout> {
    let mut unread = Vec::new();
    let mut place = Place {
        name,
        file: String::new(),
        unread: &mut unread,
    };
    let text = text.trim_start_matches('\u{FEFF}');
    let Once(whole_of_it) = serde_json::from_str(text).map_err(|error| {
        let is = if error.is_data() { "" } else { " is not JSON" };
        Error::usage(format!("{name}{is}: {error}"))
    })?;
    let resources = match whole_of_it.get("resources") {
        Some(Value::Array(all)) if !all.is_empty() => all.as_slice(),
        Some(_) => return Err(place.wrong("`resources` is no list", "at least one resource")),
        None => std::slice::from_ref(&whole_of_it),
    };
    let fields = |resource| {
        schema(resource)
            .get("fields")
            .and_then(Value::as_array)
            .map_or(0, Vec::len)
    };
    let all: usize = resources.iter().map(fields).sum();
    if resources.len() > MOST_FILES || all > MOST_FIELDS {
        let expected = format!("at most {MOST_FILES} files and {MOST_FIELDS} fields");
        return Err(place.wrong("the layout is too large", &expected));
    }
    let mut layout = Layout::default();
    let mut names = Vec::new();
    for resource in resources {
        let file = self::resource(resource, &mut place)?;
        if layout.file(&file.name).is_some() {
            return Err(place.wrong("two resources have this file", "a file for each"));
        }
        names.push(word(resource, "name").unwrap_or_default().to_owned());
        layout.files.push(file);
    }
    for (at, resource) in resources.iter().enumerate() {
        place.file = layout.files[at].name.clone();
        for (field, reference) in references(schema(resource), &names, &layout, at, &mut place)? {
            layout.files[at].fields[field].reference = Some(reference);
        }
    }
    layout.unread = unread;
    whole(&layout, name)?;
    Ok(layout)
}

/// The schema of a resource, or what is one itself.
fn schema(resource: &Value) -> &Value {
    resource.get("schema").unwrap_or(resource)
}

/// A resource, its references left out.
fn resource(resource: &Value, place: &mut Place<'_>) -> Result<FileSpec> {
    place.file = match resource.get("path") {
        Some(Value::String(path)) if path.contains("://") => {
            return Err(place.wrong(&format!("`{path}` is an address"), "the path of a file"));
        }
        Some(Value::String(path)) => path.rsplit(['/', '\\']).next().unwrap_or(path).to_owned(),
        Some(_) => return Err(place.wrong("`path` is no text", "the path of one file")),
        None if resource.get("data").is_some() => {
            return Err(place.wrong("a resource holds its data itself", "`path`"));
        }
        None => ALONE.to_owned(),
    };
    let schema = schema(resource);
    if schema.is_string() {
        return Err(place.wrong("`schema` is a path", "the schema itself, as an object"));
    }
    let Some(Value::Array(fields)) = schema.get("fields") else {
        return Err(place.wrong("there are no `fields`", "a Table Schema with `fields`"));
    };
    if place.file.contains('*') {
        return Err(place.wrong("`path` holds a `*`", "the path of one file"));
    }
    let mut file = file_of(&place.file)?;
    file.any_name = resource.get("path").is_none();
    file.title = word(resource, "title").unwrap_or_default().to_owned();
    matches(schema, &mut file, place)?;
    dialect(
        resource.get("dialect").unwrap_or(&Value::Null),
        &mut file,
        place,
    )?;
    if let Some(values) = schema.get("missingValues") {
        file.missing = missing(values).ok_or_else(|| {
            place.wrong(
                "`missingValues` is no list of texts",
                "such as [\"\", \"NA\"]",
            )
        })?;
    }
    let mut names = HashSet::new();
    for value in fields {
        let mut field = field(value, place)?;
        if file.labels == Labels::Required && field.required == Required::Yes && lacks(schema) {
            field.label = Label::Optional;
        }
        let own = value.get("missingValues").and_then(missing);
        if own.is_some_and(|own| own != file.missing) {
            place.leave(format!(
                "what stands for an empty cell in `{}` alone",
                field.name
            ));
        }
        if !names.insert(field.name.clone()) {
            return Err(place.wrong(&format!("two fields are called `{}`", field.name), "one"));
        }
        if is_true(value.get("constraints").and_then(|all| all.get("unique"))) {
            file.keys.push(vec![field.name.clone()]);
        }
        file.fields.push(field);
    }
    keys(schema, &mut file, place)?;
    Ok(file)
}

/// Whether the data may lack fields of the schema.
fn lacks(schema: &Value) -> bool {
    matches!(matching(schema), Some("superset" | "partial"))
}

/// How the fields of the data match those of the schema; version 2 has it as a word or in a list.
fn matching(schema: &Value) -> Option<&str> {
    match schema.get("fieldsMatch")? {
        Value::Array(all) => all.first()?.as_str(),
        other => other.as_str(),
    }
}

fn matches(schema: &Value, file: &mut FileSpec, place: &Place<'_>) -> Result<()> {
    (file.labels, file.order, file.extra) = match matching(schema).unwrap_or("exact") {
        "exact" => (Labels::All, Order::Fixed, Extra::None),
        "equal" => (Labels::All, Order::Any, Extra::None),
        "subset" => (Labels::All, Order::Any, Extra::Any),
        "superset" => (Labels::Required, Order::Any, Extra::None),
        "partial" => (Labels::Required, Order::Any, Extra::Any),
        other => {
            let what = format!("`{other}` in `fieldsMatch`");
            return Err(place.wrong(&what, "exact, equal, subset, superset or partial"));
        }
    };
    Ok(())
}

/// How cells are separated, of version 1 or 2, where it may stand below `csv`, too.
fn dialect(dialect: &Value, file: &mut FileSpec, place: &mut Place<'_>) -> Result<()> {
    let dialect = dialect.get("csv").unwrap_or(dialect);
    if let Some(delimiter) = word(dialect, "delimiter") {
        file.delimiter = match delimiter.as_bytes() {
            [byte @ (b',' | b'\t' | b';' | b'|')] => *byte,
            _ => {
                let what = format!("the delimiter `{delimiter}`");
                return Err(place.wrong(&what, "a comma, tab, semicolon or `|`"));
            }
        };
    }
    match dialect.get("quoteChar") {
        None => {}
        Some(Value::Null) => file.quotes = Quotes::Literal,
        Some(Value::String(quote)) if quote == "\"" => {}
        Some(other) => return Err(place.wrong(&format!("the quote {other}"), "`\"` or null")),
    }
    if dialect.get("header") == Some(&Value::Bool(false)) {
        return Err(place.wrong("`header` is false", "a file with a header"));
    }
    if dialect.get("caseSensitiveHeader") == Some(&Value::Bool(false)) {
        file.case = Case::Any;
    }
    for name in [
        "escapeChar",
        "commentChar",
        "commentRows",
        "headerRows",
        "headerJoin",
        "nullSequence",
    ] {
        let usual = |value: &Value| value.is_null() || *value == serde_json::json!([1]);
        if dialect.get(name).is_some_and(|value| !usual(value)) {
            place.leave(format!("`{name}` of the dialect"));
        }
    }
    Ok(())
}

/// The words that stand for an empty cell, `""` left out.
fn missing(values: &Value) -> Option<Vec<String>> {
    let values = values.as_array()?.iter();
    let values = values.map(|value| value.as_str().or_else(|| word(value, "value")));
    let values = values.map(|value| Some(value?.to_owned()));
    let values: Vec<String> = values.collect::<Option<_>>()?;
    Some(
        values
            .into_iter()
            .filter(|value| !value.is_empty())
            .collect(),
    )
}

/// What identifies a record, and what no two records share.
fn keys(schema: &Value, file: &mut FileSpec, place: &Place<'_>) -> Result<()> {
    let named = |value: &Value| {
        let names = names(value).filter(|names| !names.is_empty())?;
        names
            .iter()
            .all(|name| file.field(name).is_some())
            .then_some(names)
    };
    let wrong =
        |what: &str| place.wrong(&format!("`{what}` names no fields"), "fields of the schema");
    let mut keys = Vec::new();
    if let Some(value) = schema
        .get("primaryKey")
        .filter(|value| **value != serde_json::json!([]))
    {
        keys.push(named(value).ok_or_else(|| wrong("primaryKey"))?);
    }
    let primary = keys.first().cloned().unwrap_or_default();
    for value in schema
        .get("uniqueKeys")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        keys.push(named(value).ok_or_else(|| wrong("uniqueKeys"))?);
        if keys.len() > MOST_KEYS {
            let expected = format!("at most {MOST_KEYS}");
            return Err(place.wrong("there are too many `uniqueKeys`", &expected));
        }
    }
    // A primary key is whole in every record.
    for name in &primary {
        if let Some(at) = file.field(name) {
            file.fields[at].required = Required::Yes;
        }
    }
    if let [name] = primary.as_slice()
        && let Some(at) = file.field(name)
    {
        file.fields[at].key = Key::Key;
        file.keys.retain(|key| *key != primary);
        keys.retain(|key| *key != primary);
    }
    for key in keys {
        if !file.keys.contains(&key) {
            file.keys.push(key);
        }
    }
    Ok(())
}

/// The references of a file's fields. Those of several fields together are not looked up.
fn references(
    schema: &Value,
    resources: &[String],
    layout: &Layout,
    at: usize,
    place: &mut Place<'_>,
) -> Result<Vec<(usize, Reference)>> {
    let mut out: Vec<(usize, Reference)> = Vec::new();
    for key in schema
        .get("foreignKeys")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        let to = key.get("reference").unwrap_or(&Value::Null);
        let ends = key
            .get("fields")
            .and_then(names)
            .zip(to.get("fields").and_then(names));
        let Some((from, fields)) = ends.filter(|(from, to)| from.len() == to.len()) else {
            return Err(place.wrong("a foreign key has no fields", "`fields` and `reference`"));
        };
        let resource = word(to, "resource").unwrap_or_default();
        let target = match resource {
            "" | "self" => Some(at),
            name => resources.iter().position(|known| known == name),
        };
        let Some(target) = target.map(|target| &layout.files[target]) else {
            let what = format!("a foreign key names the resource `{resource}`");
            return Err(place.wrong(&what, "a resource of the package"));
        };
        let ([field], [named]) = (from.as_slice(), fields.as_slice()) else {
            let (from, file) = (from.join("`, `"), &target.name);
            place.leave(format!("whether `{from}` together name a record of {file}"));
            continue;
        };
        let Some(field) = layout.files[at].field(field) else {
            return Err(place.wrong(
                &format!("a foreign key has `{field}`"),
                "a field of the schema",
            ));
        };
        if out.iter().any(|(known, _)| *known == field) {
            place.leave(format!(
                "whether `{}` names a record of {}",
                from[0], target.name
            ));
            continue;
        }
        out.push((
            field,
            Reference {
                file: target.name.clone(),
                field: named.clone(),
                condition: None,
            },
        ));
    }
    Ok(out)
}

/// Names of fields: one, or a list.
fn names(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::String(name) => Some(vec![name.clone()]),
        Value::Array(all) => all
            .iter()
            .map(|name| Some(name.as_str()?.to_owned()))
            .collect(),
        _ => None,
    }
}

fn word<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name)?.as_str()
}

fn is_true(value: Option<&Value>) -> bool {
    value == Some(&Value::Bool(true))
}
