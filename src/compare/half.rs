//! The files of one side that are of one kind, read as one: what is counted of their records.

use std::sync::Arc;

use super::rows::Columns;
use super::slots::Slots;
use crate::check::Mode;
use crate::layout::FileSpec;
use crate::legacy::Encoding;
use crate::session::Table;

/// What is counted, and the first few of it.
#[derive(Default)]
pub(super) struct Told {
    pub total: u64,
    pub keys: Vec<String>,
}

impl Told {
    pub fn add(&mut self, keep: usize, key: impl FnOnce() -> String) {
        self.total += 1;
        if self.keys.len() < keep {
            self.keys.push(key());
        }
    }
}

/// A file of a side, and where its columns go.
pub(super) struct Given {
    pub table: Table,
    pub columns: Arc<Columns>,
    /// What is not UTF-8 is in.
    pub encoding: Encoding,
}

/// What one side has of a file of the format: one file or, of some kinds, several, one after the other.
#[derive(Default)]
pub(super) struct Half {
    pub given: Vec<Given>,
    /// Data records.
    pub records: u64,
    /// Records without a key.
    pub blank: Told,
    /// Records whose key an earlier one has.
    pub repeated: Told,
    /// Records with a status.
    pub stated: u64,
    /// Records to be deleted.
    pub marked: u64,
    /// Records to be deleted that OLD does not have.
    pub unknown: Told,
    /// Records with cells beyond the last label.
    pub surplus: Told,
    /// Records whose end was left out.
    pub oversized: u64,
    /// Headers among its records.
    pub headers: u64,
    /// Quotes that none closes.
    pub unclosed: u64,
}

impl Half {
    /// None of no files.
    pub fn new(tables: Vec<Table>, slots: &mut Slots<'_>) -> Option<Half> {
        let are_several = tables.len() > 1;
        let given = tables.into_iter().map(|table| {
            let file = are_several.then(|| table.name.clone());
            Given {
                columns: Arc::new(Columns::new(&table.plan, slots, file)),
                encoding: Encoding::default(),
                table,
            }
        });
        let given: Vec<Given> = given.collect();
        (!given.is_empty()).then(|| Half {
            given,
            ..Half::default()
        })
    }

    /// How its records are meant.
    pub fn mode(&self) -> Mode {
        let first = self.given.first();
        first.map_or(Mode::Bulk, |given| given.table.mode)
    }

    /// Whether one of its files has a column for the slot.
    pub fn has(&self, slot: usize) -> bool {
        self.given.iter().any(|given| given.columns.has(slot))
    }

    /// Bytes of its files.
    pub fn size(&self) -> u64 {
        let sizes = self.given.iter().map(|given| given.table.want.size());
        sizes.sum()
    }

    /// What the layouts of its files are called.
    pub fn layouts(&self) -> Vec<&str> {
        let specs = self.given.iter().map(|given| given.table.plan.spec());
        let mut titles: Vec<&str> = specs.map(FileSpec::called).collect();
        titles.dedup();
        titles
    }
}
