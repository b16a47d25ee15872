//! How receivers take what is sent to them, told by tables in a format's folder: `matching.csv`,
//! which records are the same although their keys differ; `schools.csv`, where a record belongs.

use crate::check::Mode;
use crate::layout::{Condition, Layout};
use crate::peek::Peek;
use crate::tables;
use crate::{Error, Result};

/// What comparing two bundles of a format goes by.
pub struct Import {
    /// What becomes of records that a bundle lacks which holds all there are.
    pub missing: Missing,
    /// Where below `src/formats` the table of [`Import::matching`] is; none where this is empty.
    pub matching: &'static str,
    /// Where the table of [`Import::schools`] is.
    pub schools: &'static str,
    /// The file that says how each file is meant, where there is one.
    pub manifest: Option<Manifest>,
}

/// What becomes of records that the receiver has and a complete bundle lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// The receiver archives or deletes them.
    Archived,
    /// They stay as they are.
    Kept,
}

/// How each file of a bundle is meant; none for one that is absent.
pub type Modes<'a> = &'a dyn Fn(&str) -> Option<Mode>;

/// A file that says how each file of its bundle is meant.
pub struct Manifest {
    /// Its name.
    pub file: &'static str,
    /// What it says of a file, in its own word.
    pub stated: fn(&[Peek], file: &str) -> Option<String>,
    /// Its text for a bundle whose files have these modes, with whatever else the manifest among these
    /// files says.
    pub write: fn(&Layout, &[Peek], Modes<'_>) -> Vec<u8>,
}

/// How records with new keys are the same as those before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matching {
    /// The file.
    pub file: String,
    /// The records that it holds for; all where there is none.
    pub when: Option<Condition>,
    /// The fields that agree, `file/field` for one of the record with the same key in another file.
    /// Where there is none, there is one such record at most.
    pub fields: Vec<String>,
    /// What the receiver makes of them.
    pub way: Way,
}

/// What a receiver makes of a record that it has by another key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// It takes it for the one that it has.
    Match,
    /// It makes a second one.
    Duplicate,
    /// Records of this file are never archived.
    Kept,
}

/// Where the records of a file belong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Belongs {
    /// The file.
    pub file: String,
    /// The field that names the organization, or a record that belongs somewhere.
    pub field: String,
    /// The field that names a record which belongs to the same organization, unless it says itself
    /// where it belongs.
    pub lends: Option<String>,
}

impl Import {
    /// Of formats of which nothing is known.
    pub const UNKNOWN: Import = Import {
        missing: Missing::Kept,
        matching: "",
        schools: "",
        manifest: None,
    };

    /// `file,when,fields,way`: a file; `field=value|value`, or nothing; fields, separated by `|`;
    /// `match`, `duplicate` or `kept`. Of one file, what stands above is tried first.
    ///
    /// # Errors
    /// The table is broken.
    pub fn matching(&self) -> Result<Vec<Matching>> {
        let rows = rows(self.matching)?.into_iter();
        let read = |[file, when, fields, way]: [String; 4]| {
            Some(Matching {
                file,
                when: when.split_once('=').map(|(field, values)| Condition {
                    field: field.to_owned(),
                    values: items(values),
                }),
                fields: items(&fields),
                way: match way.as_str() {
                    "match" => Way::Match,
                    "duplicate" => Way::Duplicate,
                    "kept" => Way::Kept,
                    _ => return None,
                },
            })
        };
        let read = rows.map(read).collect::<Option<Vec<Matching>>>();
        read.ok_or_else(|| Error::bug("matching.csv has a way that is none"))
    }

    /// `file,field,lends`: a file; its field that names an organization, or a record which belongs
    /// to one; its field that names a record which belongs to the same one, or nothing. Of one
    /// file, what stands above is tried first. Files are read in this order, so that a record that
    /// others name comes before them.
    ///
    /// # Errors
    /// The table is broken.
    pub fn schools(&self) -> Result<Vec<Belongs>> {
        let rows = rows(self.schools)?.into_iter();
        let read = rows.map(|[file, field, lends]: [String; 3]| Belongs {
            file,
            field,
            lends: Some(lends).filter(|lends| !lends.is_empty()),
        });
        Ok(read.collect())
    }
}

/// The rows of a table with so many columns, below its labels. Our tables of this kind have no
/// quotes.
fn rows<const N: usize>(path: &str) -> Result<Vec<[String; N]>> {
    if path.is_empty() {
        return Ok(Vec::new());
    }
    let table = tables::find(path);
    let table = table.ok_or_else(|| Error::bug(format!("the table `{path}` is missing")))?;
    let rows = table.lines().skip(1).map(|line| {
        let cells: Vec<String> = line.split(',').map(str::to_owned).collect();
        cells.try_into().map_err(|cells: Vec<String>| {
            Error::bug(format!("`{}` has not {N} cells", cells.join(",")))
        })
    });
    rows.collect()
}

fn items(list: &str) -> Vec<String> {
    let items = list.split('|').map(str::trim);
    let items = items.filter(|item| !item.is_empty());
    items.map(str::to_owned).collect()
}
