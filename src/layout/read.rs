//! Reads `files.csv` and `layout.csv`. What they may hold is told in `docs/layouts.md`.

use std::collections::HashMap;

use super::{
    Case, Columns, Condition, Confidence, Extra, Field, FileSpec, Key, Label, Labels, Layout,
    Longer, Order, Quotes, Range, Received, Reference, Refuses, Required, Similar,
};
use crate::Error;
use crate::types::pattern::Pattern;
use crate::types::{CodeList, Type};

/// The labels of files.csv; the first has to be there.
const FILES: &[&str] = &[
    "file",
    "name",
    "format",
    "title",
    "required",
    "delimiter",
    "quotes",
    "mark",
    "labels",
    "order",
    "case",
    "similar",
    "extra",
    "ragged",
    "blank",
    "refuses",
    "empty",
    "breaks",
    "synonyms",
    "stops",
    "confidence",
    "source",
];

/// The labels of layout.csv; the first three have to be there.
pub(super) const FIELDS: [&str; 20] = [
    "file",
    "field",
    "type",
    "columns",
    "aliases",
    "required",
    "prohibited",
    "length",
    "bytes",
    "longer",
    "range",
    "pattern",
    "example",
    "codes",
    "key",
    "reference",
    "synonyms",
    "label",
    "confidence",
    "source",
];

/// Files and fields of a layout, at most: rules look at every pair of some of them.
const MOST_FILES: usize = 500;
const MOST_FIELDS: usize = 10_000;

/// Fields that may name the same key, at most: what is known of a key has room for so many.
const MOST_NAMED: usize = 12;

/// A layout from its tables. Where `files` is empty, nothing is said of the files but that they may
/// be missing and may be without records. `codes` gives the text of a code list by its name.
///
/// Errors name the table, the line and the column, and say what is allowed there.
pub fn read(
    files: &str,
    fields: &str,
    codes: &dyn Fn(&str) -> Option<String>,
) -> Result<Layout, Error> {
    let mut layout = Layout { files: Vec::new() };
    for row in rows("files.csv", files)? {
        layout.files.push(file(&row)?);
    }
    let mut known = Read::default();
    for row in rows("layout.csv", fields)? {
        let name = row.get("file");
        if files.is_empty() && !name.is_empty() && layout.file(name).is_none() {
            layout.files.push(file(&Row::of_file(name))?);
        }
        let Some(file) = layout.file(name) else {
            return Err(row.wrong("file", "a file of files.csv"));
        };
        let field = field(&row, codes, &mut known)?;
        if field.name.is_empty() || layout.files[file].field(&field.name).is_some() {
            return Err(row.wrong("field", "a name that no other field of the file has"));
        }
        let relates = field.key != Key::None || field.reference.is_some();
        if relates && layout.files[file].is_several() {
            let wrong = "empty, as there may be several such files";
            return Err(row.wrong(
                ["key", "reference"][usize::from(field.key == Key::None)],
                wrong,
            ));
        }
        layout.files[file].fields.push(field);
        let fields = layout.files.iter().map(|file| file.fields.len());
        if layout.files.len() > MOST_FILES || fields.sum::<usize>() > MOST_FIELDS {
            return Err(Error::usage(format!(
                "layout.csv, line {}: the layout is too large; expected at most {MOST_FILES} files and {MOST_FIELDS} fields",
                row.line
            )));
        }
    }
    if layout.files.iter().all(|file| file.fields.is_empty()) {
        return Err(Error::usage(
            "layout.csv has no fields; expected at least one",
        ));
    }
    named(&layout)?;
    Ok(layout)
}

/// Sees that conditions and references name fields of the layout, and none too often.
fn named(layout: &Layout) -> Result<(), Error> {
    for file in &layout.files {
        for field in &file.fields {
            let conditions = [&field.required, &field.prohibited].into_iter();
            let unknown = conditions.filter_map(|required| match required {
                Required::When(condition) => Some(condition),
                _ => None,
            });
            let known = |name: &str| name == "mode" || file.field(name).is_some();
            if let Some(condition) = unknown.into_iter().find(|when| !known(&when.field)) {
                return Err(Error::usage(format!(
                    "layout.csv, {} of {}: `when {}` names no field of the file",
                    field.name, file.name, condition.field
                )));
            }
        }
    }
    let mut named: HashMap<(&str, &str), usize> = HashMap::new();
    let fields = layout.files.iter().flat_map(|file| {
        let fields = file.fields.iter();
        fields.filter_map(move |field| Some((file, field, field.reference.as_ref()?)))
    });
    for (
        file,
        field,
        Reference {
            file: to,
            field: key,
            ..
        },
    ) in fields
    {
        let wrong = |why: &str| {
            Error::usage(format!(
                "layout.csv, {} of {}: `{to}/{key}` {why}",
                field.name, file.name
            ))
        };
        let known = layout.file(to).map(|to| &layout.files[to]);
        if known.is_none_or(|to| to.field(key).is_none()) {
            return Err(wrong(
                "is no field of the layout; expected the key of a file",
            ));
        }
        let times = named.entry((to, key)).or_default();
        *times += 1;
        if *times > MOST_NAMED {
            return Err(wrong("is named by more than 12 fields; expected fewer"));
        }
    }
    Ok(())
}

