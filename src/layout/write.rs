//! Layouts as tables.

use super::lines::Lines;
use super::read::FIELDS;
use super::{Columns, Confidence, Field, FileSpec, Key, Label, Layout, Longer, Required};

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
    let rows = lists(layout).into_iter().flat_map(|(name, rows)| {
        let name = move || std::iter::once(name.to_owned());
        rows.into_iter().map(move |row| name().chain(row).collect())
    });
    table(&["codes", "code", "meaning", "synonyms"], rows)
}

/// The code lists that the layout names: code, meaning and synonyms, by the name of the list.
pub(super) fn lists(layout: &Layout) -> Vec<(&str, Vec<Vec<String>>)> {
    let mut lists: Vec<(&str, Vec<Vec<String>>)> = Vec::new();
    for field in layout.files.iter().flat_map(|file| &file.fields) {
        if let (Some(name), Some(list)) = (&field.codes, field.kind.codes())
            && !lists.iter().any(|(known, _)| known == name)
        {
            let told = list.codes().iter();
            let row = told.map(|code| {
                let synonyms = code.synonyms.join("|");
                vec![code.code.clone(), code.meaning.clone(), synonyms]
            });
            lists.push((name, row.collect()));
        }
    }
    lists
}

pub(super) fn table(labels: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut lines = Lines::new(labels);
    rows.for_each(|row| lines.add(&row));
    lines.text()
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

/// How strongly something holds, as a table writes it.
pub(super) fn required(required: &Required) -> String {
    match required {
        Required::Yes => "yes".to_owned(),
        Required::No => String::new(),
        Required::Recommended => "recommended".to_owned(),
        Required::When(condition) => {
            format!("when {}={}", condition.field, condition.values.join("|"))
        }
    }
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
