//! A layout from a sample: one pass over some files in bounded memory, and a proposal of the tables
//! that describe them.
//!
//! A proposal is a guess and says so: its rows have the confidence `medium`. Layouts are handed on, so
//! no value gets into one but codes, and [`codes`] tells why these tell nothing about anybody.

mod codes;
mod column;
mod field;
mod file;
mod header;
mod tables;
mod values;
mod words;

use std::collections::HashSet;

use crate::peek::{Peek, plain};
use column::{DATES, GAPS};
use field::Role;
use file::File;
use values::{Prints, ROOM};
pub(super) use words::words;

/// A table of the proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name beside the others: `layout.csv`, `files.csv`, `codes/NAME.csv`.
    pub name: String,
    /// As CSV.
    pub text: String,
}

/// Files that a layout is made from.
pub struct Sample {
    /// By their numbers; none for what is no table.
    files: Vec<Option<File>>,
    /// How many of them were begun.
    begun: usize,
    /// What could not be told, in words for people.
    notes: Vec<String>,
}

impl Sample {
    /// Of files of which a first look was taken.
    pub fn new(peeks: &[Peek]) -> Sample {
        let mut notes = Vec::new();
        let headers = header::are_there(peeks);
        let files = peeks.iter().zip(headers).map(|(peek, has_header)| {
            let is_table = peek.foreign.is_none() && !peek.labels.is_empty();
            if !is_table {
                let what = peek.foreign.unwrap_or("without a first line");
                notes.push(format!(
                    "`{}` is {what}; nothing is proposed for it",
                    peek.name
                ));
            }
            let file = is_table.then(|| File::new(peek, has_header))?;
            if !has_header {
                notes.push(format!(
                    "`{}` begins with what looks like data, not like labels, so its columns are called `column 1` and so on; write a header above it to give them names",
                    peek.name
                ));
            }
            Some(file)
        });
        let mut files: Vec<Option<File>> = files.collect();
        // Of columns that may name the records of another file, the values are wanted.
        let names: Vec<HashSet<String>> = files
            .iter()
            .map(|file| file.as_ref().map_or(HashSet::new(), named_by))
            .collect();
        for (at, file) in files.iter_mut().enumerate() {
            let columns = file.iter_mut().flat_map(|file| &mut file.columns);
            for column in columns {
                let name = plain(&column.label);
                let mut others = names.iter().enumerate().filter(|(other, _)| *other != at);
                column.wanted =
                    column.columns == 1 && others.any(|(_, names)| names.contains(&name));
                if column.wanted {
                    column.prints = Some(Prints::default());
                }
            }
        }
        Sample {
            files,
            begun: 0,
            notes,
        }
    }

    /// The number of the file to be read next.
    pub fn begin(&mut self) -> Option<usize> {
        let next = (self.begun..self.files.len()).find(|at| self.files[*at].is_some());
        self.begun = next.map_or(self.files.len(), |at| at + 1);
        next
    }

    /// Takes the next bytes of the file that was begun.
    pub fn push(&mut self, bytes: &[u8]) {
        if let Some((file, room)) = self.at_hand() {
            file.push(Some(bytes), room);
        }
    }

    /// The file that was begun, and how many values its columns may keep: what the others leave.
    fn at_hand(&mut self) -> Option<(&mut File, usize)> {
        let at = self.begun.checked_sub(1)?;
        let others = self.files[..at].iter().flatten();
        let room = ROOM.saturating_sub(others.map(File::kept).sum());
        Some((self.files.get_mut(at)?.as_mut()?, room))
    }

    /// That file is at its end.
    pub fn end(&mut self) {
        let Some((file, room)) = self.at_hand() else {
            return;
        };
        file.push(None, room);
        file.settle();
        let key = file.key();
        let mut notes = Vec::new();
        for (at, column) in file.columns.iter_mut().enumerate() {
            if column.crowded {
                notes.push(format!(
                    "`{}` of {} has more different values than could be kept; whether it is a key or a reference was not told",
                    column.label, file.name
                ));
            }
            if Some(at) != key && !column.wanted {
                column.prints = None;
            }
        }
        self.notes.append(&mut notes);
    }

