//! The types of Table Schema as types of ours, or as patterns.

use serde_json::Value;

use super::moment;
use super::{Place, word};
use crate::Result;
use crate::types::pattern::Pattern;
use crate::types::{Code, CodeList, Type};

/// What a cell has to be.
pub(super) struct Kind {
    pub kind: Type,
    pub pattern: Option<Pattern>,
    pub example: Option<String>,
}

impl From<Type> for Kind {
    fn from(kind: Type) -> Kind {
        Kind {
            kind,
            pattern: None,
            example: None,
        }
    }
}

const UUID: &str = "[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}";
const NUMBER: &str = r"[+\-]?(\d+\.?\d*|\.\d+)([eE][+\-]?\d+)?|NaN|-?INF";
const MONTH: &str = r"\d{4}-(0[1-9]|1[0-2])";
const DURATION: &str = r"-?P(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?";
const POINT: &str = r"-?\d+(\.\d+)?, ?-?\d+(\.\d+)?";

/// The type of a field, from `type`, `format` and what goes with them.
///
/// # Errors
/// There is no such type.
pub(super) fn kind(field: &Value, name: &str, place: &mut Place<'_>) -> Result<Kind> {
    let format = word(field, "format").unwrap_or("default");
    let text = word(field, "type").unwrap_or("any");
    Ok(match (text, format) {
        ("string", "email") => Type::Email.into(),
        ("string", "uuid") => patterned(UUID, "5d0a7d5b-2c61-4b9e-9d2a-0f6f3b1e8c11"),
        ("string", "default") | ("any", _) => Type::String.into(),
        ("integer", _) => number(field, Type::Integer, name, place),
        ("number", _) if field.get("constraints").is_some_and(is_bounded) => {
            number(field, Type::Decimal, name, place)
        }
        ("number", _) => match number(field, Type::Decimal, name, place) {
            Kind {
                kind: Type::Decimal,
                ..
            } => patterned(NUMBER, "12.5"),
            other => other,
        },
        ("boolean", _) => boolean(field)
            .map_err(|told| place.wrong(&format!("`{name}`: {told}"), "values that differ"))?
            .into(),
        ("date", "default") => Type::Date.into(),
        // Years with a sign or more digits are years, too, but none that tables have.
        ("year", _) => Type::Year.into(),
        ("yearmonth", _) => patterned(MONTH, "2026-11"),
        ("duration", _) => patterned(DURATION, "P1Y2M3DT10H30M"),
        ("geopoint", "default") => patterned(POINT, "90.50, 45.50"),
        ("datetime", "default") => patterned(moment::DATETIME, "2026-11-21T08:00:00Z"),
        ("time", "default") => patterned(moment::TIME, "08:00:00"),
        ("date" | "datetime" | "time", format) => match moment::pattern(format) {
            Some((text, example)) => patterned(&text, &example),
            None => left(field, name, place),
        },
        ("list", _) if word(field, "delimiter").is_none_or(|delimiter| delimiter == ",") => {
            let item = match word(field, "itemType").unwrap_or("string") {
                "integer" => Type::Integer,
                "date" => Type::Date,
                _ => Type::String,
            };
            Type::List(Box::new(item)).into()
        }
        ("string" | "object" | "array" | "list" | "geojson" | "geopoint", _) => {
            left(field, name, place)
        }
        _ => {
            let what = format!("`{text}` is the type of `{name}`");
            return Err(place.wrong(&what, "a type of Table Schema"));
        }
    })
}

/// Any text, as we cannot tell whether it is right.
fn left(field: &Value, name: &str, place: &mut Place<'_>) -> Kind {
    let kind = word(field, "type").unwrap_or_default();
    let format =
        word(field, "format").map_or(String::new(), |format| format!(" in the form `{format}`"));
    place.leave(format!("whether `{name}` is a {kind}{format}"));
    Type::String.into()
}

fn patterned(text: &str, example: &str) -> Kind {
    let pattern = Pattern::read(text).ok();
    Kind {
        kind: Type::String,
        example: pattern.as_ref().map(|_| example.to_owned()),
        pattern,
    }
}

fn is_bounded(constraints: &Value) -> bool {
    constraints.get("minimum").is_some() || constraints.get("maximum").is_some()
}

/// Numbers, where they are written as everywhere.
fn number(field: &Value, kind: Type, name: &str, place: &mut Place<'_>) -> Kind {
    let own = field.get("groupChar").is_some()
        || field.get("bareNumber") == Some(&Value::Bool(false))
        || word(field, "decimalChar").is_some_and(|point| point != ".");
    if own {
        left(field, name, place)
    } else {
        kind.into()
    }
}

/// The words for true and false.
fn boolean(field: &Value) -> std::result::Result<Type, String> {
    let words = |which: &str, usual: [&str; 4]| match field.get(which).and_then(Value::as_array) {
        Some(all) => all
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
        None => usual.map(str::to_owned).to_vec(),
    };
    let yes: Vec<String> = words("trueValues", ["true", "True", "TRUE", "1"]);
    let no: Vec<String> = words("falseValues", ["false", "False", "FALSE", "0"]);
    if yes == ["true"] && no == ["false"] {
        return Ok(Type::Boolean);
    }
    let codes = [(yes, "true"), (no, "false")]
        .into_iter()
        .flat_map(|(words, meaning)| {
            words.into_iter().map(move |code| Code {
                code,
                meaning: meaning.to_owned(),
                synonyms: Vec::new(),
            })
        });
    Ok(Type::Code(CodeList::new(codes.collect())?))
}
