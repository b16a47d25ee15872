//! Which rows of the table count: for a file of the target the files that it is made of, and for each of
//! its fields the row that says most.

use std::cmp::Reverse;

use super::plan::Parts;
use super::record::Given;
use super::table::{ALL, Row};
use super::transform::Transform;
use crate::layout::{FileSpec, Layout};
use crate::peek::plain;
use crate::{Error, Result};

/// Of several layouts that one file may have, that of the files at hand or the one that is asked for, or
/// else the first. Tables call it as they call the first.
///
/// # Errors
/// There is none of that name.
pub(super) fn layout(mut of: Layout, given: &[Given], asked: Option<String>) -> Result<Layout> {
    let [first, _, ..] = of.files.as_slice() else {
        return Ok(of);
    };
    if !of.files.iter().all(|file| file.any_name) {
        return Ok(of);
    }
    let name = first.name.clone();
    let title = |file: &FileSpec| plain(&file.title);
    let chosen = match &asked {
        Some(asked) => of
            .files
            .iter()
            .position(|file| title(file).contains(&plain(asked))),
        None => {
            let given = given.iter().map(|given| &given.plan.spec().name);
            let mut known = given.filter_map(|name| of.file(name));
            Some(known.next().unwrap_or(0))
        }
    };
    let Some(chosen) = chosen else {
        let titles: Vec<String> = of
            .files
            .iter()
            .map(|file| format!("`{}`", file.title))
            .collect();
        let told = format!(
            "`{}` is no layout of that file; expected a part of {}",
            asked.unwrap_or_default(),
            titles.join(" or ")
        );
        return Err(Error::refused("layout", told));
    };
    let mut file = of.files.swap_remove(chosen);
    file.name = name;
    of.files = vec![file];
    Ok(of)
}

impl Parts<'_> {
    /// The place of the source's file of that name.
    pub(super) fn file(&self, name: &str) -> Option<usize> {
        self.files(name).next()
    }

    /// The places of all its files of that name: of some kinds there may be several.
    fn files(&self, name: &str) -> impl Iterator<Item = usize> {
        let given = self.given.iter().enumerate();
        let named = given.filter(move |(_, given)| given.plan.spec().name == name);
        named.map(|(at, _)| at)
    }

    /// The files whose records become those of a file of the target, in the order of the table.
    pub(super) fn drivers(&self, file: &str) -> Vec<usize> {
        let own = |row: &&Row| row.file == file;
        let from = |row: &&Row| flows(row) && !row.from.is_empty();
        let mut rows: Vec<&Row> = self.rows.iter().filter(own).filter(from).collect();
        // What is Rust's altogether is made of no file.
        let is_rusts = |row: &Row| row.field == ALL && matches!(row.transform, Transform::Own);
        if rows.is_empty() && !self.rows.iter().filter(own).any(is_rusts) {
            rows.extend(self.rows.iter().find(|row| row.file == ALL));
        }
        let mut drivers = Vec::new();
        for row in rows {
            let from = if row.from == ALL { file } else { &row.from };
            let all = self.files(from);
            drivers.extend(all.filter(|at| !drivers.contains(at)).collect::<Vec<_>>());
        }
        drivers
    }

    /// The row for a field of records that are made of those of `from`; the one that says most.
    pub(super) fn row(&self, file: &FileSpec, field: &str, from: &str) -> Option<usize> {
        let of = |row: &Row| !flows(row) || row.from.is_empty() || named(&row.from, from);
        // The table names fields as the first of several layouts does.
        let about = |row: &Row| {
            named(&row.field, field)
                || file
                    .meant(&row.field)
                    .is_some_and(|at| file.fields[at].name == field)
        };
        let fits = |row: &Row| named(&row.file, &file.name) && about(row) && of(row);
        let all = (0..self.rows.len()).filter(|at| fits(&self.rows[*at]));
        all.max_by_key(|at| {
            let row = &self.rows[*at];
            let says = (row.file != ALL, row.field != ALL, named(&row.from, from));
            (says, Reverse(*at))
        })
    }
}

/// Whether a row is about the records that those of the target are made of.
fn flows(row: &Row) -> bool {
    row.via.is_empty() && !matches!(row.transform, Transform::Own)
}

/// Whether a cell of the table names the file or the field.
pub(super) fn named(word: &str, name: &str) -> bool {
    word == name || word == ALL
}
