//! What `hallpass layout ID --as datapackage` gives says the same to the package frictionless as the
//! layout says to us: both find fault with the same cells of generated files.
//!
//! For each field, records are made with values that are right, and with values that are wrong in all
//! ways that Table Schema can express. Skipped where there is no Python with the package; a path to one
//! may be given as `HALLPASS_PYTHON`.

#![allow(clippy::unwrap_used)]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use hallpass::formats;
use hallpass::layout::{self, Columns, Field, FileSpec, Key, Layout, Required, to_data_package};
use hallpass::types::Type;
use support::at_root;
use support::bundle::{Bundle, Tables, rows};

/// A cell that somebody finds fault with: file, record, field.
type Cell = (String, u64, String);

/// What is tried in every field.
const PROBES: &[&str] = &[
    "",
    "x",
    "X",
    "a b",
    "é",
    "0",
    "1",
    "-1",
    "+1",
    "12",
    "012",
    "1.5",
    "-0.5",
    "1e3",
    ".5",
    "5.",
    "1,000",
    "NaN",
    "INF",
    "1_000",
    "true",
    "false",
    "True",
    "TRUE",
    "yes",
    "2026-11-21",
    "2026-1-1",
    "2026-02-30",
    "20261121",
    "11/21/2026",
    "2026-11-21T08:00:00Z",
    "2026-11-21T08:00:00+01:00",
    "2026-11-21T08:00:00",
    "2026-11-21T08:00Z",
    "2026-11-21 08:00:00",
    "2026-11-21T25:00:00Z",
    "2026-11-21T08:00:00.123Z",
    "2026",
    "26",
    "02026",
    "a@b.org",
    "a@b",
    "a.b@c.d.org",
    "@",
    "a,b",
    "a,,b",
    "1,2",
    "2026-01-01,2026-01-02",
    "NA",
    "nowhere",
    "ext:own",
    "A1234",
    "5d0a7d5b-2c61-4b9e-9d2a-0f6f3b1e8c11",
];

/// Constraints of every sort, as a layout of one's own has them.
const FILES: &str = "\
file,labels,order,extra,missing,delimiter
people.csv,all,fixed,no,NA|-,semicolon
marks.csv,all,fixed,no,,comma
";
const FIELDS: &str = r#"file,field,type,required,length,range,pattern,example,codes,key,reference
people.csv,id,identifier,yes,,,,,,key,
people.csv,login,string,,3..8,,,,,unique,
people.csv,name,string,yes,..12,,,,,,
people.csv,nick,string,,4..,,,,,,
people.csv,born,date,,,,,,,,
people.csv,seen,datetime,,,,,,,,
people.csv,active,boolean,,,,,,,,
people.csv,count,integer,,,,,,,,
people.csv,factor,decimal,,,,,,,,
people.csv,age,integer,,,0..19,,,,,
people.csv,share,decimal,,,-1..1.25,,,,,
people.csv,year,year,,,,,,,,
people.csv,mail,email,,,,,,,,
people.csv,room,string,,,,"[A-Z]\d{1,3}|gym",A12,,,
people.csv,state,code,,,,,,state,,
people.csv,boss,identifier,,,,,,,,people.csv/id
people.csv,days,list of date,,,,,,,,
people.csv,sizes,list of integer,,,,,,,,
people.csv,words,list of string,,,,,,,,
marks.csv,person,identifier,yes,,,,,,,people.csv/id
marks.csv,mark,integer,yes,,1..6,,,,,
"#;
const CODES: &str = "code,meaning\nin,\nout,\nn/a,\n";

/// Formats that ship, one of each family.
const SHIPPED: [&str; 5] = [
    "oneroster-1.2",
    "managebac-1.2",
    "datashop",
    "pearson-student-registrations",
    "test-central",
];