    /// What could not be told, in words for people.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// The tables that describe the files: `layout.csv`, `files.csv`, and a list for each column of codes.
    pub fn tables(&self) -> Vec<Table> {
        let files: Vec<&File> = self.files.iter().flatten().collect();
        tables::write(&files)
    }
}

impl File {
    /// The place of the column that identifies its records.
    fn key(&self) -> Option<usize> {
        self.columns
            .iter()
            .position(|column| column.is_key(self.records))
    }

    /// Once all was read: words that stand for nothing are told from those that stand for themselves.
    fn settle(&mut self) {
        for (word, gap) in GAPS.iter().enumerate() {
            let means_nothing = self.is_gap(word);
            for column in &mut self.columns {
                let times = column.gaps[word];
                if times == 0 {
                    continue;
                }
                if means_nothing {
                    column.empty += times;
                    continue;
                }
                if column.filled == 0 {
                    column.kinds.clear();
                }
                column.filled += times;
                column.gaps[word] = 0;
                column.least = column.least.min(gap.len());
                column.most = column.most.max(gap.len());
                column.digits = false;
                column.dates = [false; DATES.len()];
                let few = column.few.get_or_insert_default();
                let is_few = (0..times).all(|_| few.add(gap.as_bytes()));
                if !is_few {
                    column.few = None;
                }
                let prints = column.prints.as_mut();
                let is_new = prints.is_none_or(|prints| prints.add(gap.as_bytes()));
                column.distinct &= is_new && times == 1;
            }
        }
    }

    /// Whether a word of [`GAPS`] stands for nothing: where it is all that keeps a column from being
    /// one of dates or numbers.
    fn is_gap(&self, word: usize) -> bool {
        let mut columns = self.columns.iter();
        columns.any(|column| {
            let kind = column.kind(Role::None);
            let narrow = !matches!(
                kind,
                crate::types::Type::String | crate::types::Type::Identifier
            );
            column.gaps[word] > 0 && narrow
        })
    }
}

/// What columns may be called that name a record of the file by one of its columns: as that column, or
/// with what the file holds in front.
fn named_by(file: &File) -> HashSet<String> {
    let one = one(&file.name);
    let labels = file.columns.iter().map(|column| plain(&column.label));
    labels
        .flat_map(|label| [format!("{one}{label}"), label])
        .collect()
}

/// What a file has many of: `student` for `students.csv`.
fn one(name: &str) -> String {
    let name = name.rsplit('/').next().unwrap_or(name);
    let stem = plain(name.rsplit_once('.').map_or(name, |(stem, _)| stem));
    let singular = stem.strip_suffix("ies").map(|stem| format!("{stem}y"));
    let hissing = ["sses", "xes", "ches", "shes"];
    let ending = match hissing.iter().any(|ending| stem.ends_with(ending)) {
        true => "es",
        false => "s",
    };
    singular.unwrap_or_else(|| stem.strip_suffix(ending).unwrap_or(&stem).to_owned())
}

/// The file and the column whose records a column names, if there is one.
fn reference(files: &[&File], at: usize, column: usize) -> Option<(usize, usize)> {
    let own = &files[at].columns[column];
    let prints: &Prints = own
        .prints
        .as_ref()
        .filter(|prints| own.wanted && prints.len() > 0)?;
    let name = plain(&own.label);
    let is_key = files[at].key() == Some(column);
    let others = (0..files.len()).filter(|other| *other != at && !files[*other].name.contains('/'));
    let named = others.filter_map(|other| Some((other, files[other].key()?)));
    let mut named = named.filter(|(other, key)| {
        let target = &files[*other].columns[*key];
        let label = plain(&target.label);
        let called = name == label || name == format!("{}{label}", one(&files[*other].name));
        let keys = target
            .prints
            .as_ref()
            .filter(|keys| called && prints.are_among(keys));
        // Of two files about the same records, the first has them.
        keys.is_some_and(|keys| !is_key || keys.len() > prints.len() || *other < at)
    });
    named.next()
}
