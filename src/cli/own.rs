//! Layouts of the user's own, given with `--layout`: tables or descriptors, as `docs/layouts.md`
//! describes them.

use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use hallpass::layout::{ColumnMap, Layout, own};
use hallpass::{Error, Result};

/// The layout that these folders and tables describe together; none where there are none.
///
/// # Errors
/// A table cannot be read or is wrong, or two layouts describe one file.
pub fn own_layout(paths: &[PathBuf]) -> Result<Option<Layout>> {
    own::together(paths.iter().map(|path| one(path)))
}

/// The tables beside each other in a folder, or beside the table of fields; or a descriptor.
fn one(path: &Path) -> Result<Layout> {
    let (folder, fields) = match path.is_dir() {
        true => {
            let package = path.join("datapackage.json");
            let tables = path.join("layout.csv");
            let fields = if package.exists() && !tables.exists() {
                package
            } else {
                tables
            };
            (path, fields)
        }
        false => (path.parent().unwrap_or(Path::new("")), path.to_path_buf()),
    };
    let text = text_of(&fields).map_err(|cause| refused(&fields, &cause))?;
    let name = fields.file_name().unwrap_or_default().to_string_lossy();
    own::one(&name, &text, &|table| {
        let table = folder.join(table);
        match text_of(&table) {
            Ok(text) => Ok(Some(text)),
            Err(cause) if cause.kind() == ErrorKind::NotFound => Ok(None),
            Err(cause) => Err(refused(&table, &cause)),
        }
    })
}

/// A column map, given with `--columns`.
///
/// # Errors
/// It cannot be read or is wrong.
pub fn column_map(path: &Path) -> Result<ColumnMap> {
    let text = text_of(path).map_err(|cause| refused(path, &cause))?;
    ColumnMap::read(&text, &path.display().to_string())
}

/// The tables that these folders and tables are or hold, which must not be written over.
pub fn tables(paths: &[PathBuf]) -> Vec<PathBuf> {
    let folders = paths.iter().map(|path| match path.is_dir() {
        true => path.as_path(),
        false => path.parent().unwrap_or(Path::new("")),
    });
    let inside = folders.flat_map(|folder| [folder.to_owned(), folder.join("codes")]);
    let inside = inside.flat_map(|folder| fs::read_dir(folder).into_iter().flatten().flatten());
    let inside = inside.map(|entry| entry.path());
    let tables = inside.filter(|path| path.extension().is_some_and(|end| end == "csv"));
    paths.iter().cloned().chain(tables).collect()
}

/// The text of a table, which is never long: what is named by mistake may be, or without an end.
fn text_of(path: &Path) -> std::io::Result<String> {
    let mut text = String::new();
    let read = File::open(path)?
        .take(own::MOST + 1)
        .read_to_string(&mut text)?;
    match read as u64 > own::MOST {
        true => Err(std::io::Error::other(format!(
            "it has more than {} MiB",
            own::MOST >> 20
        ))),
        false => Ok(text),
    }
}

fn refused(path: &Path, cause: &std::io::Error) -> Error {
    Error::usage(format!("`{}` could not be read: {cause}", path.display()))
}