#[test]
fn what_is_exported_says_the_same_to_frictionless() {
    let Some(python) = python() else {
        println!("skipped: there is no Python with the package frictionless");
        return;
    };
    let tables = Tables {
        files: FILES.to_owned(),
        layout: FIELDS.to_owned(),
        codes: vec![("state".to_owned(), CODES.to_owned())],
    };
    let read = |tables: &Tables| {
        layout::read(&tables.files, &tables.layout, &|_| Some(CODES.to_owned())).unwrap()
    };
    let mut told = disagreements(&python, "own", &read(&tables));
    for id in SHIPPED {
        let format = formats::find(id).unwrap();
        let layout = (format.layout)().unwrap().of(format.id);
        told += &disagreements(&python, format.id, &layout);
    }
    assert!(told.is_empty(), "{told}");
}

/// Runs both over generated files: the cells that only one of them finds fault with.
fn disagreements(python: &str, id: &str, layout: &Layout) -> String {
    let folder = tempfile::tempdir().unwrap();
    let descriptor = to_data_package(layout, id);
    fs::write(folder.path().join("datapackage.json"), &descriptor).unwrap();
    let mut files = Vec::new();
    for file in &layout.files {
        let text = generate(layout, file);
        fs::write(folder.path().join(&file.name), &text).unwrap();
        files.push((file.name.clone(), text.into_bytes()));
    }
    let bundle = Bundle {
        files,
        ..Bundle::default()
    };
    let (all, theirs) = (ours(layout, &bundle), theirs(python, layout, folder.path()));
    let ours: Vec<(Cell, String)> = all
        .iter()
        .filter(|(cell, why)| is_expressible(layout, cell, why))
        .cloned()
        .collect();
    let told = |cells: Vec<&(Cell, String)>| -> String {
        cells
            .iter()
            .map(|((file, record, field), why)| {
                let value = value(&bundle, layout, file, *record, field);
                format!("  {file} {record} {field} `{value}`: {why}\n")
            })
            .collect()
    };
    let cells = |found: &[(Cell, String)]| {
        found
            .iter()
            .map(|(cell, _)| cell.clone())
            .collect::<BTreeSet<Cell>>()
    };
    let their_cells = cells(&theirs);
    let all = cells(&all);
    let is_known = |cell: &Cell| {
        KNOWN.iter().any(|(kinds, values, _)| {
            let (file, record, field) = cell;
            let spec = &layout.files[layout.file(file).unwrap()];
            let kind = spec.fields[spec.field(field).unwrap()].kind.to_string();
            kinds.contains(&kind.as_str())
                && values.contains(&value(&bundle, layout, file, *record, field).as_str())
        })
    };
    let only_ours = ours
        .iter()
        .filter(|(cell, _)| !their_cells.contains(cell) && !is_known(cell));
    let only_theirs = theirs.iter().filter(|(cell, _)| !all.contains(cell));
    let (only_ours, only_theirs) = (told(only_ours.collect()), told(only_theirs.collect()));
    // Where nothing is found, nothing was looked at.
    assert!(!ours.is_empty() && !theirs.is_empty(), "{id}");
    match only_ours.is_empty() && only_theirs.is_empty() {
        true => String::new(),
        false => format!("{id}, only Hallpass:\n{only_ours}only frictionless:\n{only_theirs}"),
    }
}

/// Where we refuse what frictionless takes: types, values, the reason.
const KNOWN: &[(&[&str], &[&str], &str)] = &[
    (
        &["date", "list of date"],
        &["2026-1-1"],
        "Table Schema asks for YYYY-MM-DD; frictionless takes shorter parts",
    ),
    (
        &["datetime"],
        &[
            "2026-11-21T08:00:00+01:00",
            "2026-11-21T08:00:00",
            "2026-11-21 08:00:00",
        ],
        "datetime is in UTC here and says so, as in OneRoster; no format of Table Schema asks for the Z",
    ),
    (
        &["integer", "decimal", "list of integer", "list of decimal"],
        &["1_000"],
        "no number in Table Schema; Python reads it as one",
    ),
    (
        &["decimal", "list of decimal"],
        &["1e3", ".5", "5.", "NaN", "INF"],
        "a number in Table Schema, but none that receivers of student data take",
    ),
    (
        &["list of string", "list of identifier"],
        &["a,,b"],
        "an item of a list may be empty in Table Schema",
    ),
];

