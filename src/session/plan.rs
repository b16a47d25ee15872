//! Between the passes: the format is recognised and its rules compiled; then what they found out
//! about all files says which are read again.

use std::sync::Arc;

use super::jobs::Job;
use super::{Error, Result, Session};
use crate::check::{BundleContext, BundlePlan, Facts, Partial};
use crate::formats;

/// What was found out about the files.
pub(super) struct Checked {
    /// The rules, compiled for the files.
    pub plan: Arc<BundlePlan>,
    /// What relations need to know.
    pub facts: Known,
    /// The result of each file that was checked.
    pub partials: Vec<Option<Partial>>,
}

/// The facts, before and after all files were read.
pub(super) enum Known {
    /// Handed from file to file.
    Gathering(Facts),
    /// Complete.
    Whole(Arc<Facts>),
}

impl Known {
    /// The facts as long as they grow.
    pub(super) fn gathering(&mut self) -> Option<&mut Facts> {
        match self {
            Known::Gathering(facts) => Some(facts),
            Known::Whole(_) => None,
        }
    }
}

impl Session {
    /// All files were seen: recognises the format and compiles its rules.
    pub(super) fn plan(&mut self) -> Result<()> {
        self.unfold();
        self.refuse_twins()?;
        let mut fits = Vec::new();
        if let Some(own) = &self.layout {
            fits.push(formats::fit(&formats::OWN, own, &self.peeks));
        } else {
            for format in formats::FORMATS {
                fits.push(formats::fit(format, &(format.layout)()?, &self.peeks));
            }
        }
        fits.sort_by_key(|fit| std::cmp::Reverse(fit.labels.0));
        let chosen = match &self.options.format {
            _ if self.layout.is_some() => fits.first(),
            Some(id) => Some(fits.iter().find(|fit| fit.format.id == id).ok_or_else(|| {
                let known: Vec<&str> = formats::FORMATS.iter().map(|format| format.id).collect();
                Error::usage(format!(
                    "`{id}` is no format; expected one of {}",
                    known.join(", ")
                ))
            })?),
            None => fits.iter().find(|fit| fit.is_likely()),
        };
        if let Some(fit) = chosen {
            let layout = &fit.layout;
            let name = |at: usize| match fit.specs[at] {
                Some(spec) => layout.files[spec].name.as_str(),
                None => "",
            };
            let modes: Vec<_> = (0..self.peeks.len())
                .map(|at| (fit.format.mode)(&self.peeks, name(at)))
                .collect();
            let context = BundleContext {
                layout,
                peeks: &self.peeks,
                specs: &fit.specs,
                modes: &modes,
                as_of: self.options.as_of,
                wrapping: &self.wrapping,
            };
            let plan = Arc::new(BundlePlan::new(layout, &fit.format.all_rules(), &context));
            let facts = Known::Gathering(plan.facts());
            self.specs.clone_from(&fit.specs);
            let detected = self.layout.is_none() && self.options.format.is_none();
            self.format = Some((fit.format, detected));
            let partials = self.files.iter().map(|_| None).collect();
            for at in (0..self.files.len()).filter(|at| plan.files[*at].is_some()) {
                self.jobs.push_back(Job::Check(at));
                self.total += self.files[at].range(&self.sources).size();
            }
            self.jobs.push_back(Job::Resolve);
            self.checked = Some(Checked {
                plan,
                facts,
                partials,
            });
        }
        self.fits = fits;
        Ok(())
    }

    /// All files were read: has those read once more in which relations are broken.
    pub(super) fn resolve(&mut self) -> Result<()> {
        let Some(checked) = &mut self.checked else {
            return Ok(());
        };
        let facts = Arc::new(
            checked
                .facts
                .gathering()
                .map(std::mem::take)
                .unwrap_or_default(),
        );
        for file in checked.plan.broken(&facts) {
            self.total += self.files[file].range(&self.sources).size();
            self.jobs.push_back(Job::Place(file));
        }
        checked.facts = Known::Whole(facts);
        Ok(())
    }
}
