//! Reports against `docs/report.schema.json`. Only the keywords that it uses are understood;
//! another one is a fault, too.

use serde_json::Value;

/// What is wrong with a report.
pub fn faults(report: &Value) -> Vec<String> {
    let text = std::fs::read_to_string(super::at_root("docs/report.schema.json")).unwrap();
    let root = serde_json::from_str(&text).unwrap();
    let mut out = Vec::new();
    walk(&root, &root, report, "report", &mut out);
    out
}

fn walk(root: &Value, schema: &Value, value: &Value, at: &str, out: &mut Vec<String>) {
    for (keyword, rule) in schema.as_object().unwrap() {
        let members = || value.as_object().into_iter().flatten();
        let fine = match keyword.as_str() {
            "$schema" | "$id" | "$defs" | "title" | "description" | "format" => true,
            "minimum" => value.as_u64() >= rule.as_u64(),
            "const" => rule == value,
            "enum" => rule.as_array().unwrap().contains(value),
            "type" => match rule.as_array() {
                Some(any) => any.iter().any(|one| is(one, value)),
                None => is(rule, value),
            },
            "required" => {
                let names = rule.as_array().unwrap().iter();
                names
                    .map(|name| name.as_str().unwrap())
                    .all(|name| value.get(name).is_some())
            }
            "additionalProperties" => {
                rule == false && members().all(|(name, _)| schema["properties"].get(name).is_some())
            }
            "properties" => {
                for (name, value) in members() {
                    if let Some(rule) = rule.get(name) {
                        walk(root, rule, value, &format!("{at}.{name}"), out);
                    }
                }
                true
            }
            "items" => {
                for item in value.as_array().into_iter().flatten() {
                    walk(root, rule, item, at, out);
                }
                true
            }
            "$ref" => {
                let name = rule.as_str().unwrap().strip_prefix("#/$defs/").unwrap();
                walk(root, &root["$defs"][name], value, at, out);
                true
            }
            _ => false,
        };
        if !fine {
            out.push(format!("{at}: {keyword} {rule}, found {value}"));
        }
    }
}

fn is(kind: &Value, value: &Value) -> bool {
    match kind.as_str().unwrap() {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_u64(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => false,
    }
}
