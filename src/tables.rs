//! The tables that describe the formats that ship, by their paths below `src/formats`. The program
//! carries them (`build.rs` lists them); to the wasm module the page gives them, from one file for
//! all, so that what a format says in tables takes no room in the module.

use std::sync::{Arc, OnceLock};

use crate::layout::{Layout, read};
use crate::records::{Batch, Dialect, Reader};
use crate::{Error, Result};

/// The text of a table, such as `oneroster/codes/mode.csv`; none where there is no such file.
#[cfg(not(target_arch = "wasm32"))]
pub fn find(path: &str) -> Option<&'static str> {
    static ALL: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/tables.rs"));
    let at = ALL.binary_search_by_key(&path, |(path, _)| path).ok()?;
    Some(ALL[at].1)
}

#[cfg(target_arch = "wasm32")]
pub use given::{add, find};

#[cfg(target_arch = "wasm32")]
mod given {
    use std::sync::RwLock;

    static ALL: RwLock<Vec<(String, &str)>> = RwLock::new(Vec::new());

    /// Takes a table, to be kept as long as the module is. All have to be there before a session is.
    pub fn add(path: String, text: String) {
        if let Ok(mut all) = ALL.write() {
            all.push((path, text.leak()));
        }
    }

    /// The text of a table, such as `oneroster/codes/mode.csv`; none where none was given.
    pub fn find(path: &str) -> Option<&'static str> {
        let all = ALL.read().ok()?;
        all.iter()
            .find(|(known, _)| known == path)
            .map(|(_, text)| *text)
    }
}

/// The rows of a table, the labels first; lines with nothing in them are left out.
pub fn rows(text: &str) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let dialect = Dialect {
        delimiter: crate::line::separator(text),
        ..Dialect::CSV
    };
    let mut reader = Reader::new(dialect, None, 0..u64::MAX);
    let mut take = |batch: &Batch<'_>| {
        let records = batch.records().filter(|record| !record.bytes().is_empty());
        rows.extend(records.map(|record| {
            let cells = (0..record.width()).filter_map(|at| record.value(at));
            let texts = cells.map(|cell| String::from_utf8_lossy(&cell).into_owned());
            texts.collect::<Vec<String>>()
        }));
    };
    reader.push(text.as_bytes(), &mut take);
    reader.end(&mut take);
    rows
}

/// The tables of one version of a format, put together when they are first asked for.
pub struct Tables {
    folder: &'static str,
    /// Folders whose tables go on where those of the first end.
    more: &'static [&'static str],
    codes: &'static [&'static str],
    layout: OnceLock<std::result::Result<Arc<Layout>, String>>,
}

impl Tables {
    /// Those in a folder below `src/formats`, `files.csv` and `layout.csv`, with code lists from the
    /// first of these folders that has them.
    pub const fn new(folder: &'static str, codes: &'static [&'static str]) -> Tables {
        Tables::together(folder, &[], codes)
    }

    /// The same with the tables of more folders behind those of the first, which have the same columns.
    pub const fn together(
        folder: &'static str,
        more: &'static [&'static str],
        codes: &'static [&'static str],
    ) -> Tables {
        Tables {
            folder,
            more,
            codes,
            layout: OnceLock::new(),
        }
    }

    /// What they say.
    ///
    /// # Errors
    /// A table is not there, or is wrong.
    pub fn layout(&self) -> Result<Arc<Layout>> {
        let read = || self.read().map(Arc::new).map_err(|error| error.to_string());
        self.layout.get_or_init(read).clone().map_err(Error::bug)
    }

    fn read(&self) -> Result<Layout> {
        let table = |folder: &str, name: &str| {
            let path = format!("{folder}/{name}");
            find(&path).ok_or_else(|| Error::usage(format!("the table `{path}` is missing")))
        };
        let text = |name: &str| {
            let mut text = table(self.folder, name)?.to_owned();
            for folder in self.more {
                let (_, rows) = table(folder, name)?.split_once('\n').unwrap_or_default();
                text += rows;
            }
            Ok::<_, Error>(text)
        };
        let list = |name: &str, folder: &str| find(&format!("{folder}/{name}.csv"));
        read(&text("files.csv")?, &text("layout.csv")?, &|name| {
            let found = self.codes.iter().find_map(|folder| list(name, folder));
            found.map(str::to_owned)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_that_is_not_there_is_a_bug_of_ours() {
        let layout = Tables::new("none", &["none/codes"]).layout();
        let told = layout.err().map(|error| error.to_string());
        let told = told.unwrap_or_default();
        assert!(told.starts_with("Hallpass failed: the table `none/files.csv` is missing"));
    }
}
