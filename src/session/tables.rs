//! What a prepared session knows of its files, for those who read them in their own way.

use std::sync::Arc;

pub(crate) use super::feed::Feed;
use super::{Error, Result, Session};
use crate::check::{FilePlan, Mode};
use crate::decode::Start;
use crate::formats::Format;
use crate::layout::Layout;
use crate::peek::Peek;
use crate::rules::unknown_file::{self, TooMany};
use crate::source::Want;

/// A file of the bundle that the format knows and that can be read.
pub(crate) struct Table {
    /// The file, by its number in the session.
    pub file: usize,
    /// Its name in the bundle.
    pub name: String,
    /// Its place in the layout.
    pub spec: usize,
    /// Its header.
    pub plan: Arc<FilePlan>,
    /// How its records are meant.
    pub mode: Mode,
    /// How its text starts.
    pub start: Start,
    /// The source that has its bytes.
    pub source: usize,
    /// Where they are.
    pub want: Want,
}

impl Session {
    /// Behind the task `Plan`: the format, whether it was recognised, and its tables. None where
    /// it was not.
    pub(crate) fn known_format(&self) -> Option<(&'static Format, bool, &Arc<Layout>)> {
        let (format, detected) = self.format?;
        let fit = self.fits.iter().find(|fit| fit.format.id == format.id)?;
        Some((format, detected, &fit.layout))
    }

    /// What told the format from its relatives.
    pub(crate) fn why(&self) -> Option<&str> {
        self.why.as_deref()
    }

    /// A first look at each file.
    pub(crate) fn peeks(&self) -> &[Peek] {
        &self.peeks
    }

    /// The tables among the files.
    ///
    /// # Errors
    /// The files were not looked at.
    pub(crate) fn tables(&self) -> Result<Vec<Table>> {
        if !self.planned {
            return Err(Error::bug("tables were asked for before the plan"));
        }
        let Some((format, _, layout)) = self.known_format() else {
            return Ok(Vec::new());
        };
        let plans = self.checked.iter().flat_map(|checked| &checked.plan.files);
        let known = plans.enumerate().filter_map(|(file, plan)| {
            let (plan, spec) = (plan.clone()?, self.specs[file]?);
            Some(Table {
                file,
                name: self.peeks[file].name.clone(),
                spec,
                plan,
                mode: (format.mode)(&self.peeks, &layout.files[spec].name),
                start: self.peeks[file].start,
                source: self.files[file].source,
                want: self.files[file].range(&self.sources),
            })
        });
        Ok(known.collect())
    }

    /// The files that are one too many of a kind, by their names.
    pub(crate) fn surplus(&self) -> Vec<(String, TooMany)> {
        let Some((_, _, layout)) = self.known_format() else {
            return Vec::new();
        };
        let unknown = self.peeks.iter().zip(&self.specs);
        let unknown = unknown.filter(|(_, spec)| spec.is_none());
        let surplus = unknown.filter_map(|(peek, _)| {
            let kind = unknown_file::surplus(layout, &self.specs, peek)?;
            Some((peek.name.clone(), TooMany::of(kind)))
        });
        surplus.collect()
    }

    /// How the bytes of the source become those of a table.
    pub(crate) fn table_feed(&self, table: &Table) -> Feed {
        self.feed(table.file)
    }
}
