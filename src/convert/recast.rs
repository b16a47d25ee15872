//! Files of a format that become one file of the same format, with the columns that they have: Rust
//! says which columns these are, and what becomes of each record. Records flow, in the order of the
//! files; nothing is kept of them here.

use super::ask::{Ask, Asked};
use super::loss::{Kind, Loss, What};
use super::record::{Given, Read, Reading};
use super::{Converts, Lost, Next, Pass, Record, Stays};
use crate::Result;
use crate::formats::Format;
use crate::layout::FileSpec;
use crate::records::{Dialect, trim};
use crate::session::Piece;

/// How files of one format become one file of it.
pub struct Recast {
    /// The format's id.
    pub format: &'static str,
    /// What comes out, for people.
    pub title: &'static str,
    /// Values that only people know.
    pub asks: &'static [Ask],
    /// What becomes of the records.
    ///
    /// # Errors
    /// A value that was given cannot be read.
    pub own: fn(&[Table<'_>], &Asked<'_>) -> Result<Shaped>,
}

/// What becomes of the records, prepared for files.
pub type Shaped = Box<dyn OwnRecast>;

/// A file as its header shows it.
pub struct Table<'a> {
    /// Its name in the bundle.
    pub file: &'a str,
    /// What the layout says of it.
    pub spec: &'a FileSpec,
    /// Its labels as they stand.
    pub labels: &'a [String],
}

/// What a file is read for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reads {
    /// Its records are looked at before anything is written.
    Look,
    /// They are written.
    Make,
    /// First the one, then the other.
    LookAndMake,
    /// Nothing, and why.
    Nothing(String),
}

/// What becomes of records of a format that stay in it. Files are named by their places among those
/// given.
pub trait OwnRecast: Send + Sync {
    /// What a file is read for.
    fn reads(&self, file: usize) -> Reads;

    /// Whether the list of losses holds no value of any record.
    fn is_secret(&self) -> bool;

    /// Takes a record of a file that is looked at.
    fn see(&mut self, _file: usize, _record: &Record<'_>, _loss: &mut Loss) {}

    /// All of these were looked at: whether they are looked at once more, or what comes out is written.
    fn seen(&mut self) -> Next {
        Next::Done
    }

    /// The labels of what comes out, once all was seen.
    fn labels(&mut self) -> Vec<String>;

    /// Fills the cells of a record, one for each label, all of them blank.
    fn make(
        &mut self,
        file: usize,
        record: &Record<'_>,
        cells: &mut [Vec<u8>],
        loss: &mut Loss,
    ) -> Stays;

    /// Tells what shows at the end alone.
    fn end(&mut self, _loss: &mut Loss) {}
}

/// What is lost in a file whatever becomes of its records.
struct Losses {
    surplus: Kind,
    cut: Kind,
}

/// A recast while it runs.
pub(crate) struct Recasting {
    given: Vec<Given>,
    losses: Vec<Losses>,
    own: Shaped,
    /// The name of what comes out, and how its cells are separated.
    name: String,
    dialect: Dialect,
    line_break: &'static [u8],
    loss: Loss,
    reading: Option<(Pass, Reading)>,
    /// Once the file is begun.
    labels: Option<Vec<String>>,
    cells: Vec<Vec<u8>>,
}

impl Recasting {
    /// Prepares it; see [`super::way::Way::start`].
    pub fn new(
        recast: &'static Recast,
        to: &'static Format,
        given: Vec<Given>,
        others: &[(String, String)],
        asked: &Asked<'_>,
    ) -> Result<Recasting> {
        let tables: Vec<Table<'_>> = given
            .iter()
            .map(|given| Table {
                file: &given.name,
                spec: given.plan.spec(),
                labels: &given.plan.labels,
            })
            .collect();
        let own = (recast.own)(&tables, asked)?;
        let mut loss = Loss::default();
        if own.is_secret() {
            loss.hide();
        }
        for (at, given) in given.iter().enumerate() {
            if let Reads::Nothing(why) = own.reads(at) {
                loss.tell_file(What::FileDropped, &given.name, given.records, &why);
            }
        }
        for (name, why) in others {
            loss.tell_file(What::FileDropped, name, 0, why);
        }
        loss.tell_legacy(&given);
        let losses = given.iter().map(|given| Losses {
            surplus: loss.kind(
                What::ValueDropped,
                &given.name,
                "",
                "no label says what it is",
            ),
            cut: loss.kind(
                What::RecordDropped,
                &given.name,
                "",
                "it is too long to be read",
            ),
        });
        let losses = losses.collect();
        let layout = (to.layout)()?;
        let spec = layout.of(to.id).files.into_iter().next();
        let spec = spec.ok_or_else(|| crate::Error::bug("a format has no file"))?;
        Ok(Recasting {
            name: spec.usual_name(),
            dialect: spec.dialect(spec.delimiter),
            line_break: given.first().map_or(b"\n", |given| given.line_break),
            losses,
            own,
            loss,
            reading: None,
            labels: None,
            cells: Vec::new(),
            given,
        })
    }

