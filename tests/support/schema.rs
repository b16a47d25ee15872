//! Values against a schema, reports against `docs/report.schema.json`. Only the keywords that it uses are understood;
//! another one is a fault of the test.

use std::collections::BTreeSet;

use serde_json::Value;

/// The schema.
pub fn schema() -> Value {
    serde_json::from_str(include_str!("../../docs/report.schema.json")).unwrap()
}

/// What is wrong with a report, and into `seen` the path of every member that it has.
pub fn faults(report: &Value, seen: &mut BTreeSet<String>) -> Vec<String> {
    let root = schema();
    walk(&root, &root, report, "", seen)
}

/// What is wrong with `value`, and into `seen` the path of every member that it has.
pub fn walk(
    root: &Value,
    schema: &Value,
    value: &Value,
    at: &str,
    seen: &mut BTreeSet<String>,
) -> Vec<String> {
    let mut out = Vec::new();
    for (keyword, rule) in schema.as_object().unwrap() {
        let fine = match keyword.as_str() {
            "$schema" | "$id" | "$defs" | "title" | "description" | "format" => true,
            // Members are looked up under "properties".
            "additionalProperties" if rule == false => true,
            "additionalProperties" => {
                for member in value.as_object().into_iter().flat_map(|all| all.values()) {
                    out.extend(walk(root, rule, member, at, seen));
                }
                true
            }
            "minimum" => value.as_u64() >= rule.as_u64(),
            "$ref" => {
                let name = rule.as_str().unwrap().strip_prefix("#/$defs/").unwrap();
                out.extend(walk(root, &root["$defs"][name], value, name, seen));
                true
            }
            "const" => rule == value,
            "enum" => rule.as_array().unwrap().contains(value),
            "type" => match rule {
                Value::Array(any) => any.iter().any(|one| is(one, value)),
                one => is(one, value),
            },
            "items" => {
                for item in value.as_array().into_iter().flatten() {
                    out.extend(walk(root, rule, item, at, seen));
                }
                true
            }
            "required" => rule
                .as_array()
                .unwrap()
                .iter()
                .all(|name| value.get(name.as_str().unwrap()).is_some()),
            "properties" => {
                for (name, member) in value.as_object().into_iter().flatten() {
                    let path = format!("{at}/{name}");
                    match rule.get(name) {
                        Some(rule) => out.extend(walk(root, rule, member, &path, seen)),
                        None => out.push(format!("{path}: not in the schema")),
                    }
                    seen.insert(path);
                }
                true
            }
            _ => panic!("{at}: keyword {keyword} is not understood"),
        };
        if !fine {
            out.push(format!("{at}: {keyword} {rule}, found {value}"));
        }
    }
    out
}

fn is(name: &Value, value: &Value) -> bool {
    match name.as_str().unwrap() {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_u64(),
        "null" => value.is_null(),
        other => panic!("type {other} is not understood"),
    }
}
