//! A field of a Table Schema.

use serde_json::Value;

use super::kinds::{Kind, kind};
use super::{Place, is_true, word};
use crate::layout::{Columns, Confidence, Field, Key, Label, Longer, Range, Required};
use crate::types::pattern::Pattern;
use crate::types::{Code, CodeList, Type};
use crate::{Error, Result};

/// Constraints that are read here or beside it, or say nothing.
const READ: [&str; 8] = [
    "required",
    "unique",
    "minLength",
    "maxLength",
    "pattern",
    "enum",
    "minimum",
    "maximum",
];

/// A field, without its keys.
///
/// # Errors
/// It has no name or an unknown type, or a constraint cannot be read.
pub(super) fn field(value: &Value, place: &mut Place<'_>) -> Result<Field> {
    let Some(name) = word(value, "name")
        .map(str::trim)
        .filter(|name| !name.is_empty())
    else {
        return Err(place.wrong("a field has no `name`", "a name for each"));
    };
    let Kind {
        mut kind,
        mut pattern,
        example,
    } = kind(value, name, place)?;
    let constraints = value.get("constraints").unwrap_or(&Value::Null);
    let allowed = constraints.get("enum").or_else(|| value.get("categories"));
    if let Some(allowed) = allowed {
        match codes(allowed).filter(|_| matches!(kind, Type::String | Type::Integer | Type::Year)) {
            Some(list) => kind = Type::Code(list.map_err(|told| wrong(place, name, &told))?),
            None => place.leave(format!("whether `{name}` is one of the values of `enum`")),
        }
    }
    if let Some(text) = word(constraints, "pattern") {
        match Pattern::read(text) {
            Ok(read) if pattern.is_none() => pattern = Some(read),
            _ => place.leave(format!("whether `{name}` matches `{text}`")),
        }
    }
    let range = range(constraints, &kind, name, place);
    for (what, _) in constraints.as_object().into_iter().flatten() {
        if !READ.contains(&what.as_str()) {
            place.leave(format!("`{what}` of `{name}`"));
        }
    }
    Ok(Field {
        name: name.to_owned(),
        aliases: Vec::new(),
        columns: Columns::One,
        kind,
        required: match is_true(constraints.get("required")) {
            true => Required::Yes,
            false => Required::No,
        },
        prohibited: Required::No,
        length: length(constraints, place, name)?,
        bytes: None,
        longer: Longer::Refused,
        range,
        pattern,
        example,
        codes: None,
        key: Key::None,
        reference: None,
        synonyms: Vec::new(),
        label: Label::AsAll,
        secret: false,
        confidence: Confidence::High,
        source: String::new(),
    })
}

fn wrong(place: &Place<'_>, name: &str, told: &str) -> Error {
    place.wrong(&format!("`{name}`: {told}"), "a schema that holds")
}

/// The allowed values, as texts or as objects with a `value`; none where some are neither text nor
/// whole numbers.
fn codes(allowed: &Value) -> Option<std::result::Result<CodeList, String>> {
    let codes = allowed.as_array()?.iter().map(|allowed| {
        let value = allowed.get("value").unwrap_or(allowed);
        let code = match value {
            Value::String(text) => text.clone(),
            Value::Number(number) if number.is_i64() => number.to_string(),
            _ => return None,
        };
        Some(Code {
            code,
            meaning: word(allowed, "label").unwrap_or_default().to_owned(),
            synonyms: Vec::new(),
        })
    });
    // An empty text allows an empty cell, which is allowed anyway where it is not required.
    let codes: Option<Vec<Code>> = codes.collect();
    let codes = codes?.into_iter().filter(|code| !code.code.is_empty());
    Some(CodeList::new(codes.collect()))
}

fn length(constraints: &Value, place: &Place<'_>, name: &str) -> Result<Option<(usize, usize)>> {
    let end = |what: &str, usual| match constraints.get(what) {
        None => Some(usual),
        Some(value) => usize::try_from(value.as_u64()?).ok(),
    };
    match (end("minLength", 0), end("maxLength", usize::MAX)) {
        (Some(0), Some(usize::MAX)) => Ok(None),
        (Some(least), Some(most)) if least <= most => Ok(Some((least, most))),
        _ => Err(wrong(
            place,
            name,
            "`minLength` and `maxLength` are no range",
        )),
    }
}

fn range(constraints: &Value, kind: &Type, name: &str, place: &mut Place<'_>) -> Option<Range> {
    let number = |what: &str, usual| match constraints.get(what) {
        None => Some(usual),
        Some(Value::String(text)) => text.parse().ok(),
        Some(value) => value.as_f64(),
    };
    if constraints.get("minimum").is_none() && constraints.get("maximum").is_none() {
        return None;
    }
    let ends = number("minimum", f64::NEG_INFINITY).zip(number("maximum", f64::INFINITY));
    let counts = matches!(kind, Type::Integer | Type::Decimal | Type::Year);
    let Some((least, most)) = ends.filter(|(least, most)| counts && least <= most) else {
        place.leave(format!("`minimum` and `maximum` of `{name}`"));
        return None;
    };
    let shown = |end: f64| {
        if end.is_finite() {
            end.to_string()
        } else {
            String::new()
        }
    };
    Some(Range {
        least,
        most,
        text: format!("{}..{}", shown(least), shown(most)),
    })
}
