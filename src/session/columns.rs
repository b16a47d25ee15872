//! Column maps: proposed for the files at hand, and read by.

use std::sync::Arc;

use super::{Error, Result, Session};
use crate::finding::Severity;
use crate::formats;
use crate::layout::{self, MapRow};

impl Session {
    /// The column map that is proposed once all files were looked at, by the layout or the format that
    /// was given or recognised.
    ///
    /// # Errors
    /// Neither was given, and none was recognised.
    pub fn propose_columns(&self) -> Result<Vec<MapRow>> {
        let fit = self.chosen().ok_or_else(|| {
            Error::usage("columns are those of a layout or a format; give --layout or --format")
        })?;
        Ok(layout::propose(&fit.layout, &self.peeks, &fit.specs))
    }

    /// The same, empty where there is nothing that it could be by; and behind it, in rows without a label,
    /// all fields of the files that it is about.
    pub fn columns(&self) -> Vec<MapRow> {
        let mut rows = self.propose_columns().unwrap_or_default();
        let files = self.chosen().map_or(&[][..], |fit| &fit.layout.files);
        for file in files {
            if !rows.iter().any(|row| row.file == file.name) {
                continue;
            }
            rows.extend(file.fields.iter().map(|field| MapRow {
                file: file.name.clone(),
                label: String::new(),
                field: field.name.clone(),
                confidence: "",
                why: String::new(),
            }));
        }
        rows
    }

    fn chosen(&self) -> Option<&formats::Fit> {
        let (format, _) = self.format?;
        self.fits.iter().find(|fit| fit.format.id == format.id)
    }

    /// Has the layout that was given take the labels of the column map; where none was, that of each
    /// format that has its files and fields.
    pub(super) fn map_columns(&self, fits: &mut [formats::Fit]) -> Result<()> {
        let Some(map) = &self.columns else {
            return Ok(());
        };
        // Who takes files of one's own layout is not known; a format's receivers want its labels.
        let severity = match self.layout {
            Some(_) => Severity::Info,
            None => Severity::Error,
        };
        let id = self.options.format.as_deref();
        let is_given = self.layout.is_some() || id.is_some();
        let headers: Vec<&[String]> = self.peeks.iter().map(|peek| &*peek.labels).collect();
        let (mut is_one, mut likely) = (false, None);
        for fit in fits {
            if id.is_some_and(|id| self.layout.is_none() && fit.format.id != id) {
                continue;
            }
            let layout = match map.apply(&fit.layout, severity, &headers) {
                Err(wrong) if is_given => return Err(wrong),
                Err(wrong) => {
                    // What is wrong for the format that the files look like is what people want to know.
                    likely = likely.or_else(|| fit.is_likely().then_some(wrong));
                    continue;
                }
                Ok(layout) => Arc::new(layout),
            };
            *fit = formats::fit(fit.format, &layout, &self.peeks);
            is_one = true;
        }
        let told = "a column map is one for a layout or a format; give --layout or --format";
        let wrong = || likely.unwrap_or_else(|| Error::usage(told));
        is_one.then_some(()).ok_or_else(wrong)
    }
}