/// A row of a table, by label.
struct Row {
    table: &'static str,
    line: u64,
    cells: HashMap<String, String>,
}

impl Row {
    /// What files.csv would say of a file of which there is nothing to say.
    fn of_file(name: &str) -> Row {
        let cells = [("file", name), ("empty", "yes")];
        Row {
            table: "files.csv",
            line: 0,
            cells: cells
                .map(|(label, cell)| (label.to_owned(), cell.to_owned()))
                .into(),
        }
    }

    fn get(&self, label: &str) -> &str {
        self.cells.get(label).map_or("", String::as_str)
    }

    fn wrong(&self, label: &str, expected: &str) -> Error {
        Error::usage(format!(
            "{}, line {}, {label}: `{}` is not {expected}",
            self.table,
            self.line,
            self.get(label)
        ))
    }

    /// What something that reads cells has to say of one.
    fn told(&self, label: &str, words: &str) -> Error {
        let Row { table, line, .. } = self;
        Error::usage(format!("{table}, line {line}, {label}: {words}"))
    }

    fn list(&self, label: &str) -> Vec<String> {
        self.get(label)
            .split('|')
            .filter(|item| !item.is_empty())
            .map(str::to_owned)
            .collect()
    }

    fn yes(&self, label: &str) -> Result<bool, Error> {
        match self.get(label) {
            "yes" => Ok(true),
            "no" | "" => Ok(false),
            _ => Err(self.wrong(label, "yes or no")),
        }
    }
}

fn rows(table: &'static str, text: &str) -> Result<Vec<Row>, Error> {
    let broken = |error: csv::Error| Error::usage(format!("{table} is not a table: {error}"));
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_reader(text.as_bytes());
    let labels = reader.headers().map_err(broken)?;
    let labels: Vec<String> = labels.iter().map(|label| label.trim().to_owned()).collect();
    let (known, needed) = match table {
        "files.csv" => (FILES, &FILES[..1]),
        _ => (FIELDS.as_slice(), &FIELDS[..3]),
    };
    if let Some(label) = labels.iter().find(|label| !known.contains(&label.as_str())) {
        let known = known.join(", ");
        let text =
            format!("{table}, line 1: `{label}` is no label of this table; expected {known}");
        return Err(Error::usage(text));
    }
    let missing = needed
        .iter()
        .find(|label| !labels.iter().any(|known| known == *label));
    if let Some(label) = missing.filter(|_| !text.is_empty()) {
        let text = format!("{table}, line 1: `{label}` is not among the labels; expected it");
        return Err(Error::usage(text));
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(broken)?;
        let line = record.position().map_or(0, csv::Position::line);
        let cells = labels
            .iter()
            .zip(record.iter())
            .map(|(label, cell)| (label.to_owned(), cell.trim().to_owned()))
            .collect();
        rows.push(Row { table, line, cells });
    }
    Ok(rows)
}

