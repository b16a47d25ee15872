//! Column maps: proposed for the files at hand, and read by.

use std::sync::Arc;

use super::{Error, Result, Session};
use crate::finding::Severity;
use crate::formats;
use crate::layout::{self, MapRow};

impl Session {
    /// The column map that is proposed once all files were looked at, by the layout or the format that
    /// was given.
    ///
    /// # Errors
    /// Neither was given.
    pub fn propose_columns(&self) -> Result<Vec<MapRow>> {
        let given = self.layout.is_some() || self.options.format.is_some();
        let id = self.options.format.as_deref();
        let mut fits = self.fits.iter();
        let fit = fits.find(|fit| given && (id.is_none() || Some(fit.format.id) == id));
        let fit = fit.ok_or_else(|| {
            Error::usage("columns are those of a layout or a format; give --layout or --format")
        })?;
        Ok(layout::propose(&fit.layout, &self.peeks, &fit.specs))
    }

    /// Has the layout that was given take the labels of the column map.
    pub(super) fn map_columns(&self, fits: &mut [formats::Fit]) -> Result<()> {
        let Some(map) = &self.columns else {
            return Ok(());
        };
        let id = self.options.format.as_deref();
        let given = |fit: &&mut formats::Fit| self.layout.is_some() || Some(fit.format.id) == id;
        let fit = fits.iter_mut().find(given).ok_or_else(|| {
            Error::usage("a column map is one for a layout or a format; give --layout or --format")
        })?;
        // Who takes files of one's own layout is not known; a format's receivers want its labels.
        let severity = match self.layout {
            Some(_) => Severity::Info,
            None => Severity::Error,
        };
        let layout = Arc::new(map.apply(&fit.layout, severity)?);
        *fit = formats::fit(fit.format, &layout, &self.peeks);
        Ok(())
    }
}