/// Rules of what Table Schema knows; that of types are called `invalid-…`.
const RULES: &[&str] = &[
    "required-value",
    "unknown-code",
    "value-too-long",
    "value-out-of-range",
    "mismatched-pattern",
    "duplicate-key",
    "repeated-value",
    "dangling-reference",
];

/// Whether a finding is about something that Table Schema can say of the field.
fn is_expressible(layout: &Layout, (file, record, field): &Cell, why: &str) -> bool {
    let spec = &layout.files[layout.file(file).unwrap()];
    let Some(field) = spec.field(field).map(|at| &spec.fields[at]) else {
        return false;
    };
    let rule = why.split(':').next().unwrap_or_default();
    let is_plain = match (rule, &field.kind) {
        ("required-value", _) => field.required == Required::Yes,
        // Of lists, Table Schema says which type items have.
        (rule, Type::List(item)) => {
            let known = [
                Type::String,
                Type::Date,
                Type::Integer,
                Type::Boolean,
                Type::Decimal,
            ];
            rule.starts_with("invalid-") && known.contains(item)
        }
        // No list takes words of one's own besides.
        ("unknown-code", kind) => matches!(kind, Type::Code(_)),
        // Patterns and lengths are for text.
        ("value-too-long" | "mismatched-pattern", kind) => {
            let text = matches!(
                kind,
                Type::String | Type::Identifier | Type::Code(_) | Type::Email
            );
            text && (rule != "value-too-long" || field.length.is_some() && field.bytes.is_none())
        }
        ("dangling-reference", _) => field
            .reference
            .as_ref()
            .is_some_and(|to| to.condition.is_none()),
        _ => true,
    };
    let known = RULES.contains(&rule) || rule.starts_with("invalid-") && rule != "invalid-encoding";
    *record > 0 && known && is_plain && field.columns == Columns::One
}

/// The cells that we find fault with, and why.
fn ours(layout: &Layout, bundle: &Bundle) -> Vec<(Cell, String)> {
    let rows = rows(bundle, layout.clone());
    let mut reader = csv::Reader::from_reader(rows.as_bytes());
    let found = reader.deserialize().map(|row| {
        let row: BTreeMap<String, String> = row.unwrap();
        let record = row["record"].parse().unwrap_or_default();
        let cell = (row["file"].clone(), record, row["field"].clone());
        (cell, format!("{}: {}", row["rule"], row["message"]))
    });
    found.collect()
}

/// Those that frictionless finds fault with.
fn theirs(python: &str, layout: &Layout, folder: &Path) -> Vec<(Cell, String)> {
    let script = at_root("tests/frictionless/cells.py");
    let run = Command::new(python)
        .arg(script)
        .arg("datapackage.json")
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(
        run.status.success(),
        "{}",
        String::from_utf8_lossy(&run.stderr)
    );
    let lines = String::from_utf8(run.stdout).unwrap();
    let mut found = Vec::new();
    for line in lines.lines() {
        let error: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = |name: &str| error[name].as_str().unwrap_or_default().to_owned();
        let file = text("file");
        assert!(!file.is_empty(), "{line}");
        if error["record"] == 0 {
            // The header has to do with families of columns, which Table Schema does not know.
            continue;
        }
        let mut fields: Vec<String> = vec![text("field")];
        if fields[0].is_empty() {
            fields = error["fields"]
                .as_array()
                .into_iter()
                .flatten()
                .map(|name| name.as_str().unwrap().to_owned())
                .collect();
        }
        if fields.is_empty() {
            // It names no field of a primary key.
            let spec = &layout.files[layout.file(&file).unwrap()];
            let key = spec.key().unwrap_or_else(|| panic!("{line}"));
            fields = vec![spec.fields[key].name.clone()];
        }
        for field in fields {
            let cell = (file.clone(), error["record"].as_u64().unwrap(), field);
            found.push((cell, format!("{}: {}", text("kind"), text("note"))));
        }
    }
    found
}

