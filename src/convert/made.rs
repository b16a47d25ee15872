//! A record of the target while it is made.

use std::borrow::Cow;
use std::collections::HashMap;

use super::loss::{Loss, What};
use super::plan::{Cell, From, Target};
use super::record::Record;
use super::table::Row;
use super::transform::Gave;
use crate::finding::Safety;
use crate::layout::FileSpec;
use crate::legacy::lossy;
use crate::records::trim;
use crate::types::{Type, list};

/// A record of the target.
pub struct Made<'a> {
    pub(super) spec: &'a FileSpec,
    pub(super) cells: &'a mut Vec<Vec<u8>>,
}

impl Made<'_> {
    /// The name of the file.
    pub fn file(&self) -> &str {
        &self.spec.name
    }

    /// The text of a field, blanks around it left off.
    pub fn text(&self, field: &str) -> String {
        let at = self.spec.meant(field);
        at.map(|at| lossy(trim(&self.cells[at])).into_owned())
            .unwrap_or_default()
    }

    /// Writes a field.
    pub fn set(&mut self, field: &str, text: &str) {
        if let Some(at) = self.spec.meant(field) {
            self.cells[at].clear();
            self.cells[at].extend_from_slice(text.as_bytes());
        }
    }
}

/// What a record of the target is made with.
pub(super) struct Maker<'a> {
    pub target: &'a Target,
    pub spec: &'a FileSpec,
    pub rows: &'a [Row],
    /// For each lookup what stands under a key.
    pub known: &'a [HashMap<Vec<u8>, Vec<u8>>],
    /// The target's name for people.
    pub title: &'a str,
}

impl Maker<'_> {
    /// Makes a record of one of the source; `item` is the item that it is for.
    pub fn make(
        &self,
        record: &Record<'_>,
        item: Option<&[u8]>,
        cells: &mut Vec<Vec<u8>>,
        loss: &mut Loss,
    ) {
        cells.resize(self.spec.fields.len(), Vec::new());
        for (at, cell) in self.target.cells.iter().enumerate() {
            let mut out = std::mem::take(&mut cells[at]);
            out.clear();
            let text = match cell.from {
                _ if self.target.each == Some(at) => item.map(Cow::Borrowed),
                From::Column(column) => Some(record.cell(column)),
                From::Lookup(lookup, via) => {
                    let found = self.known[lookup].get(trim(&record.cell(via)));
                    found.map(|found| Cow::Borrowed(found.as_slice()))
                }
                From::Nothing => None,
            };
            let text = text.unwrap_or_default();
            self.cell(record, at, cell, &text, &mut out, loss);
            if trim(&out).is_empty()
                && let Some((text, told)) = &cell.fill
            {
                out.clone_from(text);
                if let Some(kind) = told {
                    loss.count(*kind, record.line(), text);
                }
            }
            cells[at] = out;
        }
    }

    fn cell(
        &self,
        record: &Record<'_>,
        at: usize,
        cell: &Cell,
        text: &[u8],
        out: &mut Vec<u8>,
        loss: &mut Loss,
    ) {
        let field = &self.spec.fields[at];
        let trimmed = trim(text);
        if trimmed.is_empty() {
            return;
        }
        let (file, name) = match (&cell.from, &cell.found) {
            (From::Column(column), _) => (record.file(), record.column_name(*column)),
            (_, Some((file, name))) => (file.as_str(), name.as_str()),
            _ => (record.file(), field.name.as_str()),
        };
        let mut tell = |what, value: &[u8], why: &str| {
            loss.tell_in(what, (file, record), name, &lossy(value), why);
        };
        let gave = cell
            .row
            .map(|row| self.rows[row].transform.of(trimmed, &field.kind));
        let new = match gave {
            // What stays stays as it stands, blanks around it too.
            None | Some(Gave::Text(Cow::Borrowed(_))) => Cow::Borrowed(text),
            Some(Gave::Text(new)) => new,
            Some(Gave::Changed(new, why)) => {
                tell(What::ValueChanged, trimmed, &why);
                new
            }
            Some(Gave::Nothing(why)) => return tell(What::ValueDropped, trimmed, &why),
        };
        let sound = trim(&new);
        if field.kind.accepts(sound) {
            return out.extend_from_slice(&new);
        }
        let (kind, was) = (field.kind.item(), cell.source.as_ref().map(Type::item));
        let mut kept: Vec<Cow<'_, [u8]>> = Vec::new();
        for item in field.kind.items(sound) {
            // What was faulty before is carried where there is room for any text.
            let faulty = was.is_some_and(|was| !was.accepts(item));
            if kind.accepts(item) || faulty && holds_text(kind) {
                kept.push(Cow::Borrowed(item));
                continue;
            }
            let (title, file, expected) = (self.title, &self.spec.name, kind.expected());
            let certain = kind.mend(&lossy(item));
            let certain = certain.filter(|mend| mend.safety == Safety::Safe);
            match (certain, kind.codes()) {
                (Some(mend), _) => {
                    let why =
                        format!("{title} expects {expected} in {file}, and that is what it means");
                    tell(What::ValueRewritten, item, &why);
                    kept.push(Cow::Owned(mend.text.into_bytes()));
                }
                (None, Some(_)) => {
                    let code = lossy(item);
                    let why =
                        format!("`{code}` is no code of {title} in {file}; it expects {expected}");
                    tell(What::ValueDropped, item, &why);
                }
                (None, None) => {
                    let why = format!("{title} expects {expected} in {file}");
                    tell(What::ValueDropped, item, &why);
                }
            }
        }
        match (&field.kind, kept.as_slice()) {
            (Type::List(_), kept) => out.extend_from_slice(&kept.join(&list::SEPARATOR)),
            (_, [Cow::Borrowed(_)]) => out.extend_from_slice(&new),
            (_, kept) => kept.iter().for_each(|text| out.extend_from_slice(text)),
        }
    }
}

/// Whether a cell of the type shows what was meant even where that is wrong: a misspelled code does,
/// `31/12/24` in a column of dates may be read as another day.
fn holds_text(kind: &Type) -> bool {
    matches!(
        kind,
        Type::Identifier | Type::String | Type::Code(_) | Type::OpenCode(_) | Type::Email
    )
}
