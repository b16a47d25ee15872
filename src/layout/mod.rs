//! Our tables that describe a format: which files, which fields, what is true of one field by
//! itself. Anything that relates fields, records or files is a rule in Rust, never a table.

mod columns;
mod descriptor;
mod field;
mod file;
mod lines;
mod names;
pub mod own;
mod read;
mod sample;
mod tables;
mod write;

pub use columns::{ColumnMap, MapRow, Mapped, propose, to_map};
pub use descriptor::{from_descriptor, to_data_package};
pub use field::{
    Columns, Condition, Confidence, Field, Key, Label, Longer, Range, Reference, Required,
};
pub use file::{
    Case, Extra, FileSpec, Header, Labels, Mark, Order, Quotes, Received, Refuses, Similar,
};
pub use names::{Named, Names};
pub use read::read;
pub use sample::{Sample, Table};
pub use tables::to_tables;
pub use write::{to_codes, to_csv};

/// The files of a format.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// In the order of the published document.
    pub files: Vec<FileSpec>,
    /// What its author asks beyond what can be checked, in words for people.
    pub unread: Vec<String>,
}

impl Layout {
    /// The file of that name, as the published document spells it.
    pub fn file(&self, name: &str) -> Option<usize> {
        self.files.iter().position(|file| file.name == name)
    }

    /// What of it is about one format of a family that shares it.
    pub fn of(&self, format: &str) -> Layout {
        let about = |file: &&FileSpec| file.format.is_empty() || file.format == format;
        Layout {
            files: self.files.iter().filter(about).cloned().collect(),
            unread: self.unread.clone(),
        }
    }
}