/// A file of right records, and for each field and each probe a record with the probe in that field.
fn generate(layout: &Layout, file: &FileSpec) -> String {
    let fields = &file.fields;
    let mut rows = vec![
        fields
            .iter()
            .map(|field| field.name.clone())
            .collect::<Vec<_>>(),
    ];
    let mut add = |probed: Option<(usize, &str)>| {
        let record = rows.len();
        let right = fields.iter().map(|field| right(layout, field, record));
        let mut row: Vec<String> = right.collect();
        if let Some((at, probe)) = probed {
            row[at] = probe.to_owned();
        }
        rows.push(row);
    };
    (0..3).for_each(|_| add(None));
    let mut probed = BTreeSet::new();
    for (at, field) in fields.iter().enumerate() {
        let Field {
            kind,
            length,
            range,
            pattern,
            required,
            key,
            reference,
            ..
        } = field;
        let pattern = pattern.as_ref().map(|pattern| pattern.text());
        // Of many fields that are alike, one is enough.
        if !probed.insert(format!(
            "{kind} {length:?} {range:?} {pattern:?} {required:?} {key:?} {reference:?}"
        )) {
            continue;
        }
        PROBES.iter().for_each(|probe| add(Some((at, probe))));
        if let Some((least, most)) = field.length {
            for length in [
                least.saturating_sub(1),
                least,
                most.min(300),
                most.min(300) + 1,
            ] {
                // Numbers apart, which have another value each.
                add(Some((at, &"é".repeat(length))));
            }
        }
        if field.key != Key::None {
            let first = right(layout, field, 1);
            add(Some((at, &first)));
        }
    }
    let mut out = csv::WriterBuilder::new()
        .delimiter(file.delimiter)
        .from_writer(Vec::new());
    rows.iter().for_each(|row| out.write_record(row).unwrap());
    String::from_utf8(out.into_inner().unwrap()).unwrap()
}

/// A value that is right, in the record of that number.
fn right(layout: &Layout, field: &Field, record: usize) -> String {
    if let Some(to) = &field.reference {
        let target = &layout.files[layout.file(&to.file).unwrap()];
        let key = &target.fields[target.field(&to.field).unwrap()];
        return right(layout, key, 1);
    }
    if field.key != Key::None {
        return format!("k{record:05}");
    }
    if let Some(example) = &field.example {
        return example.clone();
    }
    if let Some(codes) = field.kind.codes() {
        return codes.codes()[0].code.clone();
    }
    match field.kind.item() {
        Type::Date => "2026-11-21",
        Type::DateTime => "2026-11-21T08:00:00Z",
        Type::Boolean => "true",
        Type::Integer | Type::Decimal => "1",
        Type::Year => "2026",
        Type::Email => "a@b.org",
        _ => "abcd",
    }
    .to_owned()
}

/// The cell of a record.
fn value(bundle: &Bundle, layout: &Layout, file: &str, record: u64, field: &str) -> String {
    let spec = &layout.files[layout.file(file).unwrap()];
    let bytes = &bundle
        .files
        .iter()
        .find(|(name, _)| name == file)
        .unwrap()
        .1;
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(spec.delimiter)
        .from_reader(bytes.as_slice());
    let at = spec.field(field);
    let rows = reader.records().nth(record as usize - 1);
    at.zip(rows)
        .map_or_else(String::new, |(at, row)| row.unwrap()[at].to_owned())
}

/// A Python that has the package.
fn python() -> Option<String> {
    let python = std::env::var("HALLPASS_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let run = Command::new(&python)
        .args(["-c", "import frictionless"])
        .output();
    run.is_ok_and(|run| run.status.success()).then_some(python)
}