fn file(row: &Row) -> Result<FileSpec, Error> {
    let name = row.get("file");
    if name.rfind('*').is_some_and(|at| at > 0 || name.len() == 1) {
        return Err(row.wrong("file", "a name, or `*` and an ending such as `*.txt`"));
    }
    Ok(FileSpec {
        name: name.to_owned(),
        any_name: match row.get("name") {
            "any" if name.rfind('.').is_some_and(|at| at > 0) => true,
            "" => false,
            _ => return Err(row.wrong("name", "any, for a file with an ending, or blank")),
        },
        format: row.get("format").to_owned(),
        title: row.get("title").to_owned(),
        required: row.yes("required")?,
        synonyms: row.list("synonyms"),
        delimiter: match row.get("delimiter") {
            "comma" | "" => b',',
            "tab" => b'\t',
            "semicolon" => b';',
            "pipe" => b'|',
            _ => return Err(row.wrong("delimiter", "comma, tab, semicolon or pipe")),
        },
        quotes: match row.get("quotes") {
            "enclose" | "" => Quotes::Enclose,
            "literal" => Quotes::Literal,
            _ => return Err(row.wrong("quotes", "enclose or literal")),
        },
        may_be_marked: match row.get("mark") {
            "allowed" | "" => true,
            "refused" => false,
            _ => return Err(row.wrong("mark", "allowed or refused")),
        },
        labels: match row.get("labels") {
            "all" => Labels::All,
            "required" | "" => Labels::Required,
            _ => return Err(row.wrong("labels", "all or required")),
        },
        order: match row.get("order") {
            "fixed" => Order::Fixed,
            "any" | "" => Order::Any,
            _ => return Err(row.wrong("order", "fixed or any")),
        },
        case: match row.get("case") {
            "exact" | "" => Case::Exact,
            "any" => Case::Any,
            "any with blanks" => Case::AnyWithBlanks,
            _ => return Err(row.wrong("case", "exact, any or `any with blanks`")),
        },
        similar: match row.get("similar") {
            "meant" | "" => Similar::Meant,
            "strange" => Similar::Strange,
            _ => return Err(row.wrong("similar", "meant or strange")),
        },
        extra: match row.get("extra") {
            "no" | "" => Extra::None,
            "yes" => Extra::Any,
            pattern => match pattern.strip_suffix('*') {
                Some(prefix) if !prefix.is_empty() => Extra::Prefixed(prefix.to_owned()),
                _ => return Err(row.wrong("extra", "yes, no or a beginning such as `metadata.*`")),
            },
        },
        ragged: received(row, "ragged", Received::Refused)?,
        blank: received(row, "blank", Received::Taken)?,
        refuses: match row.get("refuses") {
            "record" | "" => Refuses::Record,
            "file" => Refuses::File,
            _ => return Err(row.wrong("refuses", "record or file")),
        },
        may_be_empty: row.yes("empty")?,
        may_break_lines: row.yes("breaks")?,
        stops: match row.get("stops") {
            "" => None,
            text => {
                let most = text.parse().ok().filter(|most| (1..=500).contains(most));
                Some(most.ok_or_else(|| row.wrong("stops", "a number from 1 to 500"))?)
            }
        },
        confidence: confidence(row)?,
        source: row.get("source").to_owned(),
        fields: Vec::new(),
    })
}

fn received(row: &Row, label: &str, usual: Received) -> Result<Received, Error> {
    match row.get(label) {
        "" => Ok(usual),
        "taken" => Ok(Received::Taken),
        "refused" => Ok(Received::Refused),
        _ => Err(row.wrong(label, "taken or refused")),
    }
}

/// What many fields share is read once.
#[derive(Default)]
struct Read {
    lists: HashMap<String, CodeList>,
    patterns: HashMap<String, Pattern>,
}

fn field(
    row: &Row,
    codes: &dyn Fn(&str) -> Option<String>,
    known: &mut Read,
) -> Result<Field, Error> {
    let name = row.get("codes");
    if !name.is_empty() && !known.lists.contains_key(name) {
        let text = codes(name).ok_or_else(|| row.wrong("codes", "the name of a code list"))?;
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
        confidence: confidence(row)?,
        source: row.get("source").to_owned(),
    })
}

fn confidence(row: &Row) -> Result<Confidence, Error> {
    Ok(match row.get("confidence") {
        "" | "high" => Confidence::High,
        "medium" => Confidence::Medium,
        "low" => Confidence::Low,
        _ => return Err(row.wrong("confidence", "medium, low or blank")),
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn tables_that_make_no_layout_are_refused() {
        let many: String = (0..=MOST_NAMED)
            .map(|n| format!("b.csv,f{n},string,,a.csv/id\n"))
            .collect();
        let large: String = (0..=MOST_FILES)
            .map(|n| format!("f{n}.csv,id,string\n"))
            .collect();
        for (rows, told) in [
            ("a.csv,id,string\na.csv,id,string\n", "line 3, field: `id`"),
            ("a.csv,,string\n", "line 2, field: ``"),
            ("", "layout.csv has no fields"),
            ("a.csv,id,string,,b.csv/id\n", "`b.csv/id` is no field"),
            ("a.csv,id,string,,a.csv/no\n", "`a.csv/no` is no field"),
            (
                &format!("a.csv,id,string,key\n{many}"),
                "more than 12 fields",
            ),
            (&large, "at most 500 files"),
        ] {
            let table = format!("file,field,type,key,reference\n{rows}");
            let error = read("", &table, &|_| None).map(|_| ()).unwrap_err();
            assert!(error.to_string().contains(told), "{error}");
        }
        for (files, told) in [
            ("file,name\nusers,any\n", "line 2, name: `any`"),
            ("file,stops\na.csv,501\n", "line 2, stops: `501`"),
            (
                "file,confidence\na.csv,none\n",
                "line 2, confidence: `none`",
            ),
        ] {
            let error = read(files, "file,field,type\na.csv,id,string\n", &|_| None);
            let error = error.map(|_| ()).unwrap_err().to_string();
            assert!(error.contains(told), "{error}");
        }
        let fine =
            "file,field,type,key,reference\na.csv,id,string,key,\nb.csv,a,string,,a.csv/id\n";
        assert!(read("", fine, &|_| None).is_ok());
    }
}