    /// The files that are read for this.
    fn those(&self, reads: fn(&Reads) -> bool) -> impl Iterator<Item = usize> {
        (0..self.given.len()).filter(move |at| reads(&self.own.reads(*at)))
    }

    /// Writes the header, unless it is written.
    fn start(&mut self, pieces: &mut Vec<Piece>) {
        if self.labels.is_some() {
            return;
        }
        let labels = self.own.labels();
        let mut out = Vec::new();
        let cells = labels.iter().map(|label| label.as_bytes());
        write(self.dialect, self.line_break, cells, &mut out);
        self.cells.resize(labels.len(), Vec::new());
        self.labels = Some(labels);
        pieces.push(Piece::File(self.name.clone()));
        pieces.push(Piece::Bytes(out));
    }

    fn make(&mut self, file: usize, record: &Record<'_>, out: &mut Vec<u8>) {
        self.cells.iter_mut().for_each(Vec::clear);
        if self.own.make(file, record, &mut self.cells, &mut self.loss) == Stays::No {
            return;
        }
        for column in self.given[file].plan.labels.len()..record.width() {
            let cell = record.cell(column);
            if !trim(&cell).is_empty() {
                let kind = self.losses[file].surplus;
                self.loss.count(kind, record.line(), &cell);
            }
        }
        if self.dialect.quote.is_none() {
            self.unbreak(record);
        }
        let cells = self.cells.iter().map(Vec::as_slice);
        write(self.dialect, self.line_break, cells, out);
    }

    /// Tells of cells that cannot stand as they are where nothing quotes.
    fn unbreak(&mut self, record: &Record<'_>) {
        let why = "tabs and line breaks in it became blanks, since nothing can hold them there";
        for (at, cell) in self.cells.iter().enumerate() {
            let breaks = memchr::memchr3(self.dialect.delimiter, b'\n', b'\r', cell);
            if let Some((labels, _)) = self.labels.as_ref().zip(breaks) {
                let value = String::from_utf8_lossy(cell);
                self.loss
                    .tell(What::ValueChanged, record, &labels[at], &value, why);
            }
        }
    }
}

impl Converts for Recasting {
    fn passes(&self) -> Vec<Pass> {
        let made = self.those(|reads| matches!(reads, Reads::Make | Reads::LookAndMake));
        let made = made.map(Pass::Make);
        self.looks().into_iter().chain(made).collect()
    }

    fn takes_any_label(&self) -> bool {
        true
    }

    fn looks(&self) -> Vec<Pass> {
        let looks = self.those(|reads| matches!(reads, Reads::Look | Reads::LookAndMake));
        looks.map(Pass::Look).chain([Pass::Group]).collect()
    }

    fn group(&mut self, _: &mut Vec<Piece>) -> Next {
        self.own.seen()
    }

    fn file(&self, pass: Pass) -> Option<usize> {
        match pass {
            Pass::Look(at) | Pass::Make(at) => Some(self.given[at].at),
            Pass::Group => None,
        }
    }

    fn foreseen(&self) -> Vec<String> {
        self.loss.all().into_iter().map(Lost::sentence).collect()
    }

    fn begin(&mut self, pass: Pass) {
        if let Pass::Look(at) | Pass::Make(at) = pass {
            self.reading = Some((pass, Reading::new(&self.given[at])));
        }
    }

    fn push(&mut self, bytes: Option<&[u8]>, pieces: &mut Vec<Piece>) {
        let Some((pass, mut reading)) = self.reading.take() else {
            return;
        };
        if let Pass::Make(_) = pass {
            self.start(pieces);
        }
        let mut out = Vec::new();
        reading.push(bytes, &mut |read| match (pass, read) {
            (Pass::Look(at), Read::Whole(record)) => self.own.see(at, record, &mut self.loss),
            (Pass::Make(at), Read::Whole(record)) => self.make(at, record, &mut out),
            (Pass::Make(at), Read::Cut(record)) => {
                self.loss.count(self.losses[at].cut, record.line(), b"");
            }
            (Pass::Look(_), Read::Cut(_)) | (Pass::Group, _) => {}
        });
        if !out.is_empty() {
            pieces.push(Piece::Bytes(out));
        }
        if bytes.is_some() {
            self.reading = Some((pass, reading));
        }
    }

    fn finish(&mut self, pieces: &mut Vec<Piece>) {
        self.own.end(&mut self.loss);
        pieces.push(Piece::Log(self.loss.table()));
    }

    fn lost(&self) -> Vec<&Lost> {
        self.loss.all()
    }
}

fn write<'a>(
    dialect: Dialect,
    line_break: &[u8],
    cells: impl Iterator<Item = &'a [u8]>,
    out: &mut Vec<u8>,
) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            out.push(dialect.delimiter);
        }
        dialect.write(cell, out);
    }
    out.extend_from_slice(line_break);
}
