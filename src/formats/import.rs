//! How receivers take what is sent to them, told by tables in a format's folder: `matching.csv`,
//! which records are the same although their keys differ; `schools.csv`, where a record belongs;
//! `protected.csv`, what an import does not change.

use crate::check::Mode;
use crate::finding::Severity;
use crate::layout::{Condition, Layout};
use crate::peek::Peek;
use crate::tables;
use crate::{Error, Result};

/// What comparing two bundles of a format goes by.
pub struct Import {
    /// What becomes of records that a bundle lacks which holds all there are.
    pub missing: Missing,
    /// Why it is so, for people; nothing where no document says it.
    pub why: &'static str,
    /// Where below `src/formats` the table of [`Import::keys`] is; none where this is empty.
    pub keys: &'static str,
    /// Where the table of [`Import::matching`] is; none where this is empty.
    pub matching: &'static str,
    /// Where the table of [`Import::schools`] is.
    pub schools: &'static str,
    /// Where the table of [`Import::protected`] is.
    pub protected: &'static str,
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
    /// Where there is none, there is one such record at most. Of [`Way::Kept`], the fields that name
    /// records which are kept, too.
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
    /// Such records are never archived.
    Kept,
}

/// Something that an import does not change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Protected {
    /// What a finding is called that tells of a change.
    pub rule: &'static str,
    /// What is protected.
    pub guards: Guards,
    /// The file.
    pub file: &'static str,
    /// The records that it holds for; all where there is none.
    pub when: Option<Condition>,
    /// The fields: see [`Guards`].
    pub fields: Vec<String>,
    /// How bad a change is.
    pub severity: Severity,
    /// The title of the receiver's own message.
    pub title: &'static str,
    /// Where the receiver says so.
    pub source: &'static str,
    /// What it says, in words.
    pub note: &'static str,
}

/// What of the records that a receiver has is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guards {
    /// Fields; all where none is named.
    Fields,
    /// The same of those that it has by another key alone.
    Matched,
    /// Of the record that the first field names, what the second says.
    Word,
    /// Of the items of the first field, a list, which go by what they say, those of the second that
    /// stand in the same places.
    Items,
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
        why: "",
        keys: "",
        matching: "",
        schools: "",
        protected: "",
        manifest: None,
    };

    /// `format,fields`: by which fields, separated by `|`, the receiver finds the record of a file that
    /// a format is about; of one format, what stands above is tried first.
    ///
    /// # Errors
    /// The table is broken.
    pub fn keys(&self) -> Result<Vec<(&'static str, Vec<String>)>> {
        let rows = rows(self.keys)?.into_iter();
        let read = rows.map(|[format, fields]: [&str; 2]| (format, items(fields)));
        Ok(read.collect())
    }

    /// `file,when,fields,way`: a file; `field=value|value`, or nothing; fields, separated by `|`;
    /// `match`, `duplicate` or `kept`. Of one file, what stands above is tried first.
    ///
    /// # Errors
    /// The table is broken.
    pub fn matching(&self) -> Result<Vec<Matching>> {
        let rows = rows(self.matching)?.into_iter();
        let read = |[file, when, fields, way]: [&str; 4]| {
            Some(Matching {
                file: file.to_owned(),
                when: condition(when),
                fields: items(fields),
                way: match way {
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

    /// `rule,guards,file,when,fields,severity,title,source,note`: `guards` is `fields`, `matched`,
    /// `word` or `items`.
    ///
    /// # Errors
    /// The table is broken.
    pub fn protected(&self) -> Result<Vec<Protected>> {
        let rows = rows(self.protected)?.into_iter();
        let read = |row: [&'static str; 9]| {
            let [
                rule,
                guards,
                file,
                when,
                fields,
                severity,
                title,
                source,
                note,
            ] = row;
            Some(Protected {
                rule,
                guards: match guards {
                    "fields" => Guards::Fields,
                    "matched" => Guards::Matched,
                    "word" => Guards::Word,
                    "items" => Guards::Items,
                    _ => return None,
                },
                file,
                when: condition(when),
                fields: items(fields),
                severity: match severity {
                    "error" => Severity::Error,
                    "warning" => Severity::Warning,
                    "info" => Severity::Info,
                    _ => return None,
                },
                title,
                source,
                note,
            })
        };
        let read = rows.map(read).collect::<Option<Vec<Protected>>>();
        read.ok_or_else(|| Error::bug("protected.csv has a word that is none"))
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
        let read = rows.map(|[file, field, lends]: [&str; 3]| Belongs {
            file: file.to_owned(),
            field: field.to_owned(),
            lends: (!lends.is_empty()).then(|| lends.to_owned()),
        });
        Ok(read.collect())
    }
}

/// The rows of a table with so many columns, below its labels. Our tables of this kind have no
/// quotes.
fn rows<const N: usize>(path: &str) -> Result<Vec<[&'static str; N]>> {
    if path.is_empty() {
        return Ok(Vec::new());
    }
    let table = tables::find(path);
    let table = table.ok_or_else(|| Error::bug(format!("the table `{path}` is missing")))?;
    let rows = table.lines().skip(1).map(|line| {
        let cells: Vec<&'static str> = line.split(',').collect();
        cells.try_into().map_err(|cells: Vec<&str>| {
            Error::bug(format!("`{}` has not {N} cells", cells.join(",")))
        })
    });
    rows.collect()
}

/// `field=value|value`, or nothing.
fn condition(when: &str) -> Option<Condition> {
    let (field, values) = when.split_once('=')?;
    Some(Condition {
        field: field.to_owned(),
        values: items(values),
    })
}

fn items(list: &str) -> Vec<String> {
    let items = list.split('|').map(str::trim);
    let items = items.filter(|item| !item.is_empty());
    items.map(str::to_owned).collect()
}
