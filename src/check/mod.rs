//! Compiled checks and what runs them.
//!
//! A bundle is checked in three steps. *Check*: each file streams past the compiled cell and
//! record checks, and what rules want to know of other records is gathered as [`Facts`]. *Resolve*:
//! the facts of all files together say which files have broken relations. *Place*: only those
//! files stream once more, and now each finding gets its exact place; records that nothing accuses
//! ([`Suspects`]) are passed over.
//!
//! What can be told of the records of a file that stand together ([`Series`]) is found out by the first
//! step and placed with the rest.
//!
//! Parts of a file are checked independently; [`Partial::merge`] puts two results together;
//! [`parts`] tells where to cut.

mod context;
mod facts;
mod file;
mod file_plan;
mod gather;
mod key_plan;
mod out;
mod partial;
pub mod parts;
mod plan;
mod planner;
mod poison;
mod print;
mod rows;
mod run;
mod series;
mod suspects;
mod view;

pub use context::{BundleContext, FileContext, Holds, Mode, Wrapping};
pub use facts::{Domain, Fold, Known, Mark};
pub use file::{FileCheck, Pass};
pub use file_plan::{FilePlan, MOST_OF_A_KIND, Measured, has_room, nth_of_kind};
pub use out::Out;
pub use partial::{Partial, add_frame};
pub use plan::{BundlePlan, FileRef, Skipped};
pub use planner::{DomainId, Planner, Reading};
pub use print::{Print, pair, print, set_secret};
pub use rows::Rows;
pub use series::{Before, FAULTS, Fault, Faulty, Kept, Runs, Series, number_of};
pub use suspects::{Joined, Suspects};
pub use view::View;

use crate::records::Column;

/// What was gathered, by domain.
pub type Facts = Vec<Domain>;

/// A rule compiled for one column.
pub trait CellCheck: Send + Sync {
    /// Tells `out` which records of the batch have a faulty cell.
    fn check(&self, column: &Column<'_>, out: &mut Out<'_, '_>);

    /// How many cells a record needs so that it makes no difference here whether the rest is missing
    /// or empty.
    fn needs(&self) -> u32 {
        0
    }
}

/// A rule compiled for the records of one file.
pub trait RecordCheck: Send + Sync {
    /// Tells `out` what is wrong with the records of the batch.
    fn check(&self, rows: &Rows<'_>, out: &mut Out<'_, '_>);

    /// As [`CellCheck::needs`].
    fn needs(&self) -> u32 {
        0
    }
}

/// A rule compiled for what the records of one file have to do with others.
pub trait Join: Send + Sync {
    /// The file of which it speaks, by its place in the bundle.
    fn file(&self) -> usize;
    /// Which records of that file may be at fault. Of others, [`Join::place`] tells nothing.
    fn suspects(&self, facts: &Facts) -> Suspects;
    /// Tells `out` what is wrong with the record.
    fn place(&self, facts: &Facts, record: &View<'_>, out: &mut Out<'_, '_>);
}
