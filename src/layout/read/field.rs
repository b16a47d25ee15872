//! A row of layout.csv.

use std::collections::HashMap;

use super::row::{Row, confidence};
use crate::Error;
use crate::layout::{Columns, Condition, Field, Key, Label, Longer, Range, Reference, Required};
use crate::types::pattern::Pattern;
use crate::types::{CodeList, Type};

/// What many fields share is read once.
#[derive(Default)]
pub(super) struct Read {
    lists: HashMap<String, CodeList>,
    patterns: HashMap<String, Pattern>,
}

pub(super) fn field(
    row: &Row,
    codes: &dyn Fn(&str) -> Option<String>,
    known: &mut Read,
) -> Result<Field, Error> {
    let name = row.get("codes");
    if !name.is_empty() && !known.lists.contains_key(name) {
        let text = codes(name).ok_or_else(|| {
            let expected = format!("the name of a code list; expected codes/{name}.csv beside it");
            row.wrong("codes", &expected)
        })?;
        let list = CodeList::read(&text);
        let list = list.map_err(|told| row.told("codes", &format!("in `{name}`, {told}")))?;
        known.lists.insert(name.to_owned(), list);
    }
    let list = known.lists.get(name).cloned();
    let text = row.get("pattern");
    if !text.is_empty() && !known.patterns.contains_key(text) {
        let pattern = Pattern::read(text).map_err(|told| row.told("pattern", &told))?;
        known.patterns.insert(text.to_owned(), pattern);
    }
    let pattern = known.patterns.get(text).cloned();
    Ok(Field {
        name: row.get("field").to_owned(),
        aliases: row.list("aliases"),
        columns: columns(row)?,
        kind: Type::read(row.get("type"), list).map_err(|told| row.told("type", &told))?,
        required: required(row, "required")?,
        prohibited: required(row, "prohibited")?,
        length: length(row)?,
        bytes: match row.get("bytes") {
            "" => None,
            text => Some(text.parse().map_err(|_| row.wrong("bytes", "a number"))?),
        },
        longer: match row.get("longer") {
            "refused" | "" => Longer::Refused,
            "cut" => Longer::Cut,
            _ => return Err(row.wrong("longer", "refused or cut")),
        },
        range: range(row)?,
        example: example(row, pattern.as_ref())?,
        pattern,
        codes: Some(row.get("codes"))
            .filter(|text| !text.is_empty())
            .map(str::to_owned),
        key: match row.get("key") {
            "" => Key::None,
            "key" => Key::Key,
            "unique" => Key::Unique,
            _ => return Err(row.wrong("key", "key, unique or blank")),
        },
        reference: reference(row)?,
        synonyms: row.list("synonyms"),
        label: match row.get("label") {
            "" => Label::AsAll,
            "optional" => Label::Optional,
            "required" => Label::Required,
            _ => return Err(row.wrong("label", "optional, required or blank")),
        },
        secret: row.yes("secret")?,
        confidence: confidence(row)?,
        source: row.get("source").to_owned(),
    })
}

/// How many columns a field has. One that may have several has no part in what relates fields.
fn columns(row: &Row) -> Result<Columns, Error> {
    let columns = match row.get("columns") {
        "" if row.get("field").contains('*') => Columns::Many,
        "" | "one" => Columns::One,
        "many" => Columns::Many,
        "distinct" => Columns::Distinct,
        _ => return Err(row.wrong("columns", "one, many or distinct")),
    };
    let once = |label: &&str| match *label {
        "required" | "prohibited" => row.get(label).starts_with("when "),
        label => !row.get(label).is_empty(),
    };
    let mut relating = ["key", "reference", "required", "prohibited"].into_iter();
    match relating.find(once).filter(|_| columns != Columns::One) {
        Some(label) => Err(row.wrong(label, "for a field that may have several columns")),
        None => Ok(columns),
    }
}

fn example(row: &Row, pattern: Option<&Pattern>) -> Result<Option<String>, Error> {
    match (row.get("example"), pattern) {
        ("", _) => Ok(None),
        (text, Some(pattern)) if pattern.matches(text.as_bytes()) => Ok(Some(text.to_owned())),
        _ => Err(row.wrong("example", "a value that matches the pattern")),
    }
}

fn required(row: &Row, label: &str) -> Result<Required, Error> {
    Ok(match row.get(label) {
        "yes" => Required::Yes,
        "no" | "" => Required::No,
        "recommended" => Required::Recommended,
        text => match text.strip_prefix("when ").and_then(condition) {
            Some(condition) => Required::When(condition),
            None => {
                return Err(row.wrong(label, "yes, no, recommended or `when field=value|value`"));
            }
        },
    })
}

fn condition(text: &str) -> Option<Condition> {
    let (field, values) = text.split_once('=')?;
    let values = values
        .split('|')
        .map(|value| value.trim().to_owned())
        .collect();
    Some(Condition {
        field: field.trim().to_owned(),
        values,
    })
}

fn length(row: &Row) -> Result<Option<(usize, usize)>, Error> {
    let text = row.get("length");
    if text.is_empty() {
        return Ok(None);
    }
    let (least, most) = text.split_once("..").unwrap_or(("", text));
    let read = |text: &str, default| match text {
        "" => Some(default),
        text => text.parse().ok(),
    };
    match (read(least, 0), read(most, usize::MAX)) {
        (Some(least), Some(most)) if least <= most => Ok(Some((least, most))),
        _ => Err(row.wrong("length", "a number of characters such as `255` or `8..36`")),
    }
}

fn range(row: &Row) -> Result<Option<Range>, Error> {
    let text = row.get("range");
    if text.is_empty() {
        return Ok(None);
    }
    let read = |text: &str, default| match text {
        "" => Some(default),
        text => text.parse().ok(),
    };
    let ends = text
        .split_once("..")
        .map(|(least, most)| (read(least, f64::NEG_INFINITY), read(most, f64::INFINITY)));
    match ends {
        Some((Some(least), Some(most))) if least <= most => Ok(Some(Range {
            least,
            most,
            text: text.to_owned(),
        })),
        _ => Err(row.wrong("range", "two numbers such as `0..100`, `0..` or `..100`")),
    }
}

fn reference(row: &Row) -> Result<Option<Reference>, Error> {
    let text = row.get("reference");
    if text.is_empty() {
        return Ok(None);
    }
    let (target, when) = match text.split_once(" when ") {
        Some((target, when)) => (target, Some(when)),
        None => (text, None),
    };
    let wrong = || row.wrong("reference", "`file/field` or `file/field when field=value`");
    let (file, field) = target.split_once('/').ok_or_else(wrong)?;
    let condition = match when {
        Some(when) => Some(condition(when).ok_or_else(wrong)?),
        None => None,
    };
    Ok(Some(Reference {
        file: file.to_owned(),
        field: field.to_owned(),
        condition,
    }))
}
