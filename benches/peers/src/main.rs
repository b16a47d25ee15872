//! What the benchmark measures Hallpass beside, natively: `peers csv FOLDER` parses every CSV file of
//! a folder and drops the records; `peers json-schema FOLDER` holds every record against a JSON
//! Schema, as `qsv validate` does. Both print how many records they saw, and how many were not valid.

mod schema;

use jsonschema::Validator;
use serde_json::{Map, Number, Value, json};
use std::{
    env,
    error::Error,
    fs,
    path::{Path, PathBuf},
};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> Result<()> {
    let arguments: Vec<_> = env::args().skip(1).collect();
    let [what, folder] = arguments.as_slice() else {
        return Err("peers csv|json-schema FOLDER".into());
    };
    let (mut records, mut invalid) = (0, 0);
    for path in csv_files(Path::new(folder))? {
        match what.as_str() {
            "csv" => records += parsed(&path)?,
            "json-schema" => {
                let (seen, wrong) = validated(&path)?;
                records += seen;
                invalid += wrong;
            }
            _ => return Err(format!("`{what}` is neither csv nor json-schema").into()),
        }
    }
    println!("{}", json!({"records": records, "invalid": invalid}));
    Ok(())
}

fn csv_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        paths.push(entry?.path());
    }
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "csv"));
    paths.sort();
    Ok(paths)
}

/// The loop that the documentation of the `csv` crate names as its fastest: one record, used again.
fn parsed(path: &Path) -> Result<u64> {
    let mut reader = csv::ReaderBuilder::new()
        .buffer_capacity(1 << 20)
        .from_path(path)?;
    let mut record = csv::ByteRecord::new();
    let mut records = 0;
    while reader.read_byte_record(&mut record)? {
        records += 1;
    }
    Ok(records)
}

/// As `qsv validate` does, on one thread: records are read in batches, each with its number;
/// each becomes an object, in which empty cells are null, and is held against the schema.
fn validated(path: &Path) -> Result<(u64, u64)> {
    const BATCH: usize = 50_000;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let (schema, kinds) = schema::of(&name)?;
    let validator: Validator = jsonschema::options()
        .should_validate_formats(true)
        .build(&schema)?;
    let mut reader = csv::ReaderBuilder::new()
        .buffer_capacity(1 << 20)
        .from_path(path)?;
    let labels: Vec<String> = reader.headers()?.iter().map(str::to_owned).collect();
    let kinds: Vec<_> = labels
        .iter()
        .map(|label| kinds.get(label).copied())
        .collect();
    let (mut records, mut invalid) = (0_u64, 0);
    loop {
        let mut batch = Vec::with_capacity(BATCH);
        let mut record = csv::ByteRecord::new();
        while batch.len() < BATCH && reader.read_byte_record(&mut record)? {
            records += 1;
            record.push_field(records.to_string().as_bytes());
            batch.push(std::mem::take(&mut record));
        }
        if batch.is_empty() {
            return Ok((records, invalid));
        }
        for record in batch {
            let mut object = Map::with_capacity(labels.len());
            for ((label, kind), cell) in labels.iter().zip(&kinds).zip(&record) {
                object.insert(label.clone(), value(std::str::from_utf8(cell)?, *kind));
            }
            invalid += u64::from(!validator.is_valid(&Value::Object(object)));
        }
    }
}

/// A cell as JSON: of the type that its column has, where it can be read so.
fn value(cell: &str, kind: Option<schema::Kind>) -> Value {
    let text = || Value::String(cell.to_owned());
    match (kind, cell) {
        (_, "") => Value::Null,
        (Some(schema::Kind::Boolean), "true") => Value::Bool(true),
        (Some(schema::Kind::Boolean), "false") => Value::Bool(false),
        (Some(schema::Kind::Number), _) => cell
            .parse()
            .ok()
            .and_then(Number::from_f64)
            .map_or_else(text, Value::Number),
        _ => text(),
    }
}
