//! The proposal as tables.

use std::collections::HashSet;

use super::column::{GAPS, Seen};
use super::field::Role;
use super::file::File;
use super::{Table, reference};
use crate::layout::lines::Lines;
use crate::types::Type;

/// Fields that may name the same key, at most.
const NAMED: usize = 12;

/// How dates look that are written with the marks of [`super::column::DATES`], and one.
const DATED: [(&str, &str); 3] = [
    (r"\d{1,2}/\d{1,2}/\d{4}", "12/31/2026"),
    (r"\d{1,2}\.\d{1,2}\.\d{4}", "31.12.2026"),
    (r"\d{1,2}-\d{1,2}-\d{4}", "31-12-2026"),
];

pub(super) fn write(files: &[&File]) -> Vec<Table> {
    let mut fields = Lines::new(&[
        "file",
        "field",
        "type",
        "columns",
        "required",
        "length",
        "range",
        "pattern",
        "example",
        "codes",
        "key",
        "reference",
        "secret",
        "confidence",
    ]);
    let mut about = Lines::new(&[
        "file",
        "name",
        "delimiter",
        "header",
        "labels",
        "empty",
        "breaks",
        "missing",
        "confidence",
    ]);
    let mut lists: Vec<Table> = Vec::new();
    let mut named = vec![0; files.len()];
    for (at, file) in files.iter().enumerate() {
        about.add(&whole(file, files));
        let key = file.key();
        for (column, seen) in file.columns.iter().enumerate() {
            let to = reference(files, at, column).filter(|(to, _)| named[*to] < NAMED);
            if let Some((to, _)) = to {
                named[to] += 1;
            }
            let role = match to {
                _ if key == Some(column) => Role::Key,
                Some(_) => Role::Names,
                None => Role::None,
            };
            let to =
                to.map(|(to, key)| format!("{}/{}", files[to].name, files[to].columns[key].label));
            let codes = seen
                .codes(role)
                .map(|codes| list(&mut lists, file, seen, &codes));
            fields.add(&row(file, seen, role, codes, to));
        }
    }
    let table = |name: &str, lines: Lines| Table {
        name: name.to_owned(),
        text: lines.text(),
    };
    let mut tables = vec![table("layout.csv", fields), table("files.csv", about)];
    tables.append(&mut lists);
    tables
}

/// The row of a file. Next year it may have another name, where its labels tell which one it is.
fn whole(file: &File, files: &[&File]) -> [String; 9] {
    let yes = |is: bool| if is { "yes" } else { "" };
    let has_ending = file.name.rfind('.').is_some_and(|at| at > 0);
    let labels: HashSet<&str> = file
        .columns
        .iter()
        .map(|seen| seen.label.as_str())
        .collect();
    let alike = files.iter().filter(|other| {
        let labels = other
            .columns
            .iter()
            .filter(|seen| labels.contains(&*seen.label));
        labels.count() * 2 > file.columns.len().min(other.columns.len())
    });
    // The one that is like it is the file itself.
    let any = alike.count() == 1 && has_ending && file.columns.len() > 2;
    let missing = GAPS
        .iter()
        .enumerate()
        .filter(|(word, _)| file.columns.iter().any(|column| column.gaps[*word] > 0));
    let missing: Vec<&str> = missing.map(|(_, word)| *word).collect();
    let breaks = file.columns.iter().any(|column| column.breaks);
    [
        file.name.as_str(),
        if any { "any" } else { "" },
        match file.dialect.delimiter {
            b'\t' => "tab",
            b';' => "semicolon",
            b'|' => "pipe",
            _ => "comma",
        },
        if file.has_header { "" } else { "optional" },
        "all",
        yes(file.records == 0),
        yes(breaks),
        &missing.join("|"),
        "medium",
    ]
    .map(str::to_owned)
}

/// The row of a column.
fn row(
    file: &File,
    seen: &Seen,
    role: Role,
    codes: Option<String>,
    to: Option<String>,
) -> [String; 14] {
    let kind = seen.kind(role);
    let text = matches!(kind, Type::String | Type::Identifier) && codes.is_none();
    let date = seen.dates.iter().position(|is| *is);
    let date = date.filter(|_| seen.filled > 0 && text);
    let (pattern, example) = date.map_or(("", ""), |at| DATED[at]);
    let number = matches!(kind, Type::Integer | Type::Decimal);
    let many = seen.columns > 1 && !seen.label.contains('*');
    let name = kind.to_string();
    let length = match text && date.is_none() && seen.filled > 0 {
        true => seen.length(&kind),
        false => String::new(),
    };
    [
        file.name.as_str(),
        &seen.label,
        if codes.is_some() { "code" } else { &name },
        if many { "many" } else { "" },
        if seen.is_required(role, file.records) {
            "yes"
        } else {
            ""
        },
        &length,
        if number { seen.range() } else { "" },
        pattern,
        example,
        codes.as_deref().unwrap_or_default(),
        if role == Role::Key { "key" } else { "" },
        to.as_deref().unwrap_or_default(),
        if super::words::is_secret(&seen.label) {
            "yes"
        } else {
            ""
        },
        "medium",
    ]
    .map(str::to_owned)
}

/// The name of the list with these codes, which is added unless it is there.
fn list(lists: &mut Vec<Table>, file: &File, seen: &Seen, codes: &[&str]) -> String {
    let mut lines = Lines::new(&["code", "meaning"]);
    for code in codes {
        lines.add(&[(*code).to_owned(), String::new()]);
    }
    let text = lines.text();
    let (label, of) = (plain_name(&seen.label), super::one(&file.name));
    let mut names = [label.clone(), format!("{of}-{label}")].into_iter();
    let mut numbered = (2..).map(|number| format!("{of}-{label}-{number}"));
    loop {
        let name = names.next().or_else(|| numbered.next()).unwrap_or_default();
        let path = format!("codes/{name}.csv");
        match lists
            .iter()
            .find(|list| list.name.eq_ignore_ascii_case(&path))
        {
            Some(list) if list.text == text => return name,
            Some(_) => {}
            None => {
                lists.push(Table { name: path, text });
                return name;
            }
        }
    }
}

/// A label as the name of a file.
fn plain_name(label: &str) -> String {
    let words = super::words::words(label);
    let words: Vec<String> = words
        .into_iter()
        .map(|word| word.chars().filter(char::is_ascii_alphanumeric).collect())
        .filter(|word: &String| !word.is_empty())
        .collect();
    match words.join("-") {
        none if none.is_empty() => "codes".to_owned(),
        name => name,
    }
}
