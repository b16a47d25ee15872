//! Writes a layout as a Data Package descriptor. What Table Schema cannot say stands in descriptions.

use serde_json::{Map, Value, json};

use crate::layout::write::required;
use crate::layout::{
    Columns, Extra, Field, FileSpec, Key, Labels, Layout, Order, Quotes, Range, Required,
};
use crate::types::Type;

/// The layout as a Data Package descriptor (Table Schema, version 2). What the standard cannot say,
/// such as conditions, stands in the field's description.
pub fn to_data_package(layout: &Layout, id: &str) -> String {
    let resources: Vec<Value> = layout
        .files
        .iter()
        .map(|file| resource(layout, file))
        .collect();
    let package = json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": id,
        "resources": resources,
    });
    let mut text = serde_json::to_string_pretty(&package).unwrap_or_default();
    text.push('\n');
    text
}

fn resource(layout: &Layout, file: &FileSpec) -> Value {
    let mut schema = Map::new();
    schema.insert(
        "$schema".into(),
        json!("https://datapackage.org/profiles/2.0/tableschema.json"),
    );
    schema.insert("fields".into(), file.fields.iter().map(field).collect());
    if let Some(matches) = matches(file) {
        schema.insert("fieldsMatch".into(), json!(matches));
    }
    if let Some(key) = file.key() {
        schema.insert("primaryKey".into(), json!([file.fields[key].name]));
    }
    if !file.keys.is_empty() {
        schema.insert("uniqueKeys".into(), json!(file.keys));
    }
    if !file.missing.is_empty() {
        let words: Vec<&str> = std::iter::once("")
            .chain(file.missing.iter().map(String::as_str))
            .collect();
        schema.insert("missingValues".into(), json!(words));
    }
    let references: Vec<Value> = file
        .fields
        .iter()
        .filter(|field| !matches!(field.kind, Type::List(_)))
        .filter_map(|field| {
            let to = field.reference.as_ref()?;
            let known = layout.file(&to.file).is_some();
            let resource = if to.file == file.name { String::new() } else { stem(&to.file) };
            known.then(|| {
                json!({"fields": [field.name], "reference": {"resource": resource, "fields": [to.field]}})
            })
        })
        .collect();
    if !references.is_empty() {
        schema.insert("foreignKeys".into(), references.into());
    }
    let mut resource = json!({
        "name": stem(&file.name),
        "title": file.title,
        "path": file.name,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    });
    if file.delimiter != b',' {
        resource["dialect"]["delimiter"] = json!(char::from(file.delimiter).to_string());
    }
    if file.quotes == Quotes::Literal {
        resource["dialect"]["quoteChar"] = Value::Null;
    }
    resource
}

/// How the labels of the file are those of its fields; none where that is to the letter, as tools take
/// it where nothing is said.
fn matches(file: &FileSpec) -> Option<&'static str> {
    match (file.labels, file.order, &file.extra) {
        (Labels::All, Order::Fixed, Extra::None) => None,
        (Labels::All, _, Extra::None) => Some("equal"),
        (Labels::All, _, _) => Some("subset"),
        (Labels::Required, _, Extra::None) => Some("superset"),
        (Labels::Required, _, _) => Some("partial"),
    }
}

/// The name of a resource: small letters, no ending.
fn stem(file: &str) -> String {
    let name = file.strip_suffix(".csv").unwrap_or(file).to_lowercase();
    name.replace('*', "any")
}

/// What identifiers look like.
const IDENTIFIER: &str = r"[A-Za-z0-9._/@\-]{1,255}";

