//! Layouts in the forms that other tools read.

use serde_json::{Map, Value, json};

use super::read::FIELDS;
use super::{
    Columns, Confidence, Field, FileSpec, Key, Label, Layout, Longer, Quotes, Range, Required,
};
use crate::types::Type;

/// The layout as one table, in the columns that `layout.csv` has.
pub fn to_csv(layout: &Layout) -> String {
    let fields = layout
        .files
        .iter()
        .flat_map(|file| file.fields.iter().map(|field| row(file, field)));
    table(&FIELDS, fields)
}

/// The code lists that the layout names, as one table: the list as `layout.csv` names it, and the
/// columns that the tables in `codes` have. In the order of the layout, each list once.
pub fn to_codes(layout: &Layout) -> String {
    let mut seen: Vec<&str> = Vec::new();
    let mut rows = Vec::new();
    for field in layout.files.iter().flat_map(|file| &file.fields) {
        if let (Some(name), Some(list)) = (&field.codes, field.kind.codes())
            && !seen.contains(&name.as_str())
        {
            seen.push(name);
            let told = list.codes().iter().map(|code| {
                let synonyms = code.synonyms.join("|");
                vec![
                    name.clone(),
                    code.code.clone(),
                    code.meaning.clone(),
                    synonyms,
                ]
            });
            rows.extend(told);
        }
    }
    table(&["codes", "code", "meaning", "synonyms"], rows.into_iter())
}

fn table(labels: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut out = csv::Writer::from_writer(Vec::new());
    let labels = labels.iter().map(|label| (*label).to_owned()).collect();
    for row in std::iter::once(labels).chain(rows) {
        // Writing to memory cannot fail.
        let _ = out.write_record(&row);
    }
    String::from_utf8(out.into_inner().unwrap_or_default()).unwrap_or_default()
}

fn row(file: &FileSpec, field: &Field) -> Vec<String> {
    let length = field.length.map(|(least, most)| match (least, most) {
        (0, most) => most.to_string(),
        (least, usize::MAX) => format!("{least}.."),
        (least, most) => format!("{least}..{most}"),
    });
    let range = field.range.as_ref().map(|range| range.text.clone());
    vec![
        file.name.clone(),
        field.name.clone(),
        field.kind.to_string(),
        match field.columns {
            Columns::One => "",
            Columns::Many if field.is_family() => "",
            Columns::Many => "many",
            Columns::Distinct => "distinct",
        }
        .to_owned(),
        field.aliases.join("|"),
        required(&field.required),
        required(&field.prohibited),
        length.unwrap_or_default(),
        field.bytes.map_or(String::new(), |most| most.to_string()),
        match field.longer {
            Longer::Refused => "",
            Longer::Cut => "cut",
        }
        .to_owned(),
        range.unwrap_or_default(),
        field
            .pattern
            .as_ref()
            .map_or(String::new(), |pattern| pattern.text().to_owned()),
        field.example.clone().unwrap_or_default(),
        field.codes.clone().unwrap_or_default(),
        match field.key {
            Key::None => "",
            Key::Key => "key",
            Key::Unique => "unique",
        }
        .to_owned(),
        field.reference.as_ref().map_or(String::new(), |to| {
            let when = to.condition.as_ref().map_or(String::new(), |condition| {
                format!(" when {}={}", condition.field, condition.values.join("|"))
            });
            format!("{}/{}{when}", to.file, to.field)
        }),
        field.synonyms.join("|"),
        match field.label {
            Label::AsAll => "",
            Label::Optional => "optional",
            Label::Required => "required",
        }
        .to_owned(),
        if field.secret { "yes" } else { "" }.to_owned(),
        match field.confidence {
            Confidence::High => "",
            Confidence::Medium => "medium",
            Confidence::Low => "low",
        }
        .to_owned(),
        field.source.clone(),
    ]
}

fn required(required: &Required) -> String {
    match required {
        Required::Yes => "yes".to_owned(),
        Required::No => String::new(),
        Required::Recommended => "recommended".to_owned(),
        Required::When(condition) => {
            format!("when {}={}", condition.field, condition.values.join("|"))
        }
    }
}

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

/// The name of a resource: small letters, no ending.
fn stem(file: &str) -> String {
    let name = file.strip_suffix(".csv").unwrap_or(file).to_lowercase();
    name.replace('*', "any")
}

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
    if field.kind == Type::Email {
        out.insert("format".into(), json!("email"));
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
    if let Some((least, most)) = field.length {
        if least > 0 {
            limits.insert("minLength".into(), json!(least));
        }
        if most < usize::MAX {
            limits.insert("maxLength".into(), json!(most));
        }
    }
    if let Some(Range { least, most, .. }) = field.range {
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
        Some(pattern) => drop(limits.insert("pattern".into(), json!(pattern.text()))),
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::read;
    use super::to_csv;

    #[test]
    fn what_is_written_reads_the_same() {
        let files = "file,labels,order\nstudents.csv,all,fixed\n";
        let fields = "file,field,type,columns,aliases,required,prohibited,length,bytes,longer,range,pattern,example,codes,key,reference,synonyms,label,secret,confidence,source\n\
            students.csv,id,identifier,,,yes,,..8,,,,[a-z]+,ana,,key,,nr|number,,yes,,X-1\n\
            students.csv,sex,code,,gender,when id=a|b,,,,,,,,sex,,,,optional,,medium,\n\
            students.csv,friends,list of identifier,,,recommended,when mode=bulk,,,,,,,,,students.csv/id when sex=f,,,,low,\n\
            students.csv,age,integer,,,,,,,,0..,,,,unique,,,,,,\n\
            students.csv,mark (*),integer,,mark*,,,,,,,,,,,,,required,,,\n\
            students.csv,note (*),string,distinct,,,,20,40,cut,,,,,,,,,,,\n\
            students.csv,hobby,string,many,,,,,,,,,,,,,,,,,\n";
        let codes = |_: &str| Some("code,meaning,synonyms\nf,female,\n".to_owned());
        let once = to_csv(&read(files, fields, &codes).unwrap());
        assert_eq!(once, fields.replace("..8", "8"));
        assert_eq!(to_csv(&read(files, &once, &codes).unwrap()), once);
    }
}
