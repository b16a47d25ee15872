//! JSON Schemas for the files of a OneRoster 1.2 bundle, from the same tables that Hallpass reads.
//! Keys and references are left out: a schema of one record cannot say them.

use crate::Result;
use serde_json::{Map, Value, json};
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

/// How JSON writes the values of a column.
#[derive(Clone, Copy)]
pub enum Kind {
    Text,
    Boolean,
    Number,
}

const IDENTIFIER: &str = "[A-Za-z0-9._/@-]+";

/// The schema of a record of a file, and the kinds of its columns.
pub fn of(file: &str) -> Result<(Value, BTreeMap<String, Kind>)> {
    let mut reader = csv::Reader::from_path(tables().join("v1p2/layout.csv"))?;
    let mut properties = Map::new();
    let mut required = Vec::new();
    let mut kinds = BTreeMap::new();
    for row in reader.deserialize() {
        let row: BTreeMap<String, String> = row?;
        let cell = |label: &str| row.get(label).map_or("", String::as_str);
        if cell("file") != file {
            continue;
        }
        let (kind, mut property) = property(cell("type"), cell("codes"), cell("pattern"))?;
        if cell("required") == "yes" {
            required.push(json!(cell("field")));
        } else {
            property = json!({"anyOf": [{"type": "null"}, property]});
        }
        if cell("prohibited") == "when mode=bulk" {
            property = json!({"type": "null"});
        }
        properties.insert(cell("field").to_owned(), property);
        kinds.insert(cell("field").to_owned(), kind);
    }
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": properties,
        "required": required,
    });
    Ok((schema, kinds))
}

fn property(kind: &str, codes: &str, pattern: &str) -> Result<(Kind, Value)> {
    let text = |pattern: String| (Kind::Text, json!({"type": "string", "pattern": pattern}));
    let format = |format: &str| (Kind::Text, json!({"type": "string", "format": format}));
    Ok(match kind {
        "identifier" => (
            Kind::Text,
            json!({"type": "string", "maxLength": 255, "pattern": format!("^{IDENTIFIER}$")}),
        ),
        "list of identifier" => text(format!("^{IDENTIFIER}(,{IDENTIFIER})*$")),
        "code" => (Kind::Text, json!({"enum": code_list(codes)?})),
        "open code" => text(format!("^({}|ext:.*)$", code_list(codes)?.join("|"))),
        "date" => format("date"),
        "datetime" => format("date-time"),
        "email" => format("email"),
        "year" => text("^[0-9]{4}$".to_owned()),
        "boolean" => (Kind::Boolean, json!({"type": "boolean"})),
        "integer" => (Kind::Number, json!({"type": "integer"})),
        "decimal" => (Kind::Number, json!({"type": "number"})),
        _ if pattern.is_empty() => (Kind::Text, json!({"type": "string"})),
        // The pattern of an item of a list, for all of them.
        _ => {
            let item = pattern.trim_start_matches('^').trim_end_matches('$');
            text(format!("^{item}(,{item})*$"))
        }
    })
}

fn code_list(name: &str) -> Result<Vec<String>> {
    let mut reader = csv::Reader::from_path(tables().join(format!("codes/{name}.csv")))?;
    let codes = reader
        .records()
        .map(|row| Ok(row?.get(0).unwrap_or_default().to_owned()));
    codes.collect()
}

fn tables() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../src/formats/oneroster")
}