fn field(field: &Field) -> Value {
    let kind = match &field.kind {
        Type::Date => "date",
        Type::DateTime => "datetime",
        Type::Boolean => "boolean",
        Type::Integer => "integer",
        Type::Decimal => "number",
        Type::Year => "year",
        Type::List(_) => "list",
        _ => "string",
    };
    let mut out = Map::new();
    out.insert("name".into(), json!(field.name));
    out.insert("type".into(), json!(kind));
    match &field.kind {
        Type::Email => drop(out.insert("format".into(), json!("email"))),
        // Others take more words for true and false where none are named.
        Type::Boolean => {
            out.insert("trueValues".into(), json!(["true"]));
            out.insert("falseValues".into(), json!(["false"]));
        }
        Type::List(item) => {
            let item = match **item {
                Type::Date => "date",
                Type::DateTime => "datetime",
                Type::Boolean => "boolean",
                Type::Integer => "integer",
                Type::Decimal => "number",
                _ => "string",
            };
            out.insert("itemType".into(), json!(item));
        }
        _ => {}
    }
    let mut limits = Map::new();
    let mut notes = Vec::new();
    match field.columns {
        Columns::One => {}
        Columns::Many => notes.push("any number of columns".to_owned()),
        Columns::Distinct => notes.push("any number of columns, labels distinct".to_owned()),
    }
    match &field.required {
        Required::Yes => drop(limits.insert("required".into(), json!(true))),
        Required::No => {}
        other => notes.push(format!("required: {}", required(other))),
    }
    if field.secret {
        notes.push("secret".to_owned());
    }
    if let Some(most) = field.bytes {
        notes.push(format!("at most {most} bytes"));
    }
    if field.prohibited != Required::No {
        notes.push(format!("prohibited: {}", required(&field.prohibited)));
    }
    if field.key != Key::None {
        limits.insert("unique".into(), json!(true));
    }
    let is_text = kind == "string";
    if let Some((least, most)) = field.length.filter(|_| !is_text) {
        let most = if most < usize::MAX {
            most.to_string()
        } else {
            String::new()
        };
        notes.push(format!("{least}..{most} characters"));
    } else if let Some((least, most)) = field.length {
        if least > 0 {
            limits.insert("minLength".into(), json!(least));
        }
        if most < usize::MAX {
            limits.insert("maxLength".into(), json!(most));
        }
    }
    if let Some(range) = field
        .range
        .as_ref()
        .filter(|_| !matches!(kind, "integer" | "number"))
    {
        notes.push(format!("numbers {}", range.text));
    } else if let Some(Range { least, most, .. }) = field.range {
        for (name, end) in [("minimum", least), ("maximum", most)] {
            if end.is_finite() {
                limits.insert(name.into(), json!(end));
            }
        }
    }
    let list = matches!(field.kind, Type::List(_));
    match (&field.kind, field.kind.codes()) {
        (Type::Code(_), Some(codes)) => {
            let codes: Vec<&str> = codes
                .codes()
                .iter()
                .map(|code| code.code.as_str())
                .collect();
            limits.insert("enum".into(), json!(codes));
        }
        (_, Some(codes)) => notes.push(
            codes
                .codes()
                .iter()
                .map(|code| code.code.as_str())
                .collect::<Vec<_>>()
                .join(", "),
        ),
        (_, None) => {}
    }
    match &field.pattern {
        Some(pattern) if list => notes.push(format!("each item: {}", pattern.text())),
        // Table Schema has patterns, and lengths in characters, for text alone.
        Some(pattern) if !is_text => notes.push(format!("pattern: {}", pattern.text())),
        // Some tools take what stands at the ends of alternatives for the ends of the value.
        Some(pattern) if pattern.text().contains('|') => {
            limits.insert("pattern".into(), json!(format!("({})", pattern.text())));
        }
        Some(pattern) => drop(limits.insert("pattern".into(), json!(pattern.text()))),
        None if field.kind == Type::Identifier => {
            limits.insert("pattern".into(), json!(IDENTIFIER));
        }
        None => {}
    }
    if !limits.is_empty() {
        out.insert("constraints".into(), limits.into());
    }
    if !notes.is_empty() {
        out.insert("description".into(), json!(notes.join("; ")));
    }
    out.into()
}
