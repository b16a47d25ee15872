//! Layouts of the user's own, given with `--layout`: tables or descriptors, as `docs/layouts.md`
//! describes them.

use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use hallpass::layout::{ColumnMap, Layout, own};
use hallpass::session::Task;
use hallpass::source::path;
use hallpass::source::print::Listener;
use hallpass::source::zip::is_zip;
use hallpass::{Error, Result};

use super::arguments::Input;
use super::drive::{drive, session_of};

/// The layout that these folders and tables describe together; none where there are none.
///
/// # Errors
/// A table cannot be read or is wrong, or two layouts describe one file.
pub fn own_layout(paths: &[PathBuf]) -> Result<Option<Layout>> {
    own::together(paths.iter().map(|path| one(path)))
}

/// The tables beside each other in a folder, or beside the table of fields; a descriptor; or a zip of
/// these.
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
    let bytes = bytes_of(&fields).map_err(|cause| refused(&fields, &cause))?;
    if is_zip(&bytes) {
        return inside(&fields);
    }
    let text = own::decoded(&fields.display().to_string(), &bytes)?;
    let name = fields.file_name().unwrap_or_default().to_string_lossy();
    own::one(&name, &text, &|table| {
        let table = folder.join(table);
        match bytes_of(&table) {
            Ok(bytes) => own::decoded(&table.display().to_string(), &bytes).map(Some),
            Err(cause) if cause.kind() == ErrorKind::NotFound => Ok(None),
            Err(cause) => Err(refused(&table, &cause)),
        }
    })
}

/// The tables or descriptors in a zip.
fn inside(zip: &Path) -> Result<Layout> {
    let sources = path::open(&[zip.to_owned()])?;
    let mut session = session_of(&Input::default(), &sources, 0)?;
    drive(&mut session, &sources, Task::Layout, &mut |_| {
        Ok(Listener::There)
    })?;
    let found = session.own().filter(|own| !own.texts.is_empty());
    found.map_or_else(|| own::of_texts(&[]), |own| own.layout)
}

/// A column map, given with `--columns`.
///
/// # Errors
/// It cannot be read or is wrong.
pub fn column_map(path: &Path) -> Result<ColumnMap> {
    let bytes = bytes_of(path).map_err(|cause| refused(path, &cause))?;
    let name = path.display().to_string();
    ColumnMap::read(&own::decoded(&name, &bytes)?, &name)
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

/// The bytes of a table, which is never long: what is named by mistake may be, or without an end.
fn bytes_of(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = File::open(path)?
        .take(own::MOST + 1)
        .read_to_end(&mut bytes)?;
    match read as u64 > own::MOST {
        true => Err(std::io::Error::other(format!(
            "it has more than {} MiB",
            own::MOST >> 20
        ))),
        false => Ok(bytes),
    }
}

fn refused(path: &Path, cause: &std::io::Error) -> Error {
    Error::usage(format!("`{}` could not be read: {cause}", path.display()))
}
