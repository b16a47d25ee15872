//! From one format to another: which fields become which is a table, `to_*.csv` in the folder of the
//! later format, and what tables cannot say is Rust beside it. `docs/convert.md` tells how such a
//! table is written.
//!
//! Records flow: each file of the target is made of the records of one file of the source, and
//! memory is for keys that are looked up in others. Where a record of the target stands for a group of
//! records, Rust gathers them first: see [`Own::group`]. Nothing is lost in silence: see [`Loss`].

mod ask;
mod choose;
mod foreseen;
mod grouped;
mod left;
mod look;
mod loss;
mod made;
mod plan;
mod recast;
mod record;
mod run;
mod table;
mod targets;
mod transform;
mod way;
mod write;

pub(crate) use ask::fits;
pub use ask::{Answer, Ask, Asked, LARGE};
pub use grouped::{Next, Rows};
pub use loss::{Kind, Loss, Lost, What};
pub use made::Made;
pub(crate) use recast::Recasting;
pub use recast::{OwnRecast, Reads, Recast, Shaped, Table};
pub use record::Record;
pub use targets::{Asks, Becomes};
pub use way::kind_of;
pub(crate) use way::{Way, way, ways};

use crate::check::Mode;
use crate::layout::Layout;
use crate::peek::Peek;
use crate::session::Piece;
use crate::{Error, Result, tables};
pub(crate) use record::{Given, Legacy};
pub(crate) use run::{Conversion, Pass};
use table::{Row, read};

/// How one format becomes another.
pub struct Mapping {
    /// The id of the format that it reads.
    pub from: &'static str,
    /// The id of the format that it writes.
    pub to: &'static str,
    /// Whether it is for these files of the format.
    pub fits: fn(&[Peek]) -> bool,
    /// The folder below `src/formats` that has its table, `to_ID.csv`, and its code maps in `maps/`.
    pub folder: &'static str,
    /// Values that only people know.
    pub asks: &'static [Ask],
    /// What the table cannot say.
    pub own: fn(&Bundle<'_>) -> Box<dyn Own>,
}

impl Mapping {
    /// Where its table is, below `src/formats`.
    pub fn table(&self) -> String {
        format!("{}/to_{}.csv", self.folder, self.to)
    }

    /// Its rows.
    fn rows(&self) -> Result<Vec<Row>> {
        let table = self.table();
        let text = tables::find(&table).ok_or_else(|| Error::bug(format!("no table `{table}`")))?;
        read(text, &|name| {
            tables::find(&format!("{}/maps/{name}.csv", self.folder))
        })
    }
}

/// What is known of the files before any is read.
pub struct Bundle<'a> {
    /// The files with their first records.
    pub peeks: &'a [Peek],
    /// The tables of the target.
    pub layout: &'a Layout,
    /// The value that was given for a name.
    pub asked: &'a dyn Fn(&str) -> Option<String>,
}

/// What becomes of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stays {
    /// It is written.
    Yes,
    /// What it says is in another record that is written.
    Joined,
    /// It is left out.
    No,
}

/// A file of the target that was written.
pub struct Written {
    /// Its name.
    pub file: String,
    /// How its records are meant.
    pub mode: Mode,
}

/// What the table of a mapping cannot say: it looks at records before anything is written, changes
/// what the table made of a record, and adds records.
pub trait Own: Send + Sync {
    /// Files of the source that are read before anything is written.
    fn reads(&self) -> &'static [&'static str] {
        &[]
    }

    /// Takes a record of one of these.
    fn see(&mut self, _record: &Record<'_>, _loss: &mut Loss) {}

    /// All of these were read: writes a file of the target whose records stand for groups of records,
    /// as much of it as fits into memory at once, and says what is to be done next.
    fn group(&mut self, _rows: &mut Rows<'_>, _loss: &mut Loss) -> Next {
        Next::Done
    }

    /// Whether a record is written to a file of the target at all; where not, it says why.
    fn keep(&mut self, _from: &Record<'_>, _file: &str, _loss: &mut Loss) -> Stays {
        Stays::Yes
    }

    /// Changes what the table made of a record.
    fn make(&mut self, _from: &Record<'_>, _to: &mut Made<'_>, _loss: &mut Loss) {}

    /// Adds records behind the last one of a file of the target; all of a file that is made of no
    /// file of the source. `written` are the files before it.
    fn add(
        &mut self,
        _file: &str,
        _written: &[Written],
        _loss: &mut Loss,
    ) -> Vec<Vec<(&'static str, String)>> {
        Vec::new()
    }
}

/// A conversion while it runs.
pub(crate) trait Converts: Send + Sync {
    /// What is done with which file, in this order.
    fn passes(&self) -> Vec<Pass>;

    /// The file that a pass reads, by its place in the bundle.
    fn file(&self, pass: Pass) -> Option<usize>;

    /// What is lost whatever the records hold: files and columns that go nowhere.
    fn foreseen(&self) -> Vec<String>;

    /// Whether it reads columns under any label, as values that are given may name them.
    fn takes_any_label(&self) -> bool {
        false
    }

    /// Files that are looked at before anything is written.
    fn looks(&self) -> Vec<Pass> {
        Vec::new()
    }

    /// Writes what was made of groups of records, if there is any.
    fn group(&mut self, _pieces: &mut Vec<Piece>) -> Next {
        Next::Done
    }

    /// Begins a pass.
    fn begin(&mut self, pass: Pass);

    /// Takes the next bytes of the file; `None` stands for its end.
    fn push(&mut self, bytes: Option<&[u8]>, pieces: &mut Vec<Piece>);

    /// All files were read: writes what is made of none of them, and what was lost.
    fn finish(&mut self, pieces: &mut Vec<Piece>);

    /// What was lost.
    fn lost(&self) -> Vec<&Lost>;
}
