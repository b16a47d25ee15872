//! Records of the source as a conversion sees them: decoded, by name, without titles, header and
//! blank ones. Nothing here checks anything.

use std::borrow::Cow;
use std::sync::Arc;

use crate::check::{FilePlan, Mode};
use crate::decode::Start;
use crate::decoded::Decoded;
use crate::layout::Field;
use crate::legacy::Encoding;
use crate::peek::plain;
use crate::records::{self, Batch, Flaw, trim};
use crate::rules::repeated_header;

/// Cells of a column that are not UTF-8.
#[derive(Clone)]
pub(crate) struct Legacy {
    pub column: u32,
    /// How many there are.
    pub total: u64,
    /// The first lines, from 1.
    pub lines: Vec<u64>,
}

/// A file of the source.
#[derive(Clone)]
pub(crate) struct Given {
    /// Its place among the files of the bundle.
    pub at: usize,
    /// Its name in the bundle.
    pub name: String,
    pub plan: Arc<FilePlan>,
    pub mode: Mode,
    pub start: Start,
    pub encoding: Encoding,
    /// Columns with cells that are not UTF-8, and are read in that encoding.
    pub legacy: Vec<Legacy>,
    /// How its lines end.
    pub line_break: &'static [u8],
    /// How many it has.
    pub records: u64,
}

impl Given {
    /// The name of a column: that of its field, or else its label.
    pub fn column_name(&self, column: usize) -> &str {
        self.plan.field_name(column as u32).unwrap_or_default()
    }

    /// The field of a column that has a label of its own, as the layout spells it: `KC (*)`.
    pub fn family(&self, column: usize) -> Option<&str> {
        let field = &self.plan.spec().fields[self.plan.fields[column]?];
        field.is_family().then_some(&field.name)
    }

    /// The column that says the same as a field of another format, by its name or by one that the layout
    /// knows for the same. A family has no column of its own.
    pub fn like(&self, field: &Field) -> Option<usize> {
        let names = std::iter::once(&field.name).chain(&field.synonyms);
        let names: Vec<String> = names.map(|name| plain(name)).collect();
        let fields = self.plan.spec().fields.iter().enumerate();
        let fields = fields.filter(|(_, known)| !known.is_family());
        let named = fields.filter_map(|(at, known)| {
            let rank = names.iter().position(|name| *name == plain(&known.name))?;
            Some((rank, self.plan.position(at)?))
        });
        let (_, column) = named.min()?;
        Some(column as usize)
    }

    /// The column of that name.
    pub fn column(&self, name: &str) -> Option<usize> {
        let field = self.plan.column(name).map(|column| column as usize);
        let is_extra = |column: &usize| {
            let label = &self.plan.labels[*column];
            self.plan.fields[*column].is_none() && label == name && !name.is_empty()
        };
        field.or_else(|| (0..self.plan.labels.len()).find(is_extra))
    }
}

/// A record of the source.
pub struct Record<'a> {
    record: records::Record<'a>,
    given: &'a Given,
    number: u64,
}

impl Record<'_> {
    /// The file's name in the bundle.
    pub fn file(&self) -> &str {
        &self.given.name
    }

    /// The file's name in the layout.
    pub fn table(&self) -> &str {
        &self.given.plan.spec().name
    }

    /// The file's place among those that are converted.
    pub(crate) fn source(&self) -> usize {
        self.given.at
    }

    /// How the file is read, with its labels.
    pub(crate) fn plan(&self) -> &FilePlan {
        &self.given.plan
    }

    /// The column that says the same as a field of another format.
    pub(crate) fn like(&self, field: &Field) -> Option<usize> {
        self.given.like(field)
    }

    /// How the records of the file are meant.
    pub fn mode(&self) -> Mode {
        self.given.mode
    }

    /// Its first physical line, from 1.
    pub fn line(&self) -> u64 {
        self.record.line() + 1
    }

    /// Its number, from 1, the header not counted.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// The text of a field, blanks around it left off; blank where there is none.
    pub fn text(&self, field: &str) -> String {
        let cell = self.given.column(field).map(|column| self.cell(column));
        let cell = cell.unwrap_or_default();
        String::from_utf8_lossy(trim(&cell)).into_owned()
    }

    /// The text of a cell as it stands, in UTF-8; blank where the record is shorter.
    pub fn cell(&self, column: usize) -> Cow<'_, [u8]> {
        let Some(cell) = self.record.value(column) else {
            return Cow::Borrowed(b"");
        };
        match std::str::from_utf8(&cell) {
            Ok(_) => cell,
            Err(_) => Cow::Owned(self.given.encoding.text(&cell).into_owned().into_bytes()),
        }
    }

    /// The name of a column: that of its field, or else its label.
    pub(super) fn column_name(&self, column: usize) -> &str {
        self.given.column_name(column)
    }

    /// Number of cells.
    pub(super) fn width(&self) -> usize {
        self.record.width()
    }
}

/// Reads one file of the source.
pub(super) struct Reading {
    given: Given,
    decoded: Decoded,
}

/// What comes out of a file.
pub(super) enum Read<'a, 'b> {
    /// A record.
    Whole(&'a Record<'b>),
    /// A record that was too long to be read to its end.
    Cut(&'a Record<'b>),
}

impl Reading {
    /// From its first byte on.
    pub fn new(given: &Given) -> Reading {
        let plan = &given.plan;
        let (width, header) = (plan.labels.len(), plan.header);
        Reading {
            given: given.clone(),
            decoded: Decoded::new(given.start, plan.dialect, width, header, 0..u64::MAX),
        }
    }

    /// Takes the next bytes; `None` stands for the end of the file.
    pub fn push(&mut self, bytes: Option<&[u8]>, each: &mut dyn FnMut(Read<'_, '_>)) {
        let Reading { given, decoded } = self;
        decoded.push(bytes, &mut |batch| of_batch(given, batch, each));
    }
}

fn of_batch(given: &Given, batch: &Batch<'_>, each: &mut dyn FnMut(Read<'_, '_>)) {
    let plan = &given.plan;
    let cut = |index: usize| {
        let mut faults = batch.faults().iter();
        faults.any(|fault| fault.flaw == Flaw::Oversized && fault.record as usize == index)
    };
    for record in batch.records() {
        let above = record.number() < plan.header;
        let blank = || record.bytes().is_empty() || plan.labels.len() > 1 && record.is_blank();
        if above || blank() || repeated_header::is(&plan.labels, &record) {
            continue;
        }
        let number = record.number() + 1 - plan.header;
        let read = Record {
            record,
            given,
            number,
        };
        each(match cut(record.index()) {
            true => Read::Cut(&read),
            false => Read::Whole(&read),
        });
    }
}
